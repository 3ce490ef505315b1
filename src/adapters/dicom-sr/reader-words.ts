import { BREASTS } from '../../core/lesion/exam-reading.ts';
import type { CaseReport, ReportImage, ReportStudy } from '../../core/report/case-report.ts';
import type { ReportMeasurement } from '../../core/report/report-measurement.ts';
import { isBlank } from './clean-value.ts';
import {
  ASSESSMENTS,
  DEGREE,
  DENSITY_CODES,
  MILLIMETER,
  PIXELS,
  SIDES,
  SQUARE_MILLIMETER,
} from './codes.ts';
import { C } from './concepts.ts';
import {
  as,
  code,
  container,
  date,
  frameOf,
  image,
  num,
  scoord,
  text,
  uidref,
  type ContentItem,
  type Point,
} from './content.ts';
import { byReader } from './observer.ts';
import { trackedGroup } from './tracked-group.ts';

/** The ends of the axes of an ellipse that fills the box between two corners. */
const axes = ([[ax, ay], [bx, by]]: readonly [Point, Point]): Point[] => {
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  const horizontal: Point[] = [
    [ax, y],
    [bx, y],
  ];
  const vertical: Point[] = [
    [x, ay],
    [x, by],
  ];
  // The major axis goes first (PS3.3 C.18.6.1.2).
  return Math.abs(bx - ax) >= Math.abs(by - ay)
    ? [...horizontal, ...vertical]
    : [...vertical, ...horizontal];
};

/** Breast tomosynthesis and projections, multi-frame secondary capture: a volume may be single files too. */
const HAS_FRAMES = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:13\.1\.[345]|7\.[234])$/;

const drawn = ({ kind, points, slice }: ReportMeasurement, on: ReportImage): ContentItem => {
  const [a, b] = points;
  const from =
    slice !== undefined && HAS_FRAMES.test(on.sopClassUid) ? frameOf(on, slice + 1) : image(on);
  return kind === 'ellipse' && a && b
    ? scoord(C.path, 'ELLIPSE', axes([a, b]), from)
    : scoord(C.path, 'POLYLINE', points, from);
};

/** What a number is and in what unit; lengths of an image without spacing are in its columns. */
const meaningOf = ({ kind, calibration }: ReportMeasurement) => {
  if (kind === 'angle') return [C.angle, DEGREE] as const;
  const isBare = calibration === 'none';
  return kind === 'ellipse'
    ? ([C.area, isBare ? PIXELS : SQUARE_MILLIMETER] as const)
    : ([C.length, isBare ? PIXELS : MILLIMETER] as const);
};

const measured = (one: ReportMeasurement, on: ReportImage, number: number): ContentItem => {
  const [concept, unit] = meaningOf(one);
  const value = num(concept, one.value, unit, as('INFERRED FROM', drawn(one, on)));
  const slice = one.slice === undefined ? '' : `; slice ${one.slice + 1}`;
  const comment = text(C.comment, `calibration: ${one.calibration}${slice}`);
  return trackedGroup(
    `Measurement ${number}`,
    one.id,
    ...byReader(),
    ...as('CONTAINS', value, comment),
  );
};

/** What the reader measured, one group each (TID 1501). */
export const measurementItems = ({ images }: CaseReport): ContentItem[] =>
  images
    .flatMap((on) => (on.measurements ?? []).map((one) => ({ one, on })))
    .map(({ one, on }, i) => measured(one, on, i + 1));

const evaluations = ({ reading }: ReportStudy): ContentItem[] => {
  if (!reading) return [];
  const { density, categories, conclusion } = reading;
  const sides = BREASTS.flatMap((side) => {
    const category = categories[side];
    const site = as('HAS CONCEPT MOD', code(C.findingSite, SIDES[side]));
    return category
      ? [code(C.assessmentCategory, ASSESSMENTS[category], [...byReader(), ...site])]
      : [];
  });
  return [
    ...(density ? [code(C.breastComposition, DENSITY_CODES[density], byReader())] : []),
    ...sides,
    ...(isBlank(conclusion) ? [] : [text(C.comment, conclusion, byReader())]),
  ];
};

/** TID 1005 "Procedure Study Context": of which study it was said, where that is not the document's. */
const ofStudy = ({ studyInstanceUid, date: on }: ReportStudy): ContentItem[] =>
  as(
    'HAS OBS CONTEXT',
    uidref(C.procedureStudyUid, studyInstanceUid),
    ...(on ? [date(C.studyDate, on)] : []),
  );

/**
 * What the reader said of the exams as a whole: composition, a category for each breast, a conclusion.
 * That of other studies than the document's is in a container of its own each, within the one that
 * TID 1500 has room for.
 */
export const examItems = ({ studies }: CaseReport, own: ReportStudy): ContentItem[] => {
  const others = studies.flatMap((study) => {
    const items = study === own ? [] : evaluations(study);
    return items.length > 0
      ? [container(C.evaluations, [...ofStudy(study), ...as('CONTAINS', ...items)])]
      : [];
  });
  const items = [...evaluations(own), ...others];
  return items.length > 0 ? [container(C.evaluations, as('CONTAINS', ...items))] : [];
};
