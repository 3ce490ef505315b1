import type { BreastShape } from '../../../core/image/breast-shape.ts';
import { boxFromCorners, clipBox, MIN_BOX_SIDE, type Box } from '../../../core/geometry/box.ts';
import { boxOnBreast } from '../../../core/image/box-on-breast.ts';
import type { Point } from '../../../core/geometry/point.ts';

export interface ImageSize {
  readonly columns: number;
  readonly rows: number;
}

/** Sides and corners of a box by which it is resized, named as on the stored image. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof HANDLES)[number];

/** A drag under way: what is dragged, where it was taken hold of, and the box as it was. */
export type Drag =
  | { readonly kind: 'draw'; readonly from: Point }
  | { readonly kind: 'move'; readonly from: Point; readonly box: Box }
  | { readonly kind: Handle; readonly from: Point; readonly box: Box };

const clamp = (v: number, low: number, high: number) => Math.min(Math.max(v, low), high);

/** The box moved by (dx, dy), as far as it stays inside the image; its size does not change. */
export const moveBox = (box: Box, dx: number, dy: number, size: ImageSize): Box => ({
  ...box,
  x: clamp(box.x + dx, 0, Math.max(size.columns - box.width, 0)),
  y: clamp(box.y + dy, 0, Math.max(size.rows - box.height, 0)),
});

const resized = (handle: Handle, box: Box, dx: number, dy: number): Box =>
  boxFromCorners(
    box.x + (handle.includes('w') ? dx : 0),
    box.y + (handle.includes('n') ? dy : 0),
    box.x + box.width + (handle.includes('e') ? dx : 0),
    box.y + box.height + (handle.includes('s') ? dy : 0),
  );

/**
 * The box when the pointer has come to `at`. Never outside the image; sides may be too small for a
 * mark (see isBoxInside). A side dragged across its opposite turns the box over.
 */
export const dragBox = (drag: Drag, at: Point, size: ImageSize): Box => {
  const { columns, rows } = size;
  if (drag.kind === 'draw')
    return clipBox(boxFromCorners(drag.from.x, drag.from.y, at.x, at.y), columns, rows);
  const dx = at.x - drag.from.x;
  const dy = at.y - drag.from.y;
  if (drag.kind === 'move') return moveBox(drag.box, dx, dy, size);
  return clipBox(resized(drag.kind, drag.box, dx, dy), columns, rows);
};

/** Where a handle sits on a box: fractions of its width and height. */
export const handleAt = (handle: Handle): Point => ({
  x: handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5,
  y: handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5,
});

/** Side of a box that is placed without a pointer, as a share of what is on screen of the image. */
const PLACED_SHARE = 0.15;

/**
 * A square in the middle of that part of the image which lies between two of its points, or where in
 * that part it lies on breast.
 */
export const placedBox = (
  from: Point,
  to: Point,
  { columns, rows }: ImageSize,
  breast: BreastShape | undefined,
): Box => {
  const seen = clipBox(boxFromCorners(from.x, from.y, to.x, to.y), columns, rows);
  const side = Math.max(PLACED_SHARE * Math.min(seen.width, seen.height), 2 * MIN_BOX_SIDE);
  const [x, y] = [seen.x + (seen.width - side) / 2, seen.y + (seen.height - side) / 2];
  const middle = moveBox({ x, y, width: side, height: side }, 0, 0, { columns, rows });
  return breast ? boxOnBreast(middle, breast, seen, { columns, rows }) : middle;
};

/** Which arrows enlarge a box: right makes it wider on screen, up higher; the others the opposite. */
const ENLARGING = ['ArrowRight', 'ArrowUp'];

/**
 * The box after an arrow key that resizes it by `step` of `arrowStep`, about its middle: both sides
 * along the arrow move. Undefined where it would become too small.
 */
export const resizeByArrow = (
  key: string,
  box: Box,
  step: Point,
  size: ImageSize,
): Box | undefined => {
  const sign = ENLARGING.includes(key) ? 1 : -1;
  const [dx, dy] = [sign * Math.abs(step.x), sign * Math.abs(step.y)];
  const { x, y, width, height } = box;
  const wanted = { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
  if (wanted.width < MIN_BOX_SIDE || wanted.height < MIN_BOX_SIDE) return undefined;
  return clipBox(wanted, size.columns, size.rows);
};

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The step of an arrow key in image pixels: one, ten with Shift, in the direction that looks right
 * on screen however the image is turned. Null for other keys.
 */
export const arrowStep = (
  key: string,
  shift: boolean,
  canvasToImage: (point: Point) => Point,
): Point | null => {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const from = canvasToImage({ x: 0, y: 0 });
  const to = canvasToImage(arrow);
  const by = shift ? 10 : 1;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return Math.abs(dx) > Math.abs(dy)
    ? { x: Math.sign(dx) * by, y: 0 }
    : { x: 0, y: Math.sign(dy) * by };
};
