import type { Box } from '../../../core/geometry/box.ts';
import type { CanvasPoint } from '../../../ports/display.ts';

/** Kept free between a label and the edge of its view, CSS pixels. */
export const MARGIN = 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** About how wide a text is, CSS pixels; never less: nothing may be cut off that is meant to be read. */
export const textWidth = (text: string, fontSize: number): number =>
  [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 1 : 0.65), 0) * fontSize;

/** A text in lines that are no wider than a room: broken after blanks, and between Chinese characters. */
export const wrapped = (text: string, fontSize: number, room: number): readonly string[] => {
  const lines: string[] = [];
  for (const piece of text.match(/[^\s\u2e80-\uffff]+\s*|[\u2e80-\uffff]\s*/g) ?? []) {
    const longer = `${lines.at(-1) ?? ''}${piece}`;
    const isFitting = textWidth(longer.trimEnd(), fontSize) <= room;
    if (lines.length > 0 && isFitting) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
};

const within = (v: number, least: number, most: number) => Math.max(Math.min(v, most), least);

/** Where a text that would start at a point on its base line starts so that the view holds all of it. */
export const heldInView = (
  { x, y }: CanvasPoint,
  width: number,
  fontSize: number,
  view: Size,
): CanvasPoint => ({
  x: within(x, MARGIN, view.width - MARGIN - width),
  y: within(y, MARGIN + fontSize, view.height - MARGIN),
});

/** Whether any of a box is in the view. */
export const isInView = ({ x, y, width, height }: Box, view: Size): boolean =>
  x < view.width && y < view.height && x + width > 0 && y + height > 0;

/** Where a label stands: from a point on its base line on, or up to it. */
export interface LabelPlace extends CanvasPoint {
  readonly textAnchor: 'start' | 'end';
}

/**
 * The label of a box that is in the view: above the box, below it where there is no room, and wholly in the
 * view. It begins where the box does; where it would leave the view, it ends where the box does: whatever
 * part of it is shown stands at the box.
 */
export const boxLabelPlace = (
  box: Box,
  width: number,
  fontSize: number,
  view: Size,
): LabelPlace => {
  const above = box.y - 5;
  const below = box.y + box.height + fontSize + 2;
  const y = above - fontSize >= MARGIN ? above : below;
  const held = (x: number) => heldInView({ x, y }, width, fontSize, view);
  const from = held(box.x);
  if (from.x >= box.x) return { ...from, textAnchor: 'start' };
  const { x } = held(box.x + box.width - width);
  return { ...from, x: x + width, textAnchor: 'end' };
};
