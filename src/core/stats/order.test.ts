import { expect, it } from 'vitest';
import { ordered } from './order.ts';
import { seededRandom } from './random.ts';

it('gives what stands at places of the sorted values, and leaves them as they are', () => {
  const random = seededRandom(7);
  for (const length of [1, 2, 3, 50, 1000])
    for (const steps of [2, 10, 1e6]) {
      const values = Float32Array.from({ length }, () => Math.floor(random() * steps) / steps);
      const before = values.slice();
      const ranks = [0, 0.1, 0.1, 0.5, 0.95, 1].map((q) => Math.floor(q * (length - 1)));
      const sorted = values.slice().sort();
      expect(ordered(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
      expect(values).toEqual(before);
    }
  expect(ordered(new Float32Array(0), [0])).toEqual([undefined]);
});
