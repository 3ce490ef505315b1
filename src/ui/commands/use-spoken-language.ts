import { useSyncExternalStore } from 'react';
import { onSpeak, spokenLanguage } from '../../i18n/phrases/text.ts';
import type { Language } from '../../i18n/languages.ts';

/** The language of the page; who asks is drawn anew when it changes. */
export const useSpokenLanguage = (): Language => useSyncExternalStore(onSpeak, spokenLanguage);
