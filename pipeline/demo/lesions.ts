import type { Place } from './geometry.ts';
import type { NoiseField } from './noise-field.ts';
import { createNoiseField, powerLaw } from './noise-field.ts';
import type { Random } from './random.ts';
import { direction, spicules } from './spicules.ts';
import type { Strand } from './strands.ts';
import { MU } from './tissue.ts';

/** Words of the BI-RADS lexicon (ACR, 5th edition, 2013) for shape and margin. */
export type LesionKind =
  | 'spiculated irregular mass'
  | 'circumscribed oval mass'
  | 'microlobulated mass'
  | 'indistinct irregular mass';

export interface LesionSpec {
  readonly kind: LesionKind;
  readonly centre: Place;
  /** Mean radius in mm. */
  readonly radius: number;
}

export interface Lesion {
  readonly kind: LesionKind;
  readonly centre: Place;
  /** Farthest reach of the body, in mm. */
  readonly bodyRadius: number;
  /** How far a reader's mark goes beyond the body, as a factor: spicules belong to it. */
  readonly markScale: number;
  /** Attenuation above fat in 1/mm where the body fills the voxel. */
  readonly excess: number;
  /** Fraction of the voxel that is lesion, 0 to 1. */
  body(d: number, u: number, v: number): number;
  readonly strands: readonly Strand[];
}

/** Radius in mm in a direction (a unit vector). */
type Radius = (x: number, y: number, z: number) => number;

/** A mass is stiffer than what is around it: compression does not thin it, so it counts for more. */
const STIFF = (MU.mass - MU.fat) * 1.35;

interface Lobes {
  readonly count: number;
  readonly gain: readonly [low: number, high: number];
  /** Exponent: 5 is a broad bulge, 60 a small bump. */
  readonly sharp: readonly [low: number, high: number];
}

/** A radius that swells and shrinks by random lobes. */
const lobed = (random: Random, base: Radius, { count, gain, sharp }: Lobes): Radius => {
  const lobes = Array.from({ length: count }, () => ({
    axis: direction(random),
    gain: random.between(gain[0], gain[1]),
    sharp: random.between(sharp[0], sharp[1]),
  }));
  return (x, y, z) => {
    let scale = 1;
    for (const lobe of lobes) {
      const { axis } = lobe;
      scale += lobe.gain * Math.exp(lobe.sharp * (x * axis.d + y * axis.u + z * axis.v - 1));
    }
    return base(x, y, z) * scale;
  };
};

const ball =
  (radius: number): Radius =>
  () =>
    radius;

const ellipsoid =
  (a: number, b: number, c: number): Radius =>
  (x, y, z) =>
    1 / Math.hypot(x / a, y / b, z / c);

const smooth = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));

interface Make {
  readonly random: Random;
  readonly spec: LesionSpec;
  readonly edge: Radius;
  /** Width of the margin in mm, from all lesion to none. */
  readonly blur: number;
  readonly excess: number;
  /** How much a 1/f^3 field moves the margin, in mm, and thins the inside, as a share. */
  readonly rough: number;
  readonly mottle: number;
  readonly markScale: number;
  readonly strands?: readonly Strand[];
}

const make = (options: Make): Lesion => {
  const { random, spec, edge, blur, excess, rough, mottle, markScale } = options;
  const { centre, radius } = spec;
  const noise: NoiseField = createNoiseField(random, 32, powerLaw(3));
  return {
    kind: spec.kind,
    centre,
    excess,
    markScale,
    bodyRadius: radius * 2.2 + blur / 2,
    strands: options.strands ?? [],
    body: (d, u, v) => {
      const x = d - centre.d;
      const y = u - centre.u;
      const z = v - centre.v;
      const r = Math.hypot(x, y, z) + 1e-6;
      if (r > radius * 2.2 + blur / 2) return 0;
      const field = noise.at(x * 0.9, y * 0.9, z * 0.9);
      const inside = edge(x / r, y / r, z / r) + rough * field - r;
      return smooth(inside / blur + 0.5) * (1 - mottle + mottle * 0.5 * Math.tanh(field + 0.6));
    },
  };
};

const makers: Readonly<Record<LesionKind, (random: Random, spec: LesionSpec) => Lesion>> = {
  'spiculated irregular mass': (random, spec) => {
    const broad = lobed(random, ball(spec.radius * 0.8), {
      count: 9,
      gain: [-0.3, 0.3],
      sharp: [3, 9],
    });
    // Cones that run into the spicules.
    const edge = lobed(random, broad, { count: 34, gain: [0.15, 0.95], sharp: [40, 180] });
    const strands = spicules(random, spec.centre, spec.radius);
    const excess = STIFF * 1.3;
    return make({
      random,
      spec,
      edge,
      blur: 2.2,
      excess,
      rough: 0.7,
      mottle: 0.25,
      markScale: 1.35,
      strands,
    });
  },
  'circumscribed oval mass': (random, spec) => {
    const { radius } = spec;
    const edge = lobed(random, ellipsoid(radius * 1.2, radius * 0.95, radius * 0.85), {
      count: 5,
      gain: [-0.07, 0.09],
      sharp: [2, 5],
    });
    return make({
      random,
      spec,
      edge,
      blur: 0.9,
      excess: STIFF * 0.85,
      rough: 0.08,
      mottle: 0.12,
      markScale: 1.08,
    });
  },
  'microlobulated mass': (random, spec) => {
    const edge = lobed(random, ellipsoid(spec.radius, spec.radius * 0.9, spec.radius * 0.8), {
      count: 40,
      gain: [0.05, 0.28],
      sharp: [22, 60],
    });
    return make({
      random,
      spec,
      edge,
      blur: 0.9,
      excess: STIFF * 1.3,
      rough: 0.12,
      mottle: 0.15,
      markScale: 1.08,
    });
  },
  'indistinct irregular mass': (random, spec) => {
    const edge = lobed(random, ball(spec.radius * 0.85), {
      count: 12,
      gain: [-0.3, 0.45],
      sharp: [3, 14],
    });
    return make({
      random,
      spec,
      edge,
      blur: 6,
      excess: STIFF * 1.1,
      rough: 1.3,
      mottle: 0.3,
      markScale: 1.1,
    });
  },
};

export const createLesion = (random: Random, spec: LesionSpec): Lesion =>
  makers[spec.kind](random, spec);
