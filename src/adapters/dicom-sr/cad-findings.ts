import type { Code } from '../../core/dicom/codes.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { asAssumed, viewAsAssumed } from '../../core/report/prevalence.ts';
import type { ReportLesion, ReportMark, ReportScore } from '../../core/report/report-lesion.ts';
import { boxCentre } from '../../core/geometry/box.ts';
import { algorithm } from './algorithm.ts';
import { PERCENT } from './codes.ts';
import { C, V } from './concepts.ts';
import { as, code, container, num, reference, scoord, text, type ContentItem } from './content.ts';
import { impressionText } from './impression-text.ts';
import { markPolygon } from './mark-shape.ts';

/** Path of an image library entry from the root, by SOP Instance UID. */
export type LibraryPath = (sopInstanceUid: string) => readonly number[];

const intent = () => as('HAS CONCEPT MOD', code(C.renderingIntent, V.presentationRequired));

/** Probability where the likelihood is calibrated, else a certainty; both in percent. */
const likelihood = (score: ReportScore, value: number, certainty: Code): ContentItem =>
  num(score.calibrated ? C.probabilityOfCancer : certainty, value * 100, PERCENT);

const lesionAsAssumed = (score: ReportScore): number => asAssumed(score, score.likelihood.value);

/** TID 4021 "Mammography CAD Geometry": centre, and outline or box. */
export const geometry = (mark: ReportMark, path: LibraryPath): ContentItem[] => {
  const { x, y } = boxCentre(mark.box);
  const image = reference(path(mark.sopInstanceUid));
  return [
    scoord(C.center, 'POINT', [[x, y]], image),
    scoord(C.outline, 'POLYLINE', markPolygon(mark), image),
  ];
};

/** TID 4006 "Mammography CAD Single Image Finding": one view of a lesion, of likelihood `value`. */
const singleImageFinding = (
  report: CaseReport,
  { score }: ReportLesion,
  mark: ReportMark,
  value: number | undefined,
  path: LibraryPath,
): ContentItem =>
  code(C.singleImageFinding, V.density, [
    ...intent(),
    ...as('HAS PROPERTIES', ...algorithm(report, score)),
    ...(score && value !== undefined
      ? as('HAS PROPERTIES', likelihood(score, value, C.certaintyOfFinding))
      : []),
    ...as('HAS PROPERTIES', ...geometry(mark, path)),
  ]);

/** TID 4004 and 4005 "Mammography CAD Composite Feature": the lesion, fused over its views. */
const compositeFeature = (
  report: CaseReport,
  lesion: ReportLesion,
  path: LibraryPath,
): ContentItem => {
  const { score, marks } = lesion;
  return code(C.compositeFeature, V.mass, [
    ...intent(),
    ...as(
      'HAS PROPERTIES',
      code(C.compositeType, V.relatedSpatially),
      code(C.scopeOfFeature, V.onMultipleImages),
      ...algorithm(report, score),
      ...(score ? [likelihood(score, lesionAsAssumed(score), C.certaintyOfFeature)] : []),
    ),
    ...as(
      'INFERRED FROM',
      ...marks.map((mark) => {
        const value = score && viewAsAssumed(score, mark.sopInstanceUid);
        return singleImageFinding(report, lesion, mark, value, path);
      }),
    ),
  ]);
};

/**
 * A composite feature links two findings or more (TID 4004): a lesion that is marked on one view only
 * is the finding of that view, whose likelihood is the lesion's.
 */
const feature = (report: CaseReport, lesion: ReportLesion, path: LibraryPath): ContentItem => {
  const [mark, another] = lesion.marks;
  return mark && !another
    ? singleImageFinding(report, lesion, mark, lesion.score && lesionAsAssumed(lesion.score), path)
    : compositeFeature(report, lesion, path);
};

/** TID 4003 "Mammography CAD Individual Impression/Recommendation", with the words of TID 4002. */
export const individualImpression = (
  report: CaseReport,
  lesion: ReportLesion,
  path: LibraryPath,
): ContentItem =>
  container(C.individualImpression, [
    ...intent(),
    // TID 4002 says HAS PROPERTIES of its texts, which the IOD allows no container (PS3.3 A.35.5.3.1).
    ...as(
      'CONTAINS',
      text(C.impressionDescription, impressionText(report, lesion)),
      ...algorithm(report, lesion.score),
      feature(report, lesion, path),
    ),
  ]);
