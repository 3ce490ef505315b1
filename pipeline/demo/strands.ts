import type { Place, ViewGeometry } from './geometry.ts';
import type { Plane } from './raster.ts';
import type { Random } from './random.ts';
import { MU } from './tissue.ts';

/** A thin tube through the breast: ligament, duct, vessel or spicule. */
export interface Strand {
  readonly points: readonly (Place & { readonly radius: number })[];
  /** Attenuation above fat in 1/mm. */
  readonly excess: number;
}

export interface WalkOptions {
  readonly start: Place;
  readonly heading: Place;
  readonly length: number;
  readonly radius: readonly [start: number, end: number];
  /** How strongly the heading drifts; 0 is straight. */
  readonly wander: number;
  readonly excess: number;
}

/** A tube that follows a smooth random walk in steps of about 1 mm. */
export const walk = (random: Random, options: WalkOptions): Strand => {
  const { start, heading, length, radius, wander, excess } = options;
  const steps = Math.max(3, Math.round(length / 1.2));
  let { d, u, v } = start;
  let dir = { ...heading };
  let turn = { d: 0, u: 0, v: 0 };
  const points = [];
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    points.push({ d, u, v, radius: radius[0] + t * (radius[1] - radius[0]) });
    turn = {
      d: 0.85 * turn.d + wander * random.normal(),
      u: 0.85 * turn.u + wander * random.normal(),
      v: 0.85 * turn.v + wander * random.normal(),
    };
    dir = { d: dir.d + turn.d, u: dir.u + turn.u, v: dir.v + turn.v };
    const norm = Math.hypot(dir.d, dir.u, dir.v) || 1;
    dir = { d: dir.d / norm, u: dir.u / norm, v: dir.v / norm };
    d += (dir.d * length) / steps;
    u += (dir.u * length) / steps;
    v += (dir.v * length) / steps;
  }
  return { points, excess };
};

const fibre = MU.gland - MU.fat;

/** The same tube, thin at both ends. */
const tapered = (strand: Strand): Strand => {
  const last = strand.points.length - 1;
  const points = strand.points.map((p, i) => ({
    ...p,
    radius: p.radius * Math.sin(Math.PI * (0.06 + (0.88 * i) / last)),
  }));
  return { ...strand, points };
};

/**
 * Cooper ligaments and stray fibres: many, thin, mostly along the way to the nipple. They are
 * bands rather than tubes, so they count double along the ray.
 */
export const ligaments = (random: Random, count: number): Strand[] =>
  Array.from({ length: count }, () => {
    const thick = 0.1 + 0.38 * random.next() ** 4;
    const start = {
      d: random.between(2, 118),
      u: random.between(-85, 95),
      v: random.between(-36, 40),
    };
    const toNipple = Math.hypot(start.d, start.u, start.v);
    const pull = random.between(0.2, 1.3);
    const strand = walk(random, {
      start,
      heading: {
        d: (-start.d / toNipple) * pull + random.normal() * 0.5,
        u: (-start.u / toNipple) * pull + random.normal() * 0.7,
        v: (-start.v / toNipple) * pull + random.normal() * 0.5,
      },
      length: random.between(8, 38),
      radius: [thick, thick],
      wander: 0.045,
      excess: fibre * 1.8,
    });
    return tapered(strand);
  });

/** Ducts: a fan from the nipple backwards into the gland. */
export const ducts = (random: Random, count: number): Strand[] =>
  Array.from({ length: count }, () =>
    walk(random, {
      start: { d: 3, u: random.normal(), v: random.normal() },
      heading: { d: 1, u: random.normal() * 0.55 + 0.1, v: random.normal() * 0.5 + 0.1 },
      length: random.between(22, 55),
      radius: [random.between(0.3, 0.6), 0.2],
      wander: 0.035,
      excess: fibre,
    }),
  );

/**
 * Veins and arteries: from behind the image, outside or above, towards the front, each with a few
 * branches. Their walls run parallel and bend slowly.
 */
export const vessels = (random: Random, count: number): Strand[] =>
  Array.from({ length: count }, () => {
    const side = random.next() < 0.7 ? 1 : -1;
    const stem = walk(random, {
      start: {
        d: random.between(118, 135),
        u: side * random.between(18, 62),
        v: random.between(-14, 60),
      },
      heading: { d: -1, u: -side * random.between(0, 0.4), v: random.between(-0.5, 0.2) },
      length: random.between(75, 115),
      radius: [random.between(0.9, 1.5), 0.5],
      wander: 0.028,
      excess: fibre,
    });
    const branches = Array.from({ length: 2 }, () => {
      const root = stem.points[Math.floor(stem.points.length * random.between(0.3, 0.75))];
      return walk(random, {
        start: root as Place,
        heading: { d: -1, u: random.normal() * 0.7, v: random.normal() * 0.7 },
        length: random.between(25, 50),
        radius: [(root?.radius ?? 0.6) * 0.7, 0.2],
        wander: 0.035,
        excess: fibre * 0.8,
      });
    });
    return [stem, ...branches];
  }).flat();

/** Attenuation of a benign calcification above fat in 1/mm, as calcium oxalate or apatite has it. */
const CALCIUM = 0.9;

/** A few scattered benign calcifications, round and 0.2 to 0.5 mm across. */
export const calcifications = (random: Random, count: number): Strand[] =>
  Array.from({ length: count }, () => {
    const size = random.between(0.1, 0.24);
    return walk(random, {
      start: { d: random.between(20, 95), u: random.between(-45, 50), v: random.between(-25, 25) },
      heading: { d: 1, u: 0, v: 0 },
      length: size * 0.5,
      radius: [size, size],
      wander: 0.05,
      excess: CALCIUM,
    });
  });

/**
 * Adds the line integral of a tube's excess attenuation to `plane` (`pixel` mm a pixel). Tubes
 * thinner than a pixel keep their cross-section area. `depth` (mm under the skin, same shape)
 * fades them at the skin.
 */
export const drawStrand = (
  plane: Plane,
  depth: Plane,
  view: ViewGeometry,
  pixel: number,
  strand: Strand,
): void => {
  const { width, height } = plane;
  const touched = new Map<number, number>();
  const at = strand.points.map((p) => ({ ...view.toPlane(p), radius: p.radius }));
  for (let i = 0; i + 1 < at.length; i++) {
    const a = at[i] as (typeof at)[number];
    const b = at[i + 1] as (typeof at)[number];
    const reach = Math.max(a.radius, b.radius, 0.75 * pixel) + 0.5 * pixel;
    const x0 = Math.max(0, Math.floor((Math.min(a.x, b.x) - reach) / pixel));
    const x1 = Math.min(width - 1, Math.ceil((Math.max(a.x, b.x) + reach) / pixel));
    const y0 = Math.max(0, Math.floor((Math.min(a.y, b.y) - reach) / pixel));
    const y1 = Math.min(height - 1, Math.ceil((Math.max(a.y, b.y) + reach) / pixel));
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const squared = dx * dx + dy * dy + 1e-9;
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) {
        const px = (x + 0.5) * pixel - a.x;
        const py = (y + 0.5) * pixel - a.y;
        const t = Math.min(Math.max((px * dx + py * dy) / squared, 0), 1);
        const true_ = a.radius + t * (b.radius - a.radius);
        const radius = Math.max(true_, 0.75 * pixel);
        const off2 = (px - t * dx) ** 2 + (py - t * dy) ** 2;
        if (off2 >= radius * radius) continue;
        const chord = 2 * Math.sqrt(radius * radius - off2) * (true_ / radius) ** 2;
        const index = y * width + x;
        if (chord > (touched.get(index) ?? 0)) touched.set(index, chord);
      }
  }
  for (const [index, chord] of touched) {
    const fade = Math.min(Math.max(((depth.data[index] as number) - 1.5) / 3, 0), 1);
    plane.data[index] = (plane.data[index] as number) + chord * strand.excess * fade;
  }
};
