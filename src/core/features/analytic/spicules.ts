import type { RidgeField } from './ridge.ts';
import { angleOf } from '../../units/portable-math.ts';
import { surelyInSector } from './rough-turn.ts';

/** Sectors about the lesion that spicules are counted in. */
const SECTORS = 24;
/** cos(2 t) above this is radial: t under 22.5 degrees. A quarter of random lines are. */
const RADIAL = Math.SQRT1_2;
const CHANCE = 0.25;

/** How cells of a raster are seen from a point: what all widths and rings of lines share. */
export interface RadialField {
  /** cos and sin of twice the angle of the radius to the x axis. */
  readonly cos2: Float64Array;
  readonly sin2: Float64Array;
  /** 0 to SECTORS - 1, clockwise on screen from the left. */
  readonly sector: Uint8Array;
}

/** Of some cells (in rising order) of a raster `width` cells wide, in their order, from (cx, cy) in its cells. */
export const radialFieldAt = (
  cells: Int32Array,
  width: number,
  cx: number,
  cy: number,
): RadialField => {
  const count = cells.length;
  const [cos2, sin2] = [new Float64Array(count), new Float64Array(count)];
  const sector = new Uint8Array(count);
  for (let k = 0, y = 0; k < count; k++) {
    const i = cells[k] as number;
    while (i >= (y + 1) * width) y++;
    const dx = i - y * width + 0.5 - cx;
    const dy = y + 0.5 - cy;
    const square = dx * dx + dy * dy || 1;
    cos2[k] = (dx * dx - dy * dy) / square;
    sin2[k] = (2 * dx * dy) / square;
    let at = surelyInSector(dy, dx, SECTORS);
    if (at < 0) {
      const turn = angleOf(dy, dx) / (2 * Math.PI) + 0.5;
      at = Math.min(Math.floor(turn * SECTORS), SECTORS - 1);
    }
    sector[k] = at;
  }
  return { cos2, sin2, sector };
};

/** Lines as they lie to the radius, cell by cell. */
export interface RadialLines {
  readonly strength: Float32Array;
  /** cos 2t, t the angle between line and radius. */
  readonly cosine: Float64Array;
  readonly sector: Uint8Array;
}

/** Lines and radii at the same cells. */
export const radialLines = (
  radius: RadialField,
  { strength, cos2, sin2 }: RidgeField,
): RadialLines => {
  const cosine = new Float64Array(strength.length);
  for (let i = 0; i < cosine.length; i++)
    cosine[i] =
      (radius.cos2[i] as number) * (cos2[i] as number) +
      (radius.sin2[i] as number) * (sin2[i] as number);
  return { strength, cosine, sector: radius.sector };
};

/**
 * How bright lines around a lesion point at it, over some of the cells (their
 * places among them):
 * - alignment: mean of cos 2t weighted by strength, t the angle between line and radius: 1 all
 *   radial, 0 random, -1 all tangential;
 * - excess: (N - K p) / sqrt(K p (1 - p)) over the square root of K, with N of the K lines within
 *   22.5 degrees of the radius and p = 1/4: the stellate feature f1 of Karssemeijer & te Brake (1996)
 *   made free of size; lines are the cells with more than the mean strength;
 * - sectors: share of 24 sectors where more lines are radial than chance has it (their f2);
 * - energy: mean strength.
 */
export const spiculesIn = ({ strength, cosine, sector }: RadialLines, cells: Int32Array) => {
  const n = cells.length;
  let [total, aligned] = [0, 0];
  for (let k = 0; k < n; k++) {
    const i = cells[k] as number;
    const size = strength[i] as number;
    total += size;
    aligned += (cosine[i] as number) * size;
  }
  const energy = n > 0 ? total / n : 0;
  const lines = new Float64Array(SECTORS);
  const radial = new Float64Array(SECTORS);
  for (let k = 0; k < n; k++) {
    const i = cells[k] as number;
    if ((strength[i] as number) <= energy) continue;
    const at = sector[i] as number;
    lines[at] = (lines[at] as number) + 1;
    // As a 32-bit float, as the machines were trained.
    if (Math.fround(cosine[i] as number) > RADIAL) radial[at] = (radial[at] as number) + 1;
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
