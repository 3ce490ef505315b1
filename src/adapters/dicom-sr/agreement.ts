import type { CaseReport } from '../../core/report/case-report.ts';
import { asAssumed } from '../../core/report/prevalence.ts';
import type { ReportMark } from '../../core/report/report-lesion.ts';
import type { Point } from './content.ts';
import { boxPolygon, markOfPolygon, markPolygon } from './mark-shape.ts';
import type { TreeContent } from './read-cad-tree.ts';

/** How a mark looks after it went through 32-bit floats. */
export type AsStored = (mark: ReportMark) => ReportMark | undefined;

const rounded = (points: readonly Point[]): Point[] =>
  points.map(([x, y]) => [Math.fround(x), Math.fround(y)]);

/** In an SR: the outline, else the box. */
export const asScoord: AsStored = (mark) =>
  markOfPolygon(mark.sopInstanceUid, rounded(markPolygon(mark)));

/** In a presentation state: the box, and the outline beside it. */
export const asGraphics: AsStored = (mark) => {
  const box = markOfPolygon(mark.sopInstanceUid, rounded(boxPolygon(mark.box)));
  const outline = mark.outline && asScoord(mark)?.outline;
  return box && { ...box, ...(outline && { outline }) };
};

interface Seen {
  readonly marks: string;
  readonly likelihood: number | undefined;
}

const key = (marks: readonly (ReportMark | undefined)[]): string =>
  marks
    .map((mark) => JSON.stringify([mark?.sopInstanceUid, mark?.box, mark?.outline]))
    .sort()
    .join();

const byMarks = (a: Seen, b: Seen): number => (a.marks < b.marks ? -1 : 1);

/** The lesions of a report as a tree that lists only `images` would show them. */
const expected = (report: CaseReport, images: ReadonlySet<string>, stored: AsStored): Seen[] =>
  report.lesions.flatMap(({ marks, score }) => {
    const here = marks.filter((mark) => images.has(mark.sopInstanceUid));
    if (here.length === 0) return [];
    const likelihood = score && asAssumed(score, score.likelihood.value);
    return [{ marks: key(here.map(stored)), likelihood }];
  });

/** A percentage divided by 100 again is off by a last digit; an edited one is off by more. */
const TOLERANCE = 1e-9;

const same = (tree: Seen, wanted: Seen): boolean =>
  tree.marks === wanted.marks &&
  (tree.likelihood === undefined ||
    Math.abs(tree.likelihood - (wanted.likelihood ?? Number.NaN)) < TOLERANCE);

/**
 * Whether the private block still speaks of the same images, marks and likelihoods as the standard
 * part. Where another program changed or emptied that part, or gave the images new UIDs, it does not.
 */
export const agrees = (tree: TreeContent, report: CaseReport, stored: AsStored): boolean => {
  const known = new Set(report.images.map((image) => image.sopInstanceUid));
  if (tree.images.length === 0 || !tree.images.every((uid) => known.has(uid))) return false;
  const wanted = expected(report, new Set(tree.images), stored).sort(byMarks);
  const found = tree.lesions
    .map(({ marks, likelihood }) => ({ marks: key(marks), likelihood }))
    .sort(byMarks);
  return found.length === wanted.length && found.every((seen, i) => same(seen, wanted[i] as Seen));
};
