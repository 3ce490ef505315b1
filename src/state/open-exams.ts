import { examIn, groupImages } from '../core/dicom/grouping.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { imagesOnShow, type StudiesState } from './studies-store.ts';

/** The images of one exam of one patient: of a day, or of a study without a date. */
export interface OpenExam {
  /** Of the patient and the day; the same for any of its images. */
  readonly key: string;
  readonly patientKey: string;
  readonly images: readonly OpenImage[];
}

const keyFor = (patientKey: string, exam: string): string => `${patientKey} ${exam}`;

/** All exams that are open, those of a patient newest first. */
export const openExams = (images: readonly OpenImage[]): readonly OpenExam[] =>
  groupImages(images).patients.flatMap(({ key: patientKey, studies }) =>
    studies.map(({ exam, images: own }) => ({
      key: keyFor(patientKey, exam),
      patientKey,
      images: own,
    })),
  );

/** The exam on show; undefined where nothing is open. */
export const examOnShow = (
  studies: Pick<StudiesState, 'images' | 'patientKey' | 'studyInstanceUid'>,
): OpenExam | undefined => {
  const images = imagesOnShow(studies);
  const { patientKey } = studies;
  const [first] = images;
  const exam = first && examIn(studies.images, first.header.sopInstanceUid)?.exam;
  if (patientKey === undefined || exam === undefined) return undefined;
  return { key: keyFor(patientKey, exam), patientKey, images };
};
