import { examOf, groupImages } from '../core/dicom/grouping.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { imagesOnShow, type StudiesState } from './studies-store.ts';

/** The images of one exam of one patient: of a day, or of a study without a date. */
export interface OpenExam {
  /** Of the patient and the day; the same for any of its images. */
  readonly key: string;
  readonly patientKey: string;
  readonly images: readonly OpenImage[];
}

const keyFor = (patientKey: string, [first]: readonly OpenImage[]): string =>
  `${patientKey} ${first ? examOf(first.header) : ''}`;

/** All exams that are open, those of a patient newest first. */
export const openExams = (images: readonly OpenImage[]): readonly OpenExam[] =>
  groupImages(images).patients.flatMap(({ key: patientKey, studies }) =>
    studies.map(({ images: own }) => ({ key: keyFor(patientKey, own), patientKey, images: own })),
  );

/** The exam on show; undefined where nothing is open. */
export const examOnShow = (
  studies: Pick<StudiesState, 'images' | 'patientKey' | 'studyInstanceUid'>,
): OpenExam | undefined => {
  const images = imagesOnShow(studies);
  const { patientKey } = studies;
  if (patientKey === undefined || images.length === 0) return undefined;
  return { key: keyFor(patientKey, images), patientKey, images };
};
