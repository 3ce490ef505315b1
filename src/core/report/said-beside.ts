import type { CaseReport, ReportImage, ReportStudy } from './case-report.ts';
import { correctionOf } from './corrected-view.ts';

/** Whether the reader said something of an image: measured it, set its nipple, corrected side or view. */
const isSpokenOf = (image: ReportImage): boolean =>
  (image.measurements ?? []).length > 0 ||
  image.nipple?.source === 'reader' ||
  correctionOf(image) !== undefined;

/** The studies of which the reader said something beside lesions and kept views. */
export const studiesSpokenOf = ({ studies, images }: CaseReport): readonly ReportStudy[] => {
  const spokenOf = new Set(images.filter(isSpokenOf).map((image) => image.studyInstanceUid));
  return studies.filter(
    ({ studyInstanceUid, reading }) => reading !== undefined || spokenOf.has(studyInstanceUid),
  );
};
