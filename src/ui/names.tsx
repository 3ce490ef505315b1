import { Fragment } from 'react';
import { useStore } from 'zustand';
import { plainText } from '../core/dicom/plain-text.ts';
import { t } from './i18n/text.ts';
import { useServices } from './services.tsx';

/** Whether names and IDs are kept off the screen, for a presentation. */
export const useNamesHidden = (): boolean => useStore(useServices().settings, (s) => s.namesHidden);

/** A name, an ID or a file's name as it may be shown: files are often called after the patient. */
export const useShownName = (): ((text: string) => string) => {
  const hidden = useNamesHidden();
  return (text) => (hidden && text !== '' ? t('(name hidden)') : plainText(text));
};

/** Name and ID, each by itself, so that the writing direction of one never reorders the other. */
export const Who = ({ name, id }: { readonly name: string; readonly id: string }) => {
  const shownName = useShownName();
  const hidden = useNamesHidden();
  const values = [name, id].filter((value) => value !== '');
  if (values.length === 0) return t('no name or ID');
  if (hidden) return shownName(values.join(' '));
  return values.map((value, i) => (
    <Fragment key={i}>
      {i > 0 ? ' · ' : null}
      <bdi>{shownName(value)}</bdi>
    </Fragment>
  ));
};
