import type { Message } from '../message/message.ts';
import { ok, type Result } from '../message/result.ts';
import { parseCaseReport } from './report-json.ts';
import type { CaseReport } from './case-report.ts';
import { asAssumed, viewAsAssumed } from './prevalence.ts';
import type { ReaderWords } from '../lesion/reading.ts';
import type { ReportLesion } from './report-lesion.ts';
import type { RestoredCase, RestoredLesion } from './restored.ts';

const wordsOf = ({
  notes,
  descriptors,
  sameAs,
  assessments,
  reveal,
}: ReportLesion): ReaderWords => ({
  ...(notes && { notes }),
  ...(descriptors && { descriptors }),
  ...(sameAs && { sameAs }),
  ...(assessments.length > 0 && { readings: assessments }),
  ...(reveal && { reveal }),
});

const restoreLesion = (lesion: ReportLesion): RestoredLesion => ({
  ...restoreScore(lesion),
  ...(lesion.origin && { origin: lesion.origin }),
  ...(lesion.takenOver && { takenOver: lesion.takenOver }),
  words: wordsOf(lesion),
});

const restoreScore = ({
  id,
  number,
  marks,
  score,
}: ReportLesion): Omit<RestoredLesion, 'words'> => ({
  id,
  number,
  marks,
  score,
  likelihood: score && asAssumed(score, score.likelihood.value),
  viewLikelihoods: Object.fromEntries(
    score?.views.map((uid) => [uid, viewAsAssumed(score, uid) as number]) ?? [],
  ),
});

/** A whole report as what an import hands on. */
export const restoreReport = (
  report: CaseReport,
  source: RestoredCase['source'],
): RestoredCase => ({
  source,
  exact: true,
  patientId: report.patient.id,
  images: report.images.map((image) => image.sopInstanceUid),
  lesions: report.lesions.map(restoreLesion),
  report,
});

/** A JSON report dropped beside the images. */
export const restoreJson = (text: string): Result<RestoredCase, Message> => {
  const report = parseCaseReport(text);
  return report.ok ? ok(restoreReport(report.value, 'json')) : report;
};
