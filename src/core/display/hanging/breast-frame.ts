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

/** The middle of a cell of the shape, stored pixels. */
const centreOf = (
  { columns, rows }: BreastShape,
  geometry: ImageGeometry,
  column: number,
  row: number,
): ImagePoint => ({
  x: ((column + 0.5) * geometry.columns) / columns,
  y: ((row + 0.5) * geometry.rows) / rows,
});

/** Each cell of the shape that is mostly breast, by its centre in stored pixels. */
export const breastCells = (
  shape: BreastShape,
  geometry: ImageGeometry,
  least = MOSTLY,
): readonly ImagePoint[] => {
  const { cells, columns } = shape;
  const found: ImagePoint[] = [];
  for (let i = 0; i < cells.length; i++)
    if ((cells[i] as number) >= least)
      found.push(centreOf(shape, geometry, i % columns, Math.floor(i / columns)));
  return found;
};

/**
 * The level at which the breast reaches furthest from the chest wall: about that of the nipple. A level is a
 * row of the shape's cells, or a column where the picture hangs transposed.
 */
const foremostLevel = (frame: BreastFrame, shape: BreastShape): number | undefined => {
  const { cells, columns, rows } = shape;
  const { transpose } = frame.turn;
  const [levels, deep] = transpose ? [columns, rows] : [rows, columns];
  const placeOf = (level: number, at: number) => {
    const [column, row] = transpose ? [level, at] : [at, level];
    return fromImage(frame, centreOf(shape, frame.geometry, column, row));
  };
  const isOutwards = placeOf(0, deep - 1).depth >= placeOf(0, 0).depth;
  const outermost: BreastPoint[] = [];
  for (let level = 0; level < levels; level++)
    for (let inwards = 0; inwards < deep; inwards++) {
      const at = isOutwards ? deep - 1 - inwards : inwards;
      const cell = transpose ? at * columns + level : level * columns + at;
      if ((cells[cell] as number) < MOSTLY) continue;
      outermost.push(placeOf(level, at));
      break;
    }
  const furthest = Math.max(0, ...outermost.map(({ depth }) => depth));
  const tip = outermost.filter(({ depth }) => Math.max(depth, 0) >= furthest * TIP);
  return tip.length > 0 ? tip.reduce((sum, { below }) => sum + below, 0) / tip.length : undefined;
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
  const found = shape && foremostLevel(wall, shape);
  const level = found ?? middle;
  return {
    ...wall,
    origin: toImage(start, { depth: wallAt, below: level }),
    depth: depth[1] - wallAt,
    above: Math.max(level - below[0], 0),
    below: Math.max(below[1] - level, 0),
  };
};
