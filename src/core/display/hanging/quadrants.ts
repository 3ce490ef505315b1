import type { BreastShape } from '../../image/breast-shape.ts';
import { breastCells, fromImage, type BreastFrame, type BreastPoint } from './breast-frame.ts';

/** A breast that is stepped over, on its own or together with others that move with it. */
export interface SteppedBreast {
  readonly frame: BreastFrame;
  readonly shape: BreastShape | undefined;
}

/** Share of breast (0 to 255) from which a cell of the shape is to be looked at. */
const ANY = 26;
/** A part of the picture with less than this share of breast is air and skipped. */
const LEAST_BREAST = 0.01;
/** Neighbouring parts overlap by this share, so that nothing is cut in two by a border. */
const OVERLAP = 0.1;

/** Middles of evenly spread intervals of `size` that cover from..to; one in the middle where it fits. */
const cover = (from: number, to: number, size: number): readonly number[] => {
  const length = to - from;
  if (length <= size) return [(from + to) / 2];
  const count = Math.ceil((length - size) / (size * (1 - OVERLAP)) - 1e-9) + 1;
  return Array.from(
    { length: count },
    (_, i) => from + size / 2 + ((length - size) * i) / (count - 1),
  );
};

/** The places to be looked at: every cell with breast in it, and the area that a cell stands for. */
const placesOf = ({ frame, shape }: SteppedBreast) => {
  const { geometry } = frame;
  const whole: BreastShape = {
    box: { x: 0, y: 0, width: geometry.columns, height: geometry.rows },
    ...{ columns: 64, rows: 64, cells: new Uint8Array(64 * 64).fill(255) },
  };
  const grid = shape ?? whole;
  const area =
    (geometry.columns * geometry.columnSpacing * geometry.rows * geometry.rowSpacing) /
    grid.cells.length;
  const points = breastCells(grid, geometry, ANY).map((point) => fromImage(frame, point));
  return { area, points };
};

/**
 * The steps of a systematic search: middles of parts of `width` x `height` world units that together
 * cover the breasts (one, or several that are looked at side by side). The first lies at the top of the
 * chest wall; each row is walked through from where the last one ended. Parts of air are left out.
 */
export const quadrantSteps = (
  breasts: readonly SteppedBreast[],
  width: number,
  height: number,
): readonly BreastPoint[] => {
  const frames = breasts.map(({ frame }) => frame);
  const most = (of: (frame: BreastFrame) => number) => Math.max(...frames.map(of));
  const depths = cover(
    0,
    most((f) => f.depth),
    width,
  );
  const rows = cover(
    -most((f) => f.above),
    most((f) => f.below),
    height,
  );
  const places = breasts.map(placesOf);
  const holdsBreast = (at: BreastPoint): boolean =>
    places.some(({ area, points }) => {
      const inside = points.filter(
        ({ depth, below }) =>
          Math.abs(depth - at.depth) <= width / 2 && Math.abs(below - at.below) <= height / 2,
      );
      return inside.length * area >= LEAST_BREAST * width * height;
    });
  return rows.flatMap((below, row) => {
    const line = row % 2 === 0 ? depths : depths.toReversed();
    return line.map((depth) => ({ depth, below })).filter(holdsBreast);
  });
};

/** The step that a view at `at` stands on, to within a hundredth of a part; undefined between steps. */
export const stepAt = (
  steps: readonly BreastPoint[],
  at: BreastPoint,
  width: number,
): number | undefined => {
  const index = steps.findIndex(
    ({ depth, below }) => Math.hypot(depth - at.depth, below - at.below) <= width / 100,
  );
  return index < 0 ? undefined : index;
};

/** The step nearest to where a view looks; `steps` is not empty. */
export const nearestStep = (steps: readonly BreastPoint[], at: BreastPoint): number => {
  const distances = steps.map(({ depth, below }) => Math.hypot(depth - at.depth, below - at.below));
  return distances.indexOf(Math.min(...distances));
};
