import { describe, expect, it } from 'vitest';
import type { StoredPixels } from './mammogram-image.ts';
import { slab, type SlabMode, type SlabOptions } from './slab.ts';

/** The definition, one place after the other. */
const reference = (slices: readonly StoredPixels[], mode: SlabMode, low = false): number[] =>
  Array.from(slices[0] ?? [], (_, i) => {
    const values = slices.map((slice) => slice[i] as number);
    if (mode === 'mean') return values.reduce((sum, v) => sum + v, 0) / values.length;
    return low ? Math.min(...values) : Math.max(...values);
  });

const noise = (seed: number, length: number, most: number): number[] => {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state % (most + 1);
  });
};

const kinds: readonly [string, (seed: number) => StoredPixels][] = [
  ['8 bits', (seed) => Uint8Array.from(noise(seed, 500, 255))],
  ['16 bits', (seed) => Uint16Array.from(noise(seed, 500, 65535))],
  ['signed 16 bits', (seed) => Int16Array.from(noise(seed, 500, 65535), (v) => v - 32768)],
];

describe.each(kinds)('a slab of %s', (_, made) => {
  it.each([1, 2, 3, 10, 31])('of %s slices is within a value of the definition', (count) => {
    const slices = Array.from({ length: count }, (_each, i) => made(i + 1));
    const before = slices.map((slice) => slice.slice());
    const mean = slab(slices, 'mean');
    const [exact, bright] = [reference(slices, 'mean'), slab(slices, 'maximum')];
    mean.forEach((v, i) => expect(Math.abs(v - (exact[i] as number))).toBeLessThanOrEqual(0.5));
    expect(Array.from(bright)).toEqual(reference(slices, 'maximum'));
    expect(Array.from(slab(slices, 'maximum', { lowIsBright: true }))).toEqual(
      reference(slices, 'maximum', true),
    );
    expect(mean.constructor).toBe(slices[0]?.constructor);
    expect(slices).toEqual(before);
  });
});

it.each<[SlabMode, SlabOptions, number[]]>([
  ['mean', {}, [0, 150, 200]],
  ['maximum', {}, [0, 200, 300]],
  ['maximum', { lowIsBright: true }, [0, 100, 100]],
])('leaves padding out of %s %j', (mode, options, expected) => {
  const slices = [
    Uint16Array.of(0, 0, 300),
    Uint16Array.of(0, 100, 0),
    Uint16Array.of(0, 200, 100),
  ];
  const padding = { low: 0, high: 0 };
  expect(Array.from(slab(slices, mode, { ...options, padding }))).toEqual(expected);
});

it('takes no slices of different sizes, and none at all', () => {
  expect(() => slab([], 'mean')).toThrow(RangeError);
  expect(() => slab([new Uint16Array(3), new Uint16Array(4)], 'mean')).toThrow(RangeError);
});
