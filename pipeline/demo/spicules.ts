import type { Place } from './geometry.ts';
import type { Random } from './random.ts';
import { walk } from './strands.ts';
import type { Strand } from './strands.ts';
import { MU } from './tissue.ts';

/** A unit vector, evenly spread over the sphere. */
export const direction = (random: Random): Place => {
  const z = random.between(-1, 1);
  const angle = random.between(0, 2 * Math.PI);
  const r = Math.sqrt(1 - z * z);
  return { d: r * Math.cos(angle), u: r * Math.sin(angle), v: z };
};

/**
 * Spicules of a mass: tufts of fine threads that leave its body about radially, bend, and fade into
 * the tissue around. Tufts of unequal strength keep it from looking like a drawn star.
 */
export const spicules = (random: Random, centre: Place, radius: number): Strand[] =>
  Array.from({ length: 17 }, () => {
    const axis = direction(random);
    const strength = random.between(0.35, 1);
    return Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => {
      const heading = {
        d: axis.d + 0.16 * random.normal(),
        u: axis.u + 0.16 * random.normal(),
        v: axis.v + 0.16 * random.normal(),
      };
      const root = radius * random.between(0.55, 0.95);
      const thick = strength * random.between(0.25, 0.7);
      return walk(random, {
        start: {
          d: centre.d + heading.d * root,
          u: centre.u + heading.u * root,
          v: centre.v + heading.v * root,
        },
        heading,
        length: radius * random.between(1.1, 1.5 + 1.9 * strength),
        radius: [thick, 0.05],
        wander: 0.035,
        excess: (MU.mass - MU.fat) * 1.5,
      });
    });
  }).flat();
