import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { asAssumed, viewAsAssumed } from '../../core/report/prevalence.ts';
import type {
  ReportAssessment,
  ReportLesion,
  ReportMark,
  ReportScore,
} from '../../core/report/report-lesion.ts';
import { trackingUid } from '../../core/report/uid.ts';
import { algorithm } from './algorithm.ts';
import { ASSESSMENTS, NO_UNITS, PERCENT, SIDES } from './codes.ts';
import { C, V } from './concepts.ts';
import {
  as,
  code,
  container,
  image,
  num,
  personName,
  scoord,
  text,
  uidref,
  type ContentItem,
} from './content.ts';
import { impressionText } from './impression-text.ts';
import { markPolygon } from './mark-shape.ts';

const percent = (concept: Parameters<typeof num>[0], p: number) => num(concept, p * 100, PERCENT);

/** Numbers of the whole lesion, the same in the group of each of its views. */
const lesionNumbers = (score: ReportScore): ContentItem[] => {
  const { value, low, high } = score.likelihood;
  return [
    percent(C.lesionLikelihood, asAssumed(score, value)),
    percent(C.lesionLikelihoodLow, asAssumed(score, low)),
    percent(C.lesionLikelihoodHigh, asAssumed(score, high)),
    percent(C.assumedPrevalence, score.assumedPrevalence),
    percent(C.trainingPrevalence, score.trainingPrevalence),
  ];
};

/** Numbers of one view: its likelihood alone and the decision value of each arm. */
const viewNumbers = (score: ReportScore, sopInstanceUid: string): ContentItem[] => {
  const at = score.views.indexOf(sopInstanceUid);
  const likelihood = viewAsAssumed(score, sopInstanceUid);
  return [
    ...(likelihood === undefined
      ? []
      : [percent(score.calibrated ? C.probabilityOfCancer : C.certaintyOfFinding, likelihood)]),
    ...score.arms.flatMap(({ arm, viewScores }) => {
      const value = viewScores[at];
      return value === undefined ? [] : [num(C.svmScore[arm], value, NO_UNITS)];
    }),
  ];
};

const NOBODY = 'Reader';

/** Who assessed: a person, in a report whose observer is a program (TID 1003). */
const byReader = ({ reader }: ReportAssessment): ContentItem[] =>
  as(
    'HAS OBS CONTEXT',
    code(C.observerType, V.person),
    personName(C.personObserverName, reader || NOBODY),
  );

/** The reader's last word on the lesion. */
const assessmentItems = ({ assessments }: ReportLesion): ContentItem[] => {
  const last = assessments.at(-1);
  if (!last) return [];
  const items = [
    ...(last.biRads ? [code(C.assessmentCategory, ASSESSMENTS[last.biRads])] : []),
    ...(last.suspicion === undefined ? [] : [num(C.suspicion, last.suspicion, NO_UNITS)]),
    ...(last.note ? [text(C.comment, last.note)] : []),
  ];
  return items.map((item) => ({ ...item, ContentSequence: byReader(last) }));
};

const findingSite = ({ laterality }: ReportImage): ContentItem =>
  code(C.findingSite, laterality ? SIDES[laterality] : V.breast);

/** TID 1410 "Planar ROI Measurements and Qualitative Evaluations": one view of a lesion. */
export const measurementGroup = (
  report: CaseReport,
  lesion: ReportLesion,
  mark: ReportMark,
  on: ReportImage,
): ContentItem => {
  const { score } = lesion;
  return container(C.measurementGroup, [
    ...as(
      'HAS OBS CONTEXT',
      text(C.trackingIdentifier, `Lesion ${lesion.number}`),
      uidref(C.trackingUniqueIdentifier, trackingUid(lesion.id)),
    ),
    ...as('CONTAINS', code(C.finding, V.mass)),
    ...as('HAS CONCEPT MOD', ...algorithm(report, score), findingSite(on)),
    ...as(
      'CONTAINS',
      scoord(C.imageRegion, 'POLYLINE', markPolygon(mark), image(on)),
      ...(score ? [...viewNumbers(score, on.sopInstanceUid), ...lesionNumbers(score)] : []),
      ...assessmentItems(lesion),
      text(C.impression, impressionText(report, lesion)),
    ),
  ]);
};
