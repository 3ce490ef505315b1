import type { MeasuredShape } from '../../../core/display/measure/measurement.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';

type Mapping = Pick<ViewportHandle, 'imageToCanvas'>;

export const screenPoints = (view: Mapping, shape: MeasuredShape): readonly CanvasPoint[] =>
  shape.points.map((point) => view.imageToCanvas(point));

export interface LabelPlace extends CanvasPoint {
  readonly anchor: 'start' | 'end';
}

/** Width of a letter of the label at most, CSS pixels, on average. */
const LETTER = 8;
const GAP = 10;

/**
 * Where the words stand: to the right of the shape, to its left where the view ends before, and over
 * it where there is room on neither side.
 */
export const labelPlace = (
  points: readonly CanvasPoint[],
  viewWidth: number,
  lines: readonly string[],
): LabelPlace => {
  const room = Math.max(...lines.map((line) => line.length)) * LETTER + GAP;
  const byX = [...points].sort((a, b) => a.x - b.x);
  const [first, last] = [byX[0] as CanvasPoint, byX.at(-1) as CanvasPoint];
  const isLeft = last.x + room > viewWidth && first.x >= room;
  const at = isLeft ? first : last;
  const y = Math.max(at.y + 4 - (lines.length - 1) * 8, 14);
  if (isLeft) return { x: at.x - GAP, y, anchor: 'end' };
  return { x: Math.max(Math.min(at.x + GAP, viewWidth - room), 0), y, anchor: 'start' };
};
