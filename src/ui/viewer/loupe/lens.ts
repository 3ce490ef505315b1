import type { Placement } from '../../../core/display/grey/magnify.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';
import type { LoupeFactor, LoupePlace } from '../../../state/loupe-store.ts';

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

/** The middle of the pixel that a coordinate falls on; a step of one pixel then never falls between two. */
const pixelMiddle = (v: number): number => Math.floor(v) + 0.5;

/** Where whole pixels are stepped over, exactly one at a step, and from the middle of one. */
const onPixels = ({ origin, across, down }: Placement): Placement => {
  const whole = (v: number) => (Math.abs(Math.abs(v) - 1) < 1e-3 ? Math.sign(v) : v);
  const axis = (step: Placement['across']) => ({ x: whole(step.x), y: whole(step.y) });
  return {
    origin: { x: pixelMiddle(origin.x), y: pixelMiddle(origin.y) },
    across: axis(across),
    down: axis(down),
  };
};

/**
 * Where the pixels of the lens's canvas (`side` x `side`) lie on the stored image: the point `at` of
 * the view is in the middle, everything about it `factor` times as large as the view shows it; or at
 * 1:1, where one image column is one pixel of the canvas. `zoom`: CSS pixels of the view per column.
 */
export const lensPlacement = (
  view: Pick<ViewportHandle, 'canvasToImage'>,
  at: CanvasPoint,
  factor: LoupeFactor,
  side: number,
  zoom: number,
): Placement => {
  const step = factor === '1:1' ? zoom : LENS / side / factor;
  const first = -((side - 1) / 2) * step;
  const start = { x: at.x + first, y: at.y + first };
  const origin = view.canvasToImage(start);
  const right = view.canvasToImage({ x: start.x + step, y: start.y });
  const below = view.canvasToImage({ x: start.x, y: start.y + step });
  const placement = {
    origin,
    across: { x: right.x - origin.x, y: right.y - origin.y },
    down: { x: below.x - origin.x, y: below.y - origin.y },
  };
  return factor === '1:1' ? onPixels(placement) : placement;
};
