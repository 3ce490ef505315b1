import type { BreastShape } from '../../image/breast-shape.ts';
import type { ImageGeometry } from '../../image/image-geometry.ts';
import type { Box } from '../../geometry/box.ts';
import { screenAxes, type Turn } from '../../geometry/screen-axes.ts';
import type { ImagePoint } from '../../geometry/point.ts';

/**
 * A place in a breast as it hangs, the same way for both sides: `depth` from the chest wall outwards
 * and `below` from the level of the breast's foremost point downwards on screen. World units (mm, or
 * columns where spacing is unknown).
 */
export interface BreastPoint {
  readonly depth: number;
  readonly below: number;
}

/** Stored pixels against places in the breast. */
export interface BreastFrame {
  readonly geometry: ImageGeometry;
  readonly turn: Turn;
  /** The side of the screen that the chest wall is on. */
  readonly chestWall: 'left' | 'right';
  /** Stored point of depth 0 and below 0. */
  readonly origin: ImagePoint;
  /** What the breast takes up: from depth 0 to `depth`, from `-above` to `below`. All 0 or more. */
  readonly depth: number;
  readonly above: number;
  readonly below: number;
}

/** The axes of a frame as unit steps of the stored image. */
const axesOf = ({ turn, chestWall }: Pick<BreastFrame, 'turn' | 'chestWall'>) => {
  const { right, down } = screenAxes(turn);
  const out = chestWall === 'left' ? 1 : -1;
  return { outwards: { x: right.x * out, y: right.y * out }, down };
};

export const fromImage = (frame: BreastFrame, point: ImagePoint): BreastPoint => {
  const { outwards, down } = axesOf(frame);
  const x = (point.x - frame.origin.x) * frame.geometry.columnSpacing;
  const y = (point.y - frame.origin.y) * frame.geometry.rowSpacing;
  return { depth: outwards.x * x + outwards.y * y, below: down.x * x + down.y * y };
};

export const toImage = (frame: BreastFrame, { depth, below }: BreastPoint): ImagePoint => {
  const { outwards, down } = axesOf(frame);
  return {
    x: frame.origin.x + (outwards.x * depth + down.x * below) / frame.geometry.columnSpacing,
    y: frame.origin.y + (outwards.y * depth + down.y * below) / frame.geometry.rowSpacing,
  };
};

/** Extent of a box in the axes of a frame. */
const boxIn = (frame: BreastFrame, { x, y, width, height }: Box) => {
  const a = fromImage(frame, { x, y });
  const b = fromImage(frame, { x: x + width, y: y + height });
  return {
    depth: [Math.min(a.depth, b.depth), Math.max(a.depth, b.depth)] as const,
    below: [Math.min(a.below, b.below), Math.max(a.below, b.below)] as const,
  };
};

/**
 * Most of the image's width that may lie between its edge and the chest wall. Film borders are
 * narrower; where more seems to be air the mask has lost tissue, which must not hang out of sight.
 */
const WIDEST_BORDER = 0.12;

/** Where the chest wall is, in the axes of `start`: the near side of the breast, or the image's edge. */
const wallDepth = (breast: readonly [number, number], image: readonly [number, number]): number =>
  breast[0] - image[0] <= WIDEST_BORDER * (image[1] - image[0]) ? breast[0] : image[0];

/** Share of breast from which a cell counts as breast where its foremost point is sought. */
const MOSTLY = 128;
/** Levels that reach this close to the foremost one belong to the tip. */
const TIP = 0.97;

/** Each cell of the shape that is mostly breast, by its centre in stored pixels. */
export const breastCells = (
  { cells, columns, rows }: BreastShape,
  geometry: ImageGeometry,
  least = MOSTLY,
): readonly ImagePoint[] => {
  const found: ImagePoint[] = [];
  for (let i = 0; i < cells.length; i++)
    if ((cells[i] as number) >= least)
      found.push({
        x: (((i % columns) + 0.5) * geometry.columns) / columns,
        y: ((Math.floor(i / columns) + 0.5) * geometry.rows) / rows,
      });
  return found;
};

/** The level at which the breast reaches furthest from the chest wall: about that of the nipple. */
const foremostLevel = (frame: BreastFrame, points: readonly ImagePoint[]): number | undefined => {
  const reach = new Map<number, number>();
  for (const point of points) {
    const { depth, below } = fromImage(frame, point);
    reach.set(below, Math.max(reach.get(below) ?? 0, depth));
  }
  const furthest = Math.max(0, ...reach.values());
  const tip = [...reach].filter(([, depth]) => depth >= furthest * TIP).map(([below]) => below);
  return tip.length > 0 ? tip.reduce((a, b) => a + b, 0) / tip.length : undefined;
};

/**
 * The frame of a breast in its image. Without a shape the whole image counts as breast and the level
 * of its foremost point as the middle.
 */
export const breastFrame = (
  geometry: ImageGeometry,
  turn: Turn,
  chestWall: 'left' | 'right',
  shape: BreastShape | undefined,
): BreastFrame => {
  const start: BreastFrame = {
    ...{ geometry, turn, chestWall },
    origin: { x: 0, y: 0 },
    ...{ depth: 0, above: 0, below: 0 },
  };
  const whole = { x: 0, y: 0, width: geometry.columns, height: geometry.rows };
  const { depth, below } = boxIn(start, shape?.box ?? whole);
  const wallAt = wallDepth(depth, boxIn(start, whole).depth);
  const wall: BreastFrame = { ...start, origin: toImage(start, { depth: wallAt, below: 0 }) };
  const middle = (below[0] + below[1]) / 2;
  const found = shape && foremostLevel(wall, breastCells(shape, geometry));
  const level = found ?? middle;
  return {
    ...wall,
    origin: toImage(start, { depth: wallAt, below: level }),
    depth: depth[1] - wallAt,
    above: Math.max(level - below[0], 0),
    below: Math.max(below[1] - level, 0),
  };
};
