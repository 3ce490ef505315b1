import type { Placement } from '../../../core/display/grey/magnify.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';
import type { LoupePlace } from '../../../state/loupe-store.ts';

/** Side of the lens, CSS pixels. */
export const LENS = 260;
/** How far above a fingertip the lens floats. */
const ABOVE_FINGER = 30;

const clamp = (v: number, low: number, high: number) => Math.min(Math.max(v, low), high);

/**
 * Top left corner of the lens in its view: about the point it enlarges, above a finger, and never
 * over the edge of the view, so that the chest wall is seen whole.
 */
export const lensCorner = (
  { at, by }: Pick<LoupePlace, 'at' | 'by'>,
  view: { readonly width: number; readonly height: number },
): CanvasPoint => {
  const lift = by === 'finger' ? LENS / 2 + ABOVE_FINGER : 0;
  return {
    x: clamp(at.x - LENS / 2, 0, Math.max(view.width - LENS, 0)),
    y: clamp(at.y - LENS / 2 - lift, 0, Math.max(view.height - LENS, 0)),
  };
};

/**
 * Where the pixels of the lens's canvas (`side` x `side`) lie on the stored image: the point `at` of
 * the view is in the middle, everything about it `factor` times as large as the view shows it.
 */
export const lensPlacement = (
  view: Pick<ViewportHandle, 'canvasToImage'>,
  at: CanvasPoint,
  factor: number,
  side: number,
): Placement => {
  const step = LENS / side / factor;
  const first = -((side - 1) / 2) * step;
  const start = { x: at.x + first, y: at.y + first };
  const origin = view.canvasToImage(start);
  const right = view.canvasToImage({ x: start.x + step, y: start.y });
  const below = view.canvasToImage({ x: start.x, y: start.y + step });
  return {
    origin,
    across: { x: right.x - origin.x, y: right.y - origin.y },
    down: { x: below.x - origin.x, y: below.y - origin.y },
  };
};
