import { describe, expect, it } from 'vitest';
import { inCommonScale } from './common-scale.ts';
import type { MammogramImage, StoredPixels } from './mammogram-image.ts';
import { inPadding, modalityTransform } from './presentation-values.ts';
import { slab, type SlabMode } from './slab.ts';
import { storedValues } from './stored-values.ts';

const sliceOf = (pixels: StoredPixels, changes: Partial<MammogramImage>) => {
  const image: MammogramImage = {
    ...{ rows: 1, columns: pixels.length, pixels, pixelAspect: 1, voi: [] },
    bitsStored: 8 * pixels.BYTES_PER_ELEMENT,
    signed: pixels instanceof Int16Array,
    photometricInterpretation: 'MONOCHROME2',
    modality: { slope: 1, intercept: 0 },
    ...changes,
  };
  return { image, values: storedValues(image) };
};
type Slice = ReturnType<typeof sliceOf>;

const noise = (seed: number, length: number, most: number): number[] => {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state % (most + 1);
  });
};

/** The definition in modality values, one place after the other; NaN where all is padding. */
const reference = (slices: readonly Slice[], mode: SlabMode): number[] =>
  Array.from(slices[0]?.image.pixels ?? [], (_, i) => {
    const values = slices.flatMap(({ image }) => {
      const stored = image.pixels[i] as number;
      return inPadding(image, stored) ? [] : [modalityTransform(image)(stored)];
    });
    if (values.length === 0) return NaN;
    if (mode === 'maximum') return Math.max(...values);
    return values.reduce((sum, v) => sum + v, 0) / values.length;
  });

const kinds: readonly [string, readonly Slice[]][] = [
  [
    '12 bits with slopes and intercepts of their own',
    [
      sliceOf(Uint16Array.from(noise(1, 2000, 4095)), { modality: { slope: 2, intercept: -5 } }),
      sliceOf(Uint16Array.from(noise(2, 2000, 4095)), { modality: { slope: 0.5, intercept: 900 } }),
      sliceOf(Uint16Array.from(noise(3, 2000, 4095)), { modality: { slope: 1, intercept: 0 } }),
    ],
  ],
  [
    '16 bits, more than fits at the finest step',
    [
      sliceOf(Uint16Array.from(noise(1, 2000, 65535)), { modality: { slope: 10, intercept: 7 } }),
      sliceOf(Uint16Array.from(noise(2, 2000, 65535)), { modality: { slope: 0.1, intercept: 0 } }),
    ],
  ],
  [
    'signed, one falling, each with its padding',
    [
      sliceOf(
        Int16Array.from(noise(1, 2000, 4000), (v) => v - 2000),
        { modality: { slope: 1, intercept: 0 }, padding: { low: -2000, high: -1500 } },
      ),
      sliceOf(
        Int16Array.from(noise(2, 2000, 4000), (v) => v - 2000),
        { modality: { slope: -1, intercept: 100 }, padding: { low: 1500, high: 2000 } },
      ),
    ],
  ],
];

describe.each(kinds)('a slab of slices of %s', (_, slices) => {
  it.each(['mean', 'maximum'] as const)('is within a value of the definition: %s', (mode) => {
    const before = slices.map(({ image }) => image.pixels.slice());
    const common = inCommonScale(slices);
    const own = common[0] as Slice;
    const pixels = slab(
      common.map(({ image }) => image.pixels),
      mode,
      { padding: own.image.padding },
    );
    const map = modalityTransform(own.image);
    const { slope } = own.image.modality as { readonly slope: number };
    const [low, high] = [Math.min, Math.max].map((end) =>
      slices.reduce(
        (so, { values, image }) => {
          const ends = [values.tissue.low, values.tissue.high].map(modalityTransform(image));
          return end(so, ...ends);
        },
        modalityTransform(slices[0]?.image as MammogramImage)(slices[0]?.values.tissue.low ?? 0),
      ),
    ) as [number, number];
    // One value: of the finest slice, or of 65,534 steps over all where these cannot be told so finely.
    const slopes = slices.map(({ image: { modality } }) =>
      'slope' in modality ? modality.slope : 1,
    );
    const value = Math.max(Math.min(...slopes.map(Math.abs)), (high - low) / 65534);
    expect(slope).toBeCloseTo(value, 9);
    reference(slices, mode).forEach((wanted, i) => {
      const stored = pixels[i] as number;
      if (Number.isNaN(wanted)) expect(inPadding(own.image, stored)).toBe(true);
      else expect(Math.abs(map(stored) - wanted)).toBeLessThanOrEqual(value * (1 + 1e-9));
    });
    for (const { image, values } of common) {
      const again = storedValues(image);
      expect([again.tissue.low, again.tissue.high]).toEqual([
        values.tissue.low,
        values.tissue.high,
      ]);
    }
    expect(slices.map(({ image }) => image.pixels)).toEqual(before);
  });
});

it('leaves slices of one scale as they are', () => {
  const slices = [1, 2].map((seed) =>
    sliceOf(Uint16Array.from(noise(seed, 9, 4095)), { modality: { slope: 2, intercept: 1 } }),
  );
  expect(inCommonScale(slices)).toBe(slices);
  expect(inCommonScale([])).toEqual([]);
});
