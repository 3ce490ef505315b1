import type { Box } from '../../../core/geometry/box.ts';
import { boxCentre, boxFromCorners } from '../../../core/geometry/box.ts';
import { handleAt, HANDLES, type Handle } from './box-drag.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';

/** Side of the square around a handle that answers the pointer, CSS pixels: a fingertip's. */
export const TOUCH_TARGET = 24;
/** Below this side on screen a box has no room for handles on its sides, only on its corners. */
const ROOM_FOR_SIDES = 3 * TOUCH_TARGET;

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
): readonly ScreenHandle[] => {
  const screen = toScreen(view, box);
  const middle = boxCentre(screen);
  const out = TOUCH_TARGET / 2 - 2;
  return HANDLES.flatMap((handle) => {
    const f = handleAt(handle);
    const at = view.imageToCanvas({ x: box.x + f.x * box.width, y: box.y + f.y * box.height });
    const side = (v: number) => (Math.abs(v) < 1e-6 ? 0 : Math.sign(v));
    const [fx, fy] = [side(at.x - middle.x), side(at.y - middle.y)];
    if (fx === 0 && screen.width < ROOM_FOR_SIDES) return [];
    if (fy === 0 && screen.height < ROOM_FOR_SIDES) return [];
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
