import type { Place } from './geometry.ts';
import type { Random } from './random.ts';
import type { Strand } from './strands.ts';
import { MU } from './tissue.ts';

export type LesionKind = 'spiculated irregular mass' | 'circumscribed oval mass';

export interface Lesion {
  readonly kind: LesionKind;
  readonly centre: Place;
  /** Half-size in mm of the mark around the projected centre (core and the roots of spicules). */
  readonly markRadius: number;
  /** Farthest reach of the body, in mm. */
  readonly bodyRadius: number;
  /** Fraction of the voxel that is lesion, 0 to 1. */
  body(d: number, u: number, v: number): number;
  readonly strands: readonly Strand[];
}

const direction = (random: Random): Place => {
  const z = random.between(-1, 1);
  const angle = random.between(0, 2 * Math.PI);
  const r = Math.sqrt(1 - z * z);
  return { d: r * Math.cos(angle), u: r * Math.sin(angle), v: z };
};

const ramp = (inside: number, blur: number): number =>
  Math.min(Math.max(inside / blur + 0.5, 0), 1);

/** A ball whose radius swells and shrinks by random lobes. */
const irregularRadius = (random: Random, radius: number) => {
  const lobes = Array.from({ length: 22 }, () => ({
    axis: direction(random),
    gain: random.between(-0.28, 0.34),
    sharp: random.between(4, 16),
  }));
  return (x: number, y: number, z: number): number => {
    let scale = 1;
    for (const { axis, gain, sharp } of lobes)
      scale += gain * Math.exp(sharp * (x * axis.d + y * axis.u + z * axis.v - 1));
    return radius * scale;
  };
};

const spicule = (random: Random, centre: Place, radius: number): Strand => {
  const axis = direction(random);
  const bend = direction(random);
  const length = radius * random.between(0.8, 2.4);
  const thick = random.between(0.3, 0.75);
  const steps = 14;
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const along = radius * 0.55 + t * length;
    const off = t * t * length * 0.16;
    return {
      d: centre.d + axis.d * along + bend.d * off,
      u: centre.u + axis.u * along + bend.u * off,
      v: centre.v + axis.v * along + bend.v * off,
      radius: thick * (1 - 0.85 * t),
    };
  });
  return { points, excess: (MU.mass - MU.fat) * 0.85 };
};

/** Irregular core with a soft margin and spicules that taper into the tissue around. */
export const spiculatedMass = (random: Random, centre: Place, radius: number): Lesion => {
  const edge = irregularRadius(random, radius);
  return {
    kind: 'spiculated irregular mass',
    centre,
    markRadius: radius * 1.45,
    bodyRadius: radius * 1.7,
    body: (d, u, v) => {
      const x = d - centre.d;
      const y = u - centre.u;
      const z = v - centre.v;
      const r = Math.hypot(x, y, z) + 1e-6;
      return ramp(edge(x / r, y / r, z / r) - r, 2.2);
    },
    strands: Array.from({ length: 90 }, () => spicule(random, centre, radius)),
  };
};

/** An ellipsoid with a sharp margin; `axes` are its half-axes in mm. */
export const ovalMass = (centre: Place, axes: Place): Lesion => {
  const longest = Math.max(axes.d, axes.u, axes.v);
  return {
    kind: 'circumscribed oval mass',
    centre,
    markRadius: longest * 1.2,
    bodyRadius: longest * 1.1,
    body: (d, u, v) => {
      const r = Math.hypot(
        (d - centre.d) / axes.d,
        (u - centre.u) / axes.u,
        (v - centre.v) / axes.v,
      );
      return ramp((1 - r) * longest, 0.5);
    },
    strands: [],
  };
};
