import type { LesionFrame } from './lesion-frame.ts';
import type { RidgeField } from './ridge.ts';

/** Sectors about the lesion that spicules are counted in. */
const SECTORS = 24;
/** cos(2 t) above this is radial: t under 22.5 degrees. A quarter of random lines are. */
const RADIAL = Math.SQRT1_2;
const CHANCE = 0.25;

/**
 * How bright lines around a lesion point at it, over the cells of a mask:
 * - alignment: mean of cos 2t weighted by strength, t the angle between line and radius: 1 all
 *   radial, 0 random, -1 all tangential;
 * - excess: (N - K p) / sqrt(K p (1 - p)) over the square root of K, with N of the K lines within
 *   22.5 degrees of the radius and p = 1/4: the stellate feature f1 of Karssemeijer & te Brake (1996)
 *   made free of size; lines are the cells with more than the mean strength;
 * - sectors: share of 24 sectors where more lines are radial than chance has it (their f2);
 * - energy: mean strength.
 */
export const spiculesIn = (
  { raster, cx, cy }: Pick<LesionFrame, 'raster' | 'cx' | 'cy'>,
  { strength, cos2, sin2 }: RidgeField,
  mask: Uint8Array,
) => {
  let [n, total, aligned] = [0, 0, 0];
  const cosines = new Float32Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const [dx, dy] = [(i % raster.width) + 0.5 - cx, Math.floor(i / raster.width) + 0.5 - cy];
    const square = dx * dx + dy * dy || 1;
    const [c, s] = [(dx * dx - dy * dy) / square, (2 * dx * dy) / square];
    const cosine = c * (cos2[i] as number) + s * (sin2[i] as number);
    cosines[i] = cosine;
    n++;
    total += strength[i] as number;
    aligned += cosine * (strength[i] as number);
  }
  const energy = n > 0 ? total / n : 0;
  const lines = new Float64Array(SECTORS);
  const radial = new Float64Array(SECTORS);
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i] || (strength[i] as number) <= energy) continue;
    const angle = Math.atan2(
      Math.floor(i / raster.width) + 0.5 - cy,
      (i % raster.width) + 0.5 - cx,
    );
    const k = Math.min(Math.floor((angle / (2 * Math.PI) + 0.5) * SECTORS), SECTORS - 1);
    lines[k] = (lines[k] as number) + 1;
    if ((cosines[i] as number) > RADIAL) radial[k] = (radial[k] as number) + 1;
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
