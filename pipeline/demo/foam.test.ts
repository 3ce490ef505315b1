import { describe, expect, it } from 'vitest';
import { createFoam } from './foam.ts';
import { createNoiseField, powerLaw } from './noise-field.ts';
import { createRandom } from './random.ts';

const OPTIONS = { cell: 10, count: 4, fillet: 1 };

describe('createFoam', () => {
  const foam = createFoam(createRandom(1), OPTIONS);
  const line = Array.from({ length: 400 }, (_, i) => foam.at(i * 0.1, 7, 13));

  it('is thin walls around lobules: near 0 seldom, millimetres inside', () => {
    const near = line.filter((g) => g < 0.3).length / line.length;
    expect(near).toBeGreaterThan(0.01);
    expect(near).toBeLessThan(0.3);
    expect(Math.max(...line)).toBeGreaterThan(2);
  });

  it('is continuous and repeats after its period', () => {
    for (let i = 1; i < line.length; i++)
      expect(Math.abs((line[i] as number) - (line[i - 1] as number))).toBeLessThan(0.15);
    expect(foam.at(3.3 + 40, 7, 13)).toBeCloseTo(foam.at(3.3, 7, 13), 9);
  });
});

describe('createNoiseField', () => {
  it('falls as 1/f^3 along a line of the volume’s spectrum', () => {
    // The structure function of a steep field grows smoothly; a white one does not grow at all.
    const field = createNoiseField(createRandom(2), 32, powerLaw(3));
    const difference = (lag: number): number => {
      let sum = 0;
      for (let z = 0; z < 32; z++)
        for (let y = 0; y < 32; y++)
          for (let x = 0; x < 32; x++) sum += (field.at(x + lag, y, z) - field.at(x, y, z)) ** 2;
      return sum / 32 ** 3;
    };
    expect(difference(8) / difference(1)).toBeGreaterThan(1.5);
    expect(difference(1)).toBeLessThan(1.5);
  });
});
