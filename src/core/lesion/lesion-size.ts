import type { Box } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import { convexHull } from '../geometry/polygon.ts';
import { hypotenuse } from '../units/portable-math.ts';

/** mm between the centres of neighbouring rows and of neighbouring columns. */
interface Pitch {
  readonly row: number;
  readonly column: number;
}

/** Where the mm of a view hold: `unsaid` where its file does not tell how they were calibrated. */
export type ScalePlane = 'breast' | 'detector' | 'unsaid';

/** A lesion on one calibrated view, mm in the plane of its calibration. */
export interface SizedView {
  readonly sopInstanceUid: string;
  readonly plane: ScalePlane;
  /** "RCC". */
  readonly view: string;
  /** Longest extent of the outline; absent where there is none. */
  readonly outline?: number | undefined;
  /** Longer side of the mark. */
  readonly box: number;
}

/** What a length was taken from: the outline, or the mark around it, which is larger. */
export type SizeOf = 'outline' | 'box';

export interface LesionSize {
  readonly view: string;
  readonly mm: number;
  readonly of: SizeOf;
}

/** The longest distance of two points (stored pixels), mm: "size" of a mass in BI-RADS. */
export const longestExtent = (points: readonly Point[], { row, column }: Pitch): number => {
  const hull = convexHull(points.map(({ x, y }) => ({ x: x * column, y: y * row })));
  return Math.max(0, ...hull.flatMap((a) => hull.map((b) => hypotenuse(a.x - b.x, a.y - b.y))));
};

export const longerSide = ({ width, height }: Box, { row, column }: Pitch): number =>
  Math.max(width * column, height * row);

/** The size on one view: of its outline where there is one. */
export const sizeOn = ({ view, outline, box }: SizedView): LesionSize =>
  outline === undefined ? { view, mm: box, of: 'box' } : { view, mm: outline, of: 'outline' };

/** The view that a lesion is largest on, of those with an outline where there are any. */
export const largestOf = (views: readonly SizedView[]): SizedView | undefined => {
  const outlined = views.filter(({ outline }) => outline !== undefined);
  return (outlined.length > 0 ? outlined : views).reduce<SizedView | undefined>(
    (largest, view) => (largest && sizeOn(largest).mm >= sizeOn(view).mm ? largest : view),
    undefined,
  );
};

/** The size of a lesion: its largest over the views, outlines before boxes. */
export const lesionSize = (views: readonly SizedView[]): LesionSize | undefined => {
  const largest = largestOf(views);
  return largest && sizeOn(largest);
};
