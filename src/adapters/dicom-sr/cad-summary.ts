import type { Code } from '../../core/dicom/codes.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import type { ReportLesion } from '../../core/report/report-lesion.ts';
import { algorithm } from './algorithm.ts';
import type { LibraryPath } from './cad-findings.ts';
import { C, V } from './concepts.ts';
import { as, code, container, reference, type ContentItem } from './content.ts';

interface Outcome {
  readonly scored: readonly ReportLesion[];
  readonly failed: readonly ReportLesion[];
}

/** Lesions without a score count as failed where it was tried; otherwise nothing was attempted. */
const outcomeOf = ({ lesions }: CaseReport): Outcome => ({
  scored: lesions.filter((lesion) => lesion.score),
  failed: lesions.filter((lesion) => !lesion.score && lesion.scoreProblem),
});

const status = ({ scored, failed }: Outcome): Code => {
  if (scored.length > 0) return failed.length > 0 ? V.partiallySucceeded : V.succeeded;
  return failed.length > 0 ? V.failed : V.notAttempted;
};

/** TID 4018 "CAD Analysis Performed", on the images that the lesions are marked on. */
const analysis = (
  report: CaseReport,
  lesions: readonly ReportLesion[],
  path: LibraryPath,
): ContentItem => {
  const images = new Set(lesions.flatMap((l) => l.marks.map((mark) => mark.sopInstanceUid)));
  return code(
    C.analysisPerformed,
    V.impressionAnalysis,
    as(
      'HAS PROPERTIES',
      ...algorithm(report, lesions[0]?.score),
      ...[...images].map((uid) => reference(path(uid))),
    ),
  );
};

/**
 * Summary of Detections (TID 4015) and of Analyses (TID 4016). The reader finds the lesions, the
 * program only analyses them: so no detection is ever attempted.
 */
export const summaries = (report: CaseReport, path: LibraryPath): ContentItem[] => {
  const outcome = outcomeOf(report);
  const group = (concept: Code, lesions: readonly ReportLesion[]) =>
    lesions.length > 0
      ? as('INFERRED FROM', container(concept, as('CONTAINS', analysis(report, lesions, path))))
      : [];
  return [
    code(C.summaryOfDetections, V.notAttempted),
    code(C.summaryOfAnalyses, status(outcome), [
      ...group(C.successfulAnalyses, outcome.scored),
      ...group(C.failedAnalyses, outcome.failed),
    ]),
  ];
};

/**
 * CID 6047: whether all went well. The findings are those that the reader marked. Where none are left,
 * no algorithm has run: that must not look like one that found nothing.
 */
export const overallSummary = (report: CaseReport): Code =>
  report.lesions.length === 0
    ? V.noneSucceededWithoutFindings
    : outcomeOf(report).failed.length > 0
      ? V.notAllSucceededWithFindings
      : V.allSucceededWithFindings;
