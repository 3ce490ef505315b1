import type { Place } from './geometry.ts';
import { bandAround, createNoiseField, powerLaw } from './noise-field.ts';
import type { Random } from './random.ts';

/**
 * Linear attenuation in 1/mm at about 20 keV, near the effective energy of a tungsten/rhodium
 * beam behind a breast (rounded from Johns & Yaffe, Phys Med Biol 32:675, 1987).
 */
export const MU = { fat: 0.0456, gland: 0.0802, skin: 0.079, muscle: 0.081, mass: 0.0845 } as const;

export interface GlandShape {
  /** Centre and half-axes of the glandular cone in mm. */
  readonly centre: Place;
  readonly axes: Place;
  /** 0 fatty to 1 extremely dense. */
  readonly density: number;
}

export interface Tissue {
  /** Attenuation above fat in 1/mm at a place `depth` mm under the skin outline. */
  excess(d: number, u: number, v: number, depth: number): number;
}

const smoothStep = (low: number, high: number, x: number): number => {
  const t = Math.min(Math.max((x - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
};

/**
 * Fat with thin connective sheets between its lobules, and a glandular cone behind the nipple
 * whose fraction follows a 1/f^3 field. `noiseSize`: voxels a side of the periodic fields.
 */
export const createTissue = (random: Random, gland: GlandShape, noiseSize: number): Tissue => {
  const cloud = createNoiseField(random, noiseSize, powerLaw(3));
  const cells = createNoiseField(random, noiseSize, bandAround(9));
  const phase = Array.from({ length: 6 }, () => random.between(0, noiseSize));
  const [pa, pb, pc, pd, pe, pf] = phase as [number, number, number, number, number, number];
  const { centre, axes, density } = gland;
  const contrast = MU.gland - MU.fat;

  const sheet = (value: number, width: number): number => {
    const t = value / width;
    return t * t > 9 ? 0 : Math.exp(-t * t);
  };

  return {
    excess: (d, u, v, depth) => {
      // Slow warp of every coordinate: no structure runs straight.
      const warp = cloud.at(d * 0.55 + pa, u * 0.55 + pb, v * 0.55 + pc);
      const fine = cloud.at(u * 1.7 + pd, v * 1.7 + pe, d * 1.7 + pf);

      // Lobule walls: zero crossings of a band-limited field are closed sheets.
      const wall = cells.at(d * 0.8 + pb + 3 * warp, u * 1.15 + pc, v * 1.15 + pa + 2 * warp);
      const veil = cells.at(u * 1.9 + pe, d * 1.5 + pd, v * 1.9 + pf + 2 * warp);
      const patchy = smoothStep(-0.6, 1.4, warp + 0.4 * fine);
      let fraction = 0.5 * sheet(wall, 0.13) * patchy + 0.3 * sheet(veil, 0.15) * patchy;

      // Gland.
      const q = (d - centre.d) / axes.d;
      const s = (u - centre.u) / axes.u;
      const t = (v - centre.v) / axes.v;
      const inside = 1 - Math.sqrt(q * q + s * s + t * t);
      if (inside > -0.9 && depth > 5) {
        const amount = smoothStep(
          0.05,
          1.25,
          0.9 * inside + 0.42 * warp + 0.3 * fine + density - 0.28 * Math.max(wall * 1.3, 0),
        );
        fraction += 0.75 * amount * smoothStep(5, 12, depth);
      }
      return contrast * Math.min(fraction + 0.02 * fine, 1.05);
    },
  };
};
