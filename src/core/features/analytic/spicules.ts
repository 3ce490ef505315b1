import type { RidgeField } from './ridge.ts';
import { angleOf } from '../../units/portable-math.ts';

/** Sectors about the lesion that spicules are counted in. */
const SECTORS = 24;
/** cos(2 t) above this is radial: t under 22.5 degrees. A quarter of random lines are. */
const RADIAL = Math.SQRT1_2;
const CHANCE = 0.25;

/** How each cell of a raster is seen from a point: what all widths and rings of lines share. */
export interface RadialField {
  /** cos and sin of twice the angle of the radius to the x axis. */
  readonly cos2: Float64Array;
  readonly sin2: Float64Array;
  /** 0 to SECTORS - 1, clockwise on screen from the left. */
  readonly sector: Uint8Array;
}

/** Of a raster `width` cells wide and `height` high, from (cx, cy) in its cells. */
export const radialFieldOf = (
  width: number,
  height: number,
  cx: number,
  cy: number,
): RadialField => {
  const count = width * height;
  const [cos2, sin2] = [new Float64Array(count), new Float64Array(count)];
  const sector = new Uint8Array(count);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const dx = x + 0.5 - cx;
      const dy = y + 0.5 - cy;
      const square = dx * dx + dy * dy || 1;
      cos2[i] = (dx * dx - dy * dy) / square;
      sin2[i] = (2 * dx * dy) / square;
      const turn = angleOf(dy, dx) / (2 * Math.PI) + 0.5;
      sector[i] = Math.min(Math.floor(turn * SECTORS), SECTORS - 1);
    }
  return { cos2, sin2, sector };
};

/**
 * How bright lines around a lesion point at it, over some cells of a raster (their places in it):
 * - alignment: mean of cos 2t weighted by strength, t the angle between line and radius: 1 all
 *   radial, 0 random, -1 all tangential;
 * - excess: (N - K p) / sqrt(K p (1 - p)) over the square root of K, with N of the K lines within
 *   22.5 degrees of the radius and p = 1/4: the stellate feature f1 of Karssemeijer & te Brake (1996)
 *   made free of size; lines are the cells with more than the mean strength;
 * - sectors: share of 24 sectors where more lines are radial than chance has it (their f2);
 * - energy: mean strength.
 */
export const spiculesIn = (
  radius: RadialField,
  { strength, cos2, sin2 }: RidgeField,
  cells: Int32Array,
) => {
  const n = cells.length;
  let [total, aligned] = [0, 0];
  const cosines = new Float32Array(n);
  for (let k = 0; k < n; k++) {
    const i = cells[k] as number;
    const cosine =
      (radius.cos2[i] as number) * (cos2[i] as number) +
      (radius.sin2[i] as number) * (sin2[i] as number);
    cosines[k] = cosine;
    total += strength[i] as number;
    aligned += cosine * (strength[i] as number);
  }
  const energy = n > 0 ? total / n : 0;
  const lines = new Float64Array(SECTORS);
  const radial = new Float64Array(SECTORS);
  for (let k = 0; k < n; k++) {
    const i = cells[k] as number;
    if ((strength[i] as number) <= energy) continue;
    const sector = radius.sector[i] as number;
    lines[sector] = (lines[sector] as number) + 1;
    if ((cosines[k] as number) > RADIAL) radial[sector] = (radial[sector] as number) + 1;
  }
  const all = lines.reduce((s, v) => s + v, 0);
  const hits = radial.reduce((s, v) => s + v, 0);
  const busy = lines.filter((v, k) => v > 0 && (radial[k] as number) > 1.5 * CHANCE * v).length;
  return {
    alignment: total > 0 ? aligned / total : 0,
    excess: all > 0 ? (hits / all - CHANCE) / Math.sqrt(CHANCE * (1 - CHANCE)) : 0,
    sectors: busy / SECTORS,
    energy,
  };
};
