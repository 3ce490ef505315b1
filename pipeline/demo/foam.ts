import type { Random } from './random.ts';

/** A periodic foam: lobules of fat, and the connective tissue that fills the room between them. */
export interface Foam {
  /**
   * Soft distance in mm from a place to the nearest wall: about 0 on a wall, negative where three
   * or more lobules meet, so that what fills a wall of some thickness is thicker in the corners.
   */
  at(x: number, y: number, z: number): number;
}

export interface FoamOptions {
  /** Mean distance of lobules in mm. */
  readonly cell: number;
  /** Lobules a side of the period, a power of two. */
  readonly count: number;
  /** Radius in mm of the fillets where walls meet. */
  readonly fillet: number;
}

/** What is farther than this many fillets from a wall counts as the middle of a lobule. */
const MIDDLE = 5;

/**
 * Additively weighted Voronoi cells of jittered seeds (Worley, SIGGRAPH 1996): lobules of unequal
 * size with curved walls, as in the phantoms of Graff (Proc SPIE 9783:978309, 2016). The soft
 * minimum over the neighbours rounds the corners as fat lobules are.
 */
export const createFoam = (random: Random, { cell, count, fillet }: FoamOptions): Foam => {
  const n = count;
  const mask = n - 1;
  const far = (1.45 * cell) ** 2;
  const seeds = new Float64Array(n ** 3 * 4);
  for (let i = 0; i < seeds.length; i += 4) {
    for (let k = 0; k < 3; k++) seeds[i + k] = random.next() * cell;
    seeds[i + 3] = random.between(0, 0.35) * cell;
  }
  const distance = new Float64Array(27);

  return {
    at: (x, y, z) => {
      const cx = Math.floor(x / cell);
      const cy = Math.floor(y / cell);
      const cz = Math.floor(z / cell);
      let first = Infinity;
      let own = 0;
      let found = 0;
      for (let k = cz - 1; k <= cz + 1; k++)
        for (let j = cy - 1; j <= cy + 1; j++) {
          const row = ((k & mask) * n + (j & mask)) * n;
          for (let i = cx - 1; i <= cx + 1; i++) {
            const at = (row + (i & mask)) * 4;
            const dx = i * cell + (seeds[at] as number) - x;
            const dy = j * cell + (seeds[at + 1] as number) - y;
            const dz = k * cell + (seeds[at + 2] as number) - z;
            const squared = dx * dx + dy * dy + dz * dz;
            if (squared > far) continue;
            const r = Math.sqrt(squared) - (seeds[at + 3] as number);
            if (r < first) {
              first = r;
              own = found;
            }
            distance[found++] = r;
          }
        }
      let sum = 0;
      for (let i = 0; i < found; i++) {
        const gap = ((distance[i] as number) - first) / fillet;
        if (i !== own && gap < 2 * MIDDLE) sum += Math.exp(-gap);
      }
      return sum > 0 ? Math.min(-0.5 * fillet * Math.log(sum), MIDDLE * fillet) : MIDDLE * fillet;
    },
  };
};
