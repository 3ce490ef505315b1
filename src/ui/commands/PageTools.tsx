import { t } from '../../i18n/phrases/text.ts';
import { CommandButton, commandsIn, useChanges } from '../viewer/toolbar/Toolbar.tsx';
import { useCommandContext } from './command-context.ts';
import { LanguageChoice } from './CommandCentre.tsx';

/** Commands, keys and language on the start screen; beside images they stand in the toolbar. */
export const PageTools = () => {
  const context = useCommandContext();
  useChanges(context);
  return (
    <div className="page-tools" role="group" aria-label={t('Page')}>
      {commandsIn('page').map((entry) => (
        <CommandButton key={entry.id} {...{ entry, context }} />
      ))}
      <LanguageChoice />
    </div>
  );
};
