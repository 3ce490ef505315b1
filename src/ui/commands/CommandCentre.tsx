import { LANGUAGE_TAGS, LANGUAGES } from '../../i18n/languages.ts';
import { useState } from 'react';
import { useStore } from 'zustand';
import { spokenLanguage, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import type { Command } from '../../commands/command.ts';
import { inOrder, latestOfEach } from '../../commands/command-list.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { commandsOnOffer, runCommand } from '../../commands/registry.ts';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { useCommands } from './use-commands.ts';
import './commands.css';

type Shown = { readonly list: 'palette' | 'keys'; readonly commands: readonly Command[] };

const PALETTE = 'page.palette';
const KEYS = 'page.keys';

/** The palette and the sheet of keys, and what concerns the page as a whole. Once for the page. */
export const CommandCentre = () => {
  const { settings } = useServices();
  const [shown, setShown] = useState<Shown>();
  const group = t('Page');
  const show = (list: Shown['list']) => {
    const commands = inOrder(latestOfEach(commandsOnOffer())).filter(({ id }) => id !== PALETTE);
    setShown({ list, commands });
  };
  const languages = LANGUAGE_TAGS.filter((language) => language !== spokenLanguage()).map(
    (language) => ({
      id: `page.language.${language}`,
      group,
      title: t('Language: {language}', { language: LANGUAGES[language].name }),
      run: () => settings.getState().chooseLanguage(language),
    }),
  );
  useCommands([
    { id: PALETTE, group, title: t('Commands'), keys: ['Ctrl+K'], run: () => show('palette') },
    { id: KEYS, group, title: t('Keyboard shortcuts'), keys: ['?'], run: () => show('keys') },
    ...languages,
  ]);
  const close = () => setShown(undefined);
  if (!shown) return null;
  const List = shown.list === 'palette' ? CommandPalette : ShortcutSheet;
  return <List commands={shown.commands} onClose={close} />;
};

const LanguageChoice = () => {
  const { settings } = useServices();
  useStore(settings, (s) => s.language);
  return (
    <select
      aria-label={t('Language')}
      value={spokenLanguage()}
      data-testid="language"
      onChange={(e) => settings.getState().chooseLanguage(e.target.value)}
    >
      {LANGUAGE_TAGS.map((language) => (
        <option key={language} value={language} lang={language}>
          {LANGUAGES[language].name}
        </option>
      ))}
    </select>
  );
};

/** Commands, keys and language, for the start screen and beside the images. */
export const PageTools = () => (
  <div className="page-tools" role="group" aria-label={t('Page')}>
    <button type="button" title="Ctrl+K" onClick={() => runCommand(PALETTE)}>
      {t('Commands')}
    </button>
    <button
      type="button"
      title={t('Keyboard shortcuts')}
      aria-label={t('Keyboard shortcuts')}
      onClick={() => runCommand(KEYS)}
    >
      ?
    </button>
    <LanguageChoice />
  </div>
);
