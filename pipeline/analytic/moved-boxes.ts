import { readFileSync } from 'node:fs';
import type { LabelledRoi } from '../train/train-data.ts';

/** A box drawn otherwise: scaled, and shifted in longer sides of the box (square pixels). */
export type Move = readonly [scale: number, across: number, down: number];

/**
 * Two of the moves that the networks were scored with (moves() of pipeline/backbone/train.py): up to
 * 10 % in scale and shift. Written out, so that the measured arm needs no network's file.
 */
export const LIST_MOVES: readonly Move[] = JSON.parse(
  readFileSync(new URL('./moves.json', import.meta.url), 'utf8'),
) as Move[];

/** The same lesion in the moved box, stored pixels. */
export const movedRoi = (roi: LabelledRoi, [scale, across, down]: Move): LabelledRoi => {
  const { x, y, width, height } = roi.box;
  const aspect = roi.pixelAspect ?? 1;
  const side = Math.max(width, height * aspect);
  const [cx, cy] = [x + width / 2 + across * side, y + height / 2 + (down * side) / aspect];
  const [w, h] = [width * scale, height * scale];
  return { ...roi, box: { x: cx - w / 2, y: cy - h / 2, width: w, height: h } };
};
