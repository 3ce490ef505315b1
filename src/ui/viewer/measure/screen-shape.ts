import type { MeasuredShape } from '../../../core/display/measure/measurement.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';
import { textWidth, wrapped } from '../marks/label-place.ts';

type Mapping = Pick<ViewportHandle, 'imageToCanvas'>;

export const screenPoints = (view: Mapping, shape: MeasuredShape): readonly CanvasPoint[] =>
  shape.points.map((point) => view.imageToCanvas(point));

export interface LabelPlace extends CanvasPoint {
  readonly anchor: 'start' | 'end';
  /** As they stand, none wider than the view. */
  readonly lines: readonly string[];
}

/** CSS pixels. */
const FONT_SIZE = 13;
const GAP = 10;
export const LINE_HEIGHT = 16;
/** What the scale takes up at the foot of a view. */
const FOOT = 64;

/**
 * Where the words stand: to the right of the shape, to its left where the view ends before, and under it,
 * or over it, where there is room on neither side; wholly in the view, and above its scale.
 */
export const labelPlace = (
  points: readonly CanvasPoint[],
  view: { readonly width: number; readonly height: number },
  words: readonly string[],
): LabelPlace => {
  const lines = words.flatMap((line) => wrapped(line, FONT_SIZE, view.width - GAP));
  const room = Math.max(...lines.map((line) => textWidth(line.trimEnd(), FONT_SIZE))) + GAP;
  const byX = [...points].sort((a, b) => a.x - b.x);
  const [first, last] = [byX[0] as CanvasPoint, byX.at(-1) as CanvasPoint];
  const isLeft = last.x + room > view.width && first.x >= room;
  const isBeside = isLeft || last.x + room <= view.width;
  const below = (lines.length - 1) * LINE_HEIGHT;
  const lowest = view.height - FOOT - below;
  const [top, bottom] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))];
  const under = bottom + LINE_HEIGHT + 4;
  const apart = under <= lowest ? under : top - GAP - below;
  const at = isLeft ? first : last;
  const y = Math.max(Math.min(isBeside ? at.y + 4 - below / 2 : apart, lowest), 14);
  if (isLeft) return { x: at.x - GAP, y, anchor: 'end', lines };
  return { x: Math.max(Math.min(at.x + GAP, view.width - room), 0), y, anchor: 'start', lines };
};
