import { LANGUAGE_TAGS, LANGUAGES } from '../../i18n/languages.ts';
import { useState } from 'react';
import { useStore } from 'zustand';
import { inOrder, latestOfEach } from '../../commands/command-list.ts';
import { commandsOnOffer } from '../../commands/registry.ts';
import { t } from '../../i18n/phrases/text.ts';
import { late } from '../late.tsx';
import { useServices } from '../services.tsx';
import { AboutBox } from './AboutBox.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { useCommands, useCommandTable } from './use-commands.ts';
import { useSpokenLanguage } from './use-spoken-language.ts';
import { inWords } from './words.ts';

const DisplayCheckScreen = late(
  async () => (await import('../display-check/DisplayCheckScreen.tsx')).DisplayCheckScreen,
);

/** The palette or the sheet of keys, of what could be done as it was opened. */
const Lists = ({ List }: { List: typeof CommandPalette }) => {
  const { page } = useServices();
  const [commands] = useState(() =>
    inOrder(latestOfEach(commandsOnOffer())).filter(({ id }) => id !== 'page.palette'),
  );
  return <List commands={commands} onClose={() => page.setState({ over: undefined })} />;
};

/** A command a language: they are as many as there are catalogues, which the table knows nothing of. */
const useLanguageCommands = (): void => {
  const { settings } = useServices();
  useCommands(
    LANGUAGE_TAGS.map((tag) => ({
      id: `page.language-${tag}`,
      group: inWords('commands.page'),
      title: t('Language: {language}', { language: LANGUAGES[tag].name }),
      run: () => settings.getState().chooseLanguage(tag),
    })),
  );
};

/** Offers the table of commands, and shows the palette and the sheet of keys. Once for the page. */
export const CommandCentre = () => {
  useCommandTable();
  useLanguageCommands();
  const { page } = useServices();
  const over = useStore(page, (s) => s.over);
  const close = () => page.setState({ over: undefined });
  if (over === 'about') return <AboutBox onClose={close} />;
  if (over === 'display-check') return <DisplayCheckScreen onClose={close} />;
  if (over === 'palette') return <Lists List={CommandPalette} />;
  return over === 'keys' ? <Lists List={ShortcutSheet} /> : null;
};

export const LanguageChoice = () => {
  const { settings } = useServices();
  return (
    <select
      aria-label={t('Language')}
      value={useSpokenLanguage()}
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
