import { useStore } from 'zustand';
import { underLoupe } from '../../../commands/loupe-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { LOUPE_FACTORS, type LoupeFactor } from '../../../state/loupe-store.ts';
import { useCommandContext } from '../../commands/command-context.ts';
import { CommandButton, commandsIn } from '../toolbar/Toolbar.tsx';

/** The loupe's own window and inversion, while it is out for good. */
export const LoupeTools = () => {
  const context = useCommandContext();
  const { loupe } = context;
  const mode = useStore(loupe, (s) => s.mode);
  const factor = useStore(loupe, (s) => s.factor);
  useStore(loupe, (s) => s.inverted);
  if (mode !== 'on' || !underLoupe(context)) return null;
  return (
    <div role="group" aria-label={t('Loupe')}>
      <select
        aria-label={t('Magnification of the loupe')}
        value={factor}
        onChange={({ target: { value } }) =>
          loupe.getState().setFactor(value === '1:1' ? value : (Number(value) as LoupeFactor))
        }
      >
        <option value="1:1">{t('1:1 pixels')}</option>
        {LOUPE_FACTORS.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      {commandsIn('loupe').map((entry) => (
        <CommandButton key={entry.id} {...{ entry, context }} />
      ))}
    </div>
  );
};
