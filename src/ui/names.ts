import { useStore } from 'zustand';
import { t } from './i18n/text.ts';
import { useServices } from './services.tsx';

/** Whether names and IDs are kept off the screen, for a presentation. */
export const useNamesHidden = (): boolean => useStore(useServices().settings, (s) => s.namesHidden);

/** A name, an ID or a file's name as it may be shown: files are often called after the patient. */
export const useShownName = (): ((text: string) => string) => {
  const hidden = useNamesHidden();
  return (text) => (hidden && text !== '' ? t('(name hidden)') : text);
};
