import { clipBox, type Box } from '../geometry/box.ts';

/** How a reader's box might have fallen otherwise: shift as share of its sides, scale about its centre. */
export interface Perturbation {
  readonly shiftX: number;
  readonly shiftY: number;
  readonly scale: number;
}

const shift = (shiftX: number, shiftY: number): Perturbation => ({ shiftX, shiftY, scale: 1 });
const scaled = (scale: number): Perturbation => ({ shiftX: 0, shiftY: 0, scale });

/** A tenth of the box to each side, and a tenth smaller and larger: what two readers differ by. */
export const PERTURBATIONS: readonly Perturbation[] = [
  shift(0.1, 0),
  shift(-0.1, 0),
  shift(0, 0.1),
  shift(0, -0.1),
  scaled(0.9),
  scaled(1.1),
];

/** The box after a perturbation, cut at the edges of the image (stored pixels). */
export const perturb = (
  box: Box,
  { shiftX, shiftY, scale }: Perturbation,
  columns: number,
  rows: number,
): Box => {
  const [width, height] = [box.width * scale, box.height * scale];
  const x = box.x + (box.width - width) / 2 + shiftX * box.width;
  const y = box.y + (box.height - height) / 2 + shiftY * box.height;
  return clipBox({ x, y, width, height }, columns, rows);
};
