import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { asAssumed, viewAsAssumed } from '../../core/report/prevalence.ts';
import type { ReportLesion, ReportMark, ReportScore } from '../../core/report/report-lesion.ts';
import { algorithm } from './algorithm.ts';
import {
  ASSESSMENTS,
  CALCIFICATIONS,
  clockCode,
  DEPTHS,
  LESION_DENSITIES,
  MARGINS,
  MILLIMETER,
  NO_UNITS,
  PERCENT,
  QUADRANTS,
  REGIONS,
  SHAPES,
} from './codes.ts';
import { C } from './concepts.ts';
import { code, num, text, type ContentItem } from './content.ts';
import { impressionText } from './impression-text.ts';
import { markPolygon } from './mark-shape.ts';
import { byReader } from './observer.ts';
import { planarGroup } from './tracked-group.ts';

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
      return value === undefined ? [] : [num(C.svmScore(arm), value, NO_UNITS)];
    }),
  ];
};

/** How the reader describes the mass, as qualitative evaluations with the concepts of TID 4206. */
const descriptorItems = ({ descriptors = {} }: ReportLesion): ContentItem[] => {
  const { shape, margin, density, calcifications = 'none' } = descriptors;
  return [
    ...(shape ? [code(C.shape, SHAPES[shape])] : []),
    ...(margin ? [code(C.margins, MARGINS[margin])] : []),
    ...(density ? [code(C.lesionDensity, LESION_DENSITIES[density])] : []),
    ...(calcifications === 'none'
      ? []
      : [code(C.calcificationDistribution, CALCIFICATIONS[calcifications])]),
  ];
};

/** The reader's last word on the lesion, and the notes; earlier assessments are in the impression. */
const assessmentItems = (lesion: ReportLesion): ContentItem[] => {
  const { assessments, notes } = lesion;
  const last = assessments.at(-1);
  const items = [
    ...(last?.biRads ? [code(C.assessmentCategory, ASSESSMENTS[last.biRads])] : []),
    ...(last?.suspicion === undefined ? [] : [num(C.suspicion, last.suspicion, NO_UNITS)]),
    ...descriptorItems(lesion),
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

/** One view of a lesion. */
export const measurementGroup = (
  report: CaseReport,
  lesion: ReportLesion,
  mark: ReportMark,
  on: ReportImage,
): ContentItem => {
  const { score } = lesion;
  return planarGroup({
    name: `Lesion ${lesion.number} (${report.use})`,
    id: lesion.id,
    algorithm: algorithm(report, score),
    on,
    outline: markPolygon(mark),
    said: [
      ...(score ? [...lesionNumbers(score), ...viewNumbers(score, on.sopInstanceUid)] : []),
      ...(mark.longest?.of === 'outline' ? [num(C.longAxis, mark.longest.mm, MILLIMETER)] : []),
      ...locationItems(lesion),
      ...assessmentItems(lesion),
      text(C.impression, impressionText(report, lesion)),
    ],
  });
};
