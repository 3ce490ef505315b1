import type { Point } from './content.ts';
import type { ReportMark } from '../../core/report/report-lesion.ts';
import { boundsOf } from '../../core/report/restored.ts';
import type { Box } from '../../core/geometry/box.ts';

/** The corners of a box, clockwise from the top left, closed. */
export const boxPolygon = ({ x, y, width, height }: Box): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
  [x, y],
];

const closed = (points: readonly Point[]): Point[] => {
  const [first] = points;
  return first ? [...points, first] : [];
};

/** GraphicData is FL, whose length in bytes has 16 bits (PS3.5 7.1.2): 8191 points at most. */
const MOST_POINTS = 8000;

/** Every nth vertex of an outline too long for its attribute. */
const thinned = <T>(points: readonly T[]): readonly T[] => {
  const step = Math.ceil(points.length / MOST_POINTS);
  return step > 1 ? points.filter((_, i) => i % step === 0) : points;
};

/** What a mark looks like in a tree: its outline where it has one, else its box; closed. */
export const markPolygon = ({ box, outline }: ReportMark): Point[] =>
  outline ? closed(thinned(outline)) : boxPolygon(box);

const isBox = (points: readonly Point[]): boolean => {
  const wanted = boxPolygon(boundsOf(points));
  return (
    points.length === wanted.length &&
    wanted.every(([x, y], i) => points[i]?.[0] === x && points[i]?.[1] === y)
  );
};

/** Pairs of GraphicData. */
export const toPoints = (data: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(data.length / 2) }, (_, i) => [
    data[2 * i] as number,
    data[2 * i + 1] as number,
  ]);

/** A mark from the polygon that a tree carries; undefined where it encloses nothing. */
export const markOfPolygon = (
  sopInstanceUid: string,
  points: readonly Point[],
): ReportMark | undefined => {
  if (points.length < 4) return undefined;
  const box = boundsOf(points);
  if (!(box.width > 0 && box.height > 0)) return undefined;
  if (isBox(points)) return { sopInstanceUid, box };
  const outline = points.slice(0, -1).map(([x, y]): [number, number] => [x, y]);
  return { sopInstanceUid, box, outline };
};
