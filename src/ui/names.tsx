import { Fragment } from 'react';
import { useStore } from 'zustand';
import { groupImages, patientKeyIn } from '../core/dicom/grouping.ts';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import { plainText } from '../core/dicom/plain-text.ts';
import { t } from '../i18n/phrases/text.ts';
import { useServices, useStudies } from './services.tsx';

/** Whether names and IDs are kept off the screen, for a presentation. */
export const useNamesHidden = (): boolean => useStore(useServices().settings, (s) => s.namesHidden);

/** A text that may name a patient, as it may be shown: the one place that hides. */
export const hideName = (text: string, hidden: boolean): string =>
  hidden && text !== '' ? t('(name hidden)') : plainText(text);

/** A sentence in which some texts may name a patient; longer ones go first, for one may hold another. */
export const hideNamesIn = (sentence: string, names: readonly string[], hidden: boolean): string =>
  hidden
    ? names
        .filter((name) => name !== '')
        .toSorted((a, b) => b.length - a.length)
        .reduce((text, name) => text.replaceAll(name, t('(name hidden)')), sentence)
    : sentence;

/** A name, an ID, a description or a file's name: files are often called after the patient. */
export const useShownName = (): ((text: string) => string) => {
  const hidden = useNamesHidden();
  return (text) => hideName(text, hidden);
};

/** The name of a file without its folders. */
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A message without the names of files and patients that are known to the page. */
export const useHiddenFileNames = (): ((message: string) => string) => {
  const hidden = useNamesHidden();
  const { studies } = useServices();
  return (message) => {
    if (!hidden) return message;
    const { images, fileNames } = studies.getState();
    const paths = [...fileNames];
    const people = images.flatMap(({ header }) => [
      header.patientName,
      header.personName,
      header.patientId,
      header.studyDescription,
    ]);
    // What is quoted is the name of a file or folder that was opened before.
    const quoted = [...message.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);
    return hideNamesIn(message, [...paths, ...paths.map(baseOf), ...people, ...quoted], hidden);
  };
};

/**
 * A patient as the screen names them. Hidden names leave the number in the list, where several
 * patients are open: nobody may take one for another.
 */
export const useShownPatient = (): ((patientKey: string | undefined, name: string) => string) => {
  const hidden = useNamesHidden();
  const images = useStudies((s) => s.images);
  return (patientKey, name) => {
    if (!hidden) return plainText(name) || t('No name');
    const { patients } = groupImages(images);
    const number = 1 + patients.findIndex(({ key }) => key === patientKey);
    return patients.length > 1 && number > 0
      ? t('Patient {number} (name hidden)', { number })
      : t('(name hidden)');
  };
};

/**
 * Name and ID of an image's patient, each by itself, so that the writing direction of one never
 * reorders the other.
 */
export const Who = ({ header }: { readonly header: MammogramHeader }) => {
  const shownPatient = useShownPatient();
  const images = useStudies((s) => s.images);
  const hidden = useNamesHidden();
  const values = [header.patientName, header.patientId].filter((value) => value !== '');
  if (hidden) return shownPatient(patientKeyIn(images, header.sopInstanceUid), '');
  if (values.length === 0) return t('no name or ID');
  return values.map((value, i) => (
    <Fragment key={i}>
      {i > 0 ? ' · ' : null}
      <bdi>{plainText(value)}</bdi>
    </Fragment>
  ));
};
