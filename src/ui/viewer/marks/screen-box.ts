import type { Box } from '../../../core/geometry/box.ts';
import { boxCentre, boxFromCorners } from '../../../core/geometry/box.ts';
import { handleAt, HANDLES, type Handle } from './box-drag.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';

/** Side of the square around a handle that answers the pointer, CSS pixels. */
export const TOUCH_TARGET = 24;
/** The same for a fingertip. */
const FINGER_TARGET = 44;
/** A box has handles on its sides from this many squares on; smaller ones have them on their corners. */
const ROOM_FOR_SIDES = 3;

/** The square for what the reader points with. */
export const touchTarget = (): number =>
  window.matchMedia('(pointer: coarse)').matches ? FINGER_TARGET : TOUCH_TARGET;

/** Longest arm of a tick at a corner, CSS pixels, and as a share of its side. */
const TICK = { most: 14, share: 0.3 };

/** The corners of a box on screen as a path: what lies under its sides stays to be seen. */
export const cornerTicks = ({ x, y, width, height }: Box): string => {
  const along = (side: number) => Math.min(TICK.most, side * TICK.share);
  const [dx, dy] = [along(width), along(height)];
  const corner = (fx: 0 | 1, fy: 0 | 1) => {
    const [cx, cy] = [x + fx * width, y + fy * height];
    return `M${cx + (fx ? -dx : dx)} ${cy}H${cx}V${cy + (fy ? -dy : dy)}`;
  };
  return corner(0, 0) + corner(1, 0) + corner(1, 1) + corner(0, 1);
};

/** The box on screen, CSS pixels. */
export const toScreen = (view: Pick<ViewportHandle, 'imageToCanvas'>, box: Box): Box => {
  const a = view.imageToCanvas({ x: box.x, y: box.y });
  const b = view.imageToCanvas({ x: box.x + box.width, y: box.y + box.height });
  return boxFromCorners(a.x, a.y, b.x, b.y);
};

export interface ScreenHandle {
  readonly handle: Handle;
  /** Centre of the mark that is drawn: on the rim of the box. */
  readonly at: CanvasPoint;
  /** Centre of the square that answers: pushed outwards, so that small boxes can still be moved. */
  readonly touch: CanvasPoint;
  readonly cursor: string;
}

const cursorOf = (fx: number, fy: number): string => {
  if (fy === 0) return 'ew-resize';
  if (fx === 0) return 'ns-resize';
  return fx === fy ? 'nwse-resize' : 'nesw-resize';
};

/**
 * The handles of a box on screen. They are named by the stored image, so on a mirrored view the west
 * handle is seen on the right.
 */
export const screenHandles = (
  view: Pick<ViewportHandle, 'imageToCanvas'>,
  box: Box,
  target = TOUCH_TARGET,
): readonly ScreenHandle[] => {
  const screen = toScreen(view, box);
  const middle = boxCentre(screen);
  const out = target / 2 - 2;
  return HANDLES.flatMap((handle) => {
    const f = handleAt(handle);
    const at = view.imageToCanvas({ x: box.x + f.x * box.width, y: box.y + f.y * box.height });
    const side = (v: number) => (Math.abs(v) < 1e-6 ? 0 : Math.sign(v));
    const [fx, fy] = [side(at.x - middle.x), side(at.y - middle.y)];
    if (fx === 0 && screen.width < ROOM_FOR_SIDES * target) return [];
    if (fy === 0 && screen.height < ROOM_FOR_SIDES * target) return [];
    const touch = { x: at.x + fx * out, y: at.y + fy * out };
    return [{ handle, at, touch, cursor: cursorOf(fx, fy) }];
  });
};

/**
 * How image pixels map to CSS pixels of the view, as the six numbers of an SVG matrix: what is drawn
 * in image pixels inside `matrix(...)` lies on the picture.
 */
export const imageMatrix = (view: Pick<ViewportHandle, 'imageToCanvas'>): string => {
  const origin = view.imageToCanvas({ x: 0, y: 0 });
  const right = view.imageToCanvas({ x: 1, y: 0 });
  const down = view.imageToCanvas({ x: 0, y: 1 });
  const [a, b] = [right.x - origin.x, right.y - origin.y];
  const [c, d] = [down.x - origin.x, down.y - origin.y];
  return [a, b, c, d, origin.x, origin.y].join(' ');
};
