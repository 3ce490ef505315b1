import type { ForeignDocument } from '../core/foreign/document.ts';
import { isAbout, type PlacedFinding } from '../core/foreign/placed.ts';
import type { ExamReading } from '../core/lesion/exam-reading.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { lesionsOnShow } from './current-score.ts';
import type { ForeignState } from './foreign-store.ts';

interface Spoken {
  readonly readingFirst: boolean;
  readonly lesions: readonly Lesion[];
  readonly readings: Readonly<Record<string, ExamReading>>;
}

const hasCategory = ({ categories, conclusion }: ExamReading): boolean =>
  categories.R !== undefined || categories.L !== undefined || conclusion !== '';

/**
 * Whether what other programs said of an exam stays hidden: in reading first until the reader has given
 * a word of their own, an assessment of a lesion of it or a category or conclusion for it.
 */
export const isForeignHidden = (
  exam: readonly OpenImage[],
  { readingFirst, lesions, readings }: Spoken,
): boolean => {
  if (!readingFirst) return false;
  const sops = new Set(exam.map(({ header }) => header.sopInstanceUid));
  const isAssessed = lesionsOnShow(lesions, exam).some(
    (lesion) =>
      (lesion.readings?.length ?? 0) > 0 && Object.keys(lesion.marks).some((sop) => sops.has(sop)),
  );
  return (
    !isAssessed &&
    !exam.some(({ header }) => {
      const reading = readings[header.studyInstanceUid];
      return reading !== undefined && hasCategory(reading);
    })
  );
};

/** Whether a finding is among those that are drawn, as the reader has switched them. */
export const isFindingShown = (
  { document, finding }: Pick<PlacedFinding, 'document' | 'finding'>,
  { marks, off, unpresented }: Pick<ForeignState, 'marks' | 'off' | 'unpresented'>,
): boolean =>
  marks && !off.has(document.sopInstanceUid) && (finding.intent !== 'not' || unpresented);

/** Whether a document belongs to a patient's images: it names one of them, or is of one of their studies. */
export const isOfImages = (
  document: ForeignDocument,
  images: readonly Pick<OpenImage, 'header'>[],
): boolean =>
  isAbout(document, images) ||
  (document.studyInstanceUid !== '' &&
    images.some(({ header }) => header.studyInstanceUid === document.studyInstanceUid));
