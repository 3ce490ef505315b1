import type { Box } from '../roi/box.ts';
import type { ReaderWords } from './reading.ts';

/**
 * One finding of one patient, with at most one mark a view and what the reader says of it. `marks` is
 * keyed by SOP Instance UID; boxes are in stored pixels of that image.
 */
export interface Lesion extends ReaderWords {
  readonly id: string;
  readonly patientKey: string;
  /** 1, 2, ... within the patient: what the reader sees as "Lesion 2". Never reused while it exists. */
  readonly number: number;
  readonly marks: Readonly<Record<string, Box>>;
}

export const lesionTitle = (lesion: Lesion): string => `Lesion ${lesion.number}`;

/** Number for the next lesion of a patient: one more than the highest in use. */
export const nextLesionNumber = (lesions: readonly Lesion[], patientKey: string): number =>
  1 + Math.max(0, ...lesions.filter((l) => l.patientKey === patientKey).map((l) => l.number));

export const withMark = (lesion: Lesion, sopInstanceUid: string, box: Box): Lesion => ({
  ...lesion,
  marks: { ...lesion.marks, [sopInstanceUid]: box },
});

export const withoutMark = (lesion: Lesion, sopInstanceUid: string): Lesion => {
  const { [sopInstanceUid]: _gone, ...marks } = lesion.marks;
  return { ...lesion, marks };
};

/** Text that changes whenever a mark that enters the score does; used to tell stale scores. */
export const marksKey = (lesion: Lesion): string =>
  Object.entries(lesion.marks)
    .map(([sop, b]) => `${sop}:${b.x},${b.y},${b.width},${b.height}`)
    .sort()
    .join('|');
