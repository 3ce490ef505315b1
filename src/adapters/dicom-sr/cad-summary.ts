import type { Code } from '../../core/dicom/codes.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import type { ReportLesion } from '../../core/report/report-lesion.ts';
import { algorithm } from './algorithm.ts';
import { looseFindings, type ReportSecondLook } from '../../core/report/report-second-look.ts';
import type { LibraryPath } from './cad-findings.ts';
import { C, V } from './concepts.ts';
import { as, code, container, reference, text, type ContentItem } from './content.ts';
import { finderAlgorithm } from './finder-algorithm.ts';
import { viewLabel } from './impression-text.ts';

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

/** TID 4017 "CAD Detection Performed": the finder on some views of an exam. */
const detection = (
  report: CaseReport,
  look: ReportSecondLook,
  uids: readonly string[],
  reasons: readonly string[],
  path: LibraryPath,
): ContentItem =>
  code(
    C.detectionPerformed,
    V.density,
    as(
      'HAS PROPERTIES',
      ...finderAlgorithm(report, look),
      ...reasons.map((reason) => text(C.algorithmParameters, reason)),
      ...uids.map((uid) => reference(path(uid))),
    ),
  );

/** Whether there are views that the finder could not look at, or objects that nobody could read. */
const hasFailed = ({ notLookedAt, unreadable = [] }: ReportSecondLook): boolean =>
  notLookedAt.length > 0 || unreadable.length > 0;

const detectionStatus = (looks: readonly ReportSecondLook[]): Code => {
  const succeeded = looks.some((look) => look.lookedAt.length > 0);
  const failed = looks.some(hasFailed);
  if (succeeded) return failed ? V.partiallySucceeded : V.succeeded;
  return failed ? V.failed : V.notAttempted;
};

/** "RCC: a magnification view": why the finder did not look. */
const reasonsOf = (
  { images }: CaseReport,
  { notLookedAt, unreadable = [] }: ReportSecondLook,
): string[] => [
  ...notLookedAt.map(({ sopInstanceUid, reason }) => {
    const image = images.find((each) => each.sopInstanceUid === sopInstanceUid);
    return `not looked at: ${viewLabel(image)}: ${reason}`;
  }),
  ...unreadable.map(({ sopInstanceUid, reason }) => `not read: ${sopInstanceUid}: ${reason}`),
];

/**
 * Summary of Detections (TID 4015): what the finder looked at, where the reader has asked for the
 * second look. Without it no detection was attempted, for the reader finds the lesions.
 */
const detections = (report: CaseReport, path: LibraryPath): ContentItem => {
  const { secondLooks: looks = [] } = report;
  const group = (concept: Code, performed: readonly ContentItem[]) =>
    performed.length > 0
      ? as('INFERRED FROM', container(concept, as('CONTAINS', ...performed)))
      : [];
  return code(C.summaryOfDetections, detectionStatus(looks), [
    ...group(
      C.successfulDetections,
      looks
        .filter((look) => look.lookedAt.length > 0)
        .map((look) => detection(report, look, look.lookedAt, [], path)),
    ),
    ...group(
      C.failedDetections,
      looks.filter(hasFailed).map((look) => {
        const uids = look.notLookedAt.map((view) => view.sopInstanceUid);
        return detection(report, look, uids, reasonsOf(report, look), path);
      }),
    ),
  ]);
};

/** Summary of Analyses (TID 4016): how the scoring of the lesions went. */
const analyses = (report: CaseReport, path: LibraryPath): ContentItem => {
  const outcome = outcomeOf(report);
  const group = (concept: Code, lesions: readonly ReportLesion[]) =>
    lesions.length > 0
      ? as('INFERRED FROM', container(concept, as('CONTAINS', analysis(report, lesions, path))))
      : [];
  return code(C.summaryOfAnalyses, status(outcome), [
    ...group(C.successfulAnalyses, outcome.scored),
    ...group(C.failedAnalyses, outcome.failed),
  ]);
};

export const summaries = (report: CaseReport, path: LibraryPath): ContentItem[] => [
  detections(report, path),
  analyses(report, path),
];

/**
 * CID 6047: whether all went well, and whether there are findings: the reader's, or the finder's. Where
 * no lesion is left and nothing was looked for, no algorithm has run: that must not look like one that
 * found nothing.
 */
export const overallSummary = (report: CaseReport): Code => {
  const { lesions, secondLooks = [] } = report;
  const looked = secondLooks.some((look) => look.lookedAt.length > 0);
  if (lesions.length === 0 && !looked) return V.noneSucceededWithoutFindings;
  const hasFindings = lesions.length > 0 || looseFindings(report).length > 0;
  const failed = outcomeOf(report).failed.length > 0 || secondLooks.some(hasFailed);
  if (hasFindings) return failed ? V.notAllSucceededWithFindings : V.allSucceededWithFindings;
  return failed ? V.notAllSucceededWithoutFindings : V.allSucceededWithoutFindings;
};
