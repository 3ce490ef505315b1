import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { asAssumed, viewAsAssumed } from '../../core/report/prevalence.ts';
import type { ReportLesion, ReportMark, ReportScore } from '../../core/report/report-lesion.ts';
import { trackingUid } from '../../core/report/uid.ts';
import { algorithm } from './algorithm.ts';
import {
  ASSESSMENTS,
  clockCode,
  DEPTHS,
  NO_UNITS,
  PERCENT,
  QUADRANTS,
  REGIONS,
  SIDES,
} from './codes.ts';
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

/**
 * Numbers of the whole lesion, the same in the group of each of its views. The fused likelihood has the
 * standard code: it is the number on screen, and a viewer that knows no others shows this one.
 */
const lesionNumbers = (score: ReportScore): ContentItem[] => {
  const { value, low, high } = score.likelihood;
  return [
    percent(
      score.calibrated ? C.probabilityOfCancer : C.certaintyOfFinding,
      asAssumed(score, value),
    ),
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
    ...(likelihood === undefined ? [] : [percent(C.viewLikelihood, likelihood)]),
    ...score.arms.flatMap(({ arm, viewScores }) => {
      const value = viewScores[at];
      return value === undefined ? [] : [num(C.svmScore[arm], value, NO_UNITS)];
    }),
  ];
};

const NOBODY = 'Reader';

/** Who assessed: a person, in a report whose observer is a program (TID 1003). */
const byReader = (reader: string | undefined): ContentItem[] =>
  as(
    'HAS OBS CONTEXT',
    code(C.observerType, V.person),
    personName(C.personObserverName, reader || NOBODY),
  );

/** The reader's last word on the lesion, and the notes; earlier assessments are in the impression. */
const assessmentItems = ({ assessments, notes }: ReportLesion): ContentItem[] => {
  const last = assessments.at(-1);
  const items = [
    ...(last?.biRads ? [code(C.assessmentCategory, ASSESSMENTS[last.biRads])] : []),
    ...(last?.suspicion === undefined ? [] : [num(C.suspicion, last.suspicion, NO_UNITS)]),
    ...(notes ? [text(C.comment, notes)] : []),
  ];
  return items.map((item) => ({ ...item, ContentSequence: byReader(last?.reader) }));
};

/** Where in the breast, as qualitative evaluations (TID 1410): estimated by the program. */
export const locationItems = ({ location }: Pick<ReportLesion, 'location'>): ContentItem[] => {
  if (!location) return [];
  const { vertical, horizontal, region, clock, depth } = location;
  const quadrant =
    !region || region === 'axillary tail' ? QUADRANTS[`${vertical} ${horizontal}`] : undefined;
  const place = region ? REGIONS[region] : clock === undefined ? undefined : clockCode(clock);
  return [
    ...(quadrant ? [code(C.quadrantLocation, quadrant)] : []),
    ...(place ? [code(C.clockFaceOrRegion, place)] : []),
    ...(depth ? [code(C.depth, DEPTHS[depth])] : []),
  ];
};

export const findingSite = ({ laterality }: ReportImage): ContentItem =>
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
      text(C.trackingIdentifier, `Lesion ${lesion.number} (${report.use})`),
      uidref(C.trackingUniqueIdentifier, trackingUid(lesion.id)),
    ),
    ...as('CONTAINS', code(C.finding, V.mass)),
    ...as('HAS CONCEPT MOD', ...algorithm(report, score), findingSite(on)),
    ...as(
      'CONTAINS',
      scoord(C.imageRegion, 'POLYLINE', markPolygon(mark), image(on)),
      ...(score ? [...lesionNumbers(score), ...viewNumbers(score, on.sopInstanceUid)] : []),
      ...locationItems(lesion),
      ...assessmentItems(lesion),
      text(C.impression, impressionText(report, lesion)),
    ),
  ]);
};
