import { reasonOf } from '../core/message/failure.ts';
import { message } from '../core/message/message.ts';
import { fetchLanguage, languageOf } from '../i18n/languages.ts';
import { speak, spokenLanguage } from '../i18n/phrases/text.ts';
import type { NoticesStore } from '../state/notices-store.ts';
import type { SettingsStore } from '../state/settings-store.ts';

/**
 * Speaks the reader's language, and from now on each that is chosen, as soon as its words are there: until
 * then, or where they cannot be had, the one before. Done when the first is spoken or given up.
 */
export const speakAsChosen = (settings: SettingsStore, notices: NoticesStore): Promise<void> => {
  const chosen = () => languageOf([settings.getState().language ?? navigator.languages[0]]);
  const { tell } = notices.getState();
  const follow = async (): Promise<void> => {
    const wanted = chosen();
    try {
      await fetchLanguage(wanted);
      // Another may have been chosen meanwhile.
      if (wanted !== chosen()) return;
      if (wanted !== spokenLanguage()) speak(wanted);
      tell('language', undefined);
    } catch (error) {
      const action = { label: message('page.fetch-again'), run: () => void follow() };
      tell('language', message('page.no-language', { reason: reasonOf(error) }), { action });
    }
  };
  settings.subscribe((now, before) => {
    if (now.language !== before.language) void follow();
  });
  return follow();
};
