import { createFoam } from './foam.ts';
import type { Place } from './geometry.ts';
import { createNoiseField, powerLaw } from './noise-field.ts';
import type { Random } from './random.ts';

/**
 * Linear attenuation in 1/mm at about 20 keV, near the effective energy of a tungsten/rhodium
 * beam behind a breast (rounded from Johns & Yaffe, Phys Med Biol 32:675, 1987).
 */
export const MU = { fat: 0.0456, gland: 0.0802, skin: 0.082, muscle: 0.081, mass: 0.0845 } as const;

export interface GlandShape {
  /** Centre and half-axes of the glandular cone in mm. */
  readonly centre: Place;
  readonly axes: Place;
  /** Shifts how much of the cone is gland: about -0.4 fatty, 0.4 extremely dense. */
  readonly density: number;
}

export interface Tissue {
  /** Attenuation above fat in 1/mm at a place `depth` mm under the skin outline. */
  excess(d: number, u: number, v: number, depth: number): number;
}

export const smoothStep = (low: number, high: number, x: number): number => {
  const t = Math.min(Math.max((x - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
};

/** 1 in the middle of a sheet, falling to 0 within about twice `width` mm. */
const sheet = (distance: number, width: number): number => {
  const t = distance / width;
  return t > 3 || t < -3 ? 0 : Math.exp(-t * t);
};

/**
 * Half the thickness in mm of what lies between two lobules, from the local share of gland (0 to
 * 1): strings where lobules meet in fat, webs at the edge of the gland, nearly solid in its middle.
 */
const webThickness = (share: number): number => -0.75 + 1.5 * share + 3.4 * share ** 3;

/**
 * Fat lobules of two sizes in a web of gland and connective tissue. One rule makes both: the web is
 * thick in a cone behind the nipple whose edge follows a 1/f^3 field, and thins out to ligaments
 * and threads. `noiseSize`: voxels a side of the periodic noise fields, about 1 mm each.
 */
export const createTissue = (random: Random, gland: GlandShape, noiseSize: number): Tissue => {
  const cloud = createNoiseField(random, noiseSize, powerLaw(3));
  const slow = createNoiseField(random, noiseSize, powerLaw(4.6));
  const grain = createNoiseField(random, noiseSize, powerLaw(1.8));
  const lobules = createFoam(random, { cell: 12, count: 16, fillet: 1.5 });
  const septa = createFoam(random, { cell: 5.4, count: 32, fillet: 0.6 });
  const shift = () => random.between(0, noiseSize);
  const [pa, pb, pc, pd, pe, pf] = [shift(), shift(), shift(), shift(), shift(), shift()];
  const { centre, axes, density } = gland;
  const contrast = MU.gland - MU.fat;

  return {
    excess: (d, u, v, depth) => {
      // The fields are read in a turned frame, so that their lattice lies along no image axis.
      const a = 0.8 * d + 0.48 * u + 0.36 * v;
      const b = -0.6 * d + 0.64 * u + 0.48 * v;
      const c = -0.6 * u + 0.8 * v;
      // A slow bend of every coordinate: no structure runs straight.
      const bendD = slow.at(a * 0.6 + pa, b * 0.6 + pb, c * 0.6 + pc);
      const bendU = slow.at(c * 0.6 + pc, a * 0.6 + pe, b * 0.6 + pf);
      const fine = cloud.at(b * 1.9 + pd, c * 1.9 + pe, a * 1.9 + pf);
      const patch = cloud.at(a * 0.5 + pe, b * 0.5 + pa, c * 0.5 + pd);
      const gaps = grain.at(c * 0.45 + pb, a * 0.45 + pd, b * 0.45 + pa);
      const speck = grain.at(a * 1.8 + pf, b * 1.8 + pd, c * 1.8 + pb);

      const q = (d - centre.d) / axes.d;
      const s = (u - centre.u) / axes.u;
      const t = (v - centre.v) / axes.v;
      const inside = 1 - Math.sqrt(q * q + s * s + t * t);
      const under = 0.7 * (1 - smoothStep(2, 12, depth));
      const share = smoothStep(-0.8, 0.75, inside + density + 0.42 * patch + 0.08 * gaps - under);

      // Lobules are drawn out towards the nipple: the way along d counts for less.
      const wall = lobules.at(
        a - 0.176 * d + 4 * bendD + 0.35 * fine,
        b + 0.132 * d + 5 * bendU + 0.35 * fine,
        c + 4 * (bendD - bendU) + pc,
      );
      const septum = septa.at(
        a - 0.3 * d + 3 * bendU + 0.3 * fine + 0.35 * gaps,
        b + 0.23 * d + 5 * bendD,
        c + pd + 0.3 * fine + 0.35 * gaps,
      );

      const half = webThickness(share);
      const soft = 0.25 + 0.4 * share;
      const web = 1 - smoothStep(half - soft, half + soft, wall);
      const filling =
        0.56 + 0.12 * fine + 0.1 * patch + 0.24 * speck + 0.3 * share * sheet(septum, 0.4);
      // Walls are not closed: they come and go, and most of them are thin.
      const drawn = 0.75 * gaps + 0.4 * patch + 0.3 * bendU + 1.3 * share;
      const ligament = sheet(wall, 0.26) * smoothStep(-0.6, 1.9, drawn);
      const thread =
        sheet(septum, 0.2) * smoothStep(-0.9, 2.2, 0.6 * bendD - 0.9 * gaps + 0.5 * share);
      let fraction =
        Math.max(web * filling, 0.85 * ligament) +
        0.75 * thread +
        0.05 * smoothStep(-1.2, 2.2, patch + 0.5 * fine) +
        0.05 * speck;

      const teat = Math.hypot(d - 3, u, v);
      if (teat < 9) fraction += 0.5 * (1 - smoothStep(4, 9, teat));
      return contrast * Math.min(fraction, 1.05) * smoothStep(0, 3, depth);
    },
  };
};
