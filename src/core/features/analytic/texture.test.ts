import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../segmentation/smooth.ts';
import expected from './fixtures/expected.json' with { type: 'json' };
import { allCells } from './cells.ts';
import { coOccurrence, offsetsAt } from './glcm.ts';
import { HARALICK_NAMES, haralick } from './haralick.ts';
import { uniformPatterns } from './local-binary-pattern.ts';
import { quantise } from './quantise.ts';
import { sobelGradient } from './sobel.ts';

// Expected values come from scikit-image and numpy: fixtures/make-fixtures.py.
const { width, height, levels, matrices } = expected;
const grey = Uint8Array.from(expected.grey);
const everywhere = allCells({ data: grey });
const raster = { width, height, data: Float32Array.from(grey) };

const close = (got: ArrayLike<number>, want: readonly number[], digits: number) => {
  expect(got.length).toBe(want.length);
  want.forEach((v, i) => expect(got[i]).toBeCloseTo(v, digits));
};

describe('co-occurrence', () => {
  it.each(matrices)('equals scikit-image at distance $distance', ({ distance, matrix }) => {
    close(coOccurrence(grey, everywhere, width, offsetsAt(distance), levels), matrix, 14);
  });

  it('leaves out pairs that reach out of the mask', () => {
    const left = everywhere.filter((i) => i % width < 5);
    const half = Uint8Array.from({ length: 5 * height }, (_, i) => {
      return grey[Math.floor(i / 5) * width + (i % 5)] as number;
    });
    const all = allCells({ data: half });
    close(
      coOccurrence(grey, left, width, offsetsAt(2), levels),
      [...coOccurrence(half, all, 5, offsetsAt(2), levels)],
      14,
    );
  });
});

describe('Haralick features', () => {
  it.each(matrices)('equal their definitions at distance $distance', (fixture) => {
    const h = haralick(Float64Array.from(fixture.matrix), levels);
    close(h, fixture.haralick, 10);
    const { ASM, contrast, correlation, homogeneity } = fixture.properties;
    const of = (name: (typeof HARALICK_NAMES)[number]) => h[HARALICK_NAMES.indexOf(name)];
    expect(of('energy')).toBeCloseTo(ASM, 12);
    expect(of('contrast')).toBeCloseTo(contrast, 12);
    expect(of('correlation')).toBeCloseTo(correlation, 12);
    expect(of('homogeneity')).toBeCloseTo(homogeneity, 12);
  });

  it('are finite for a flat region and for none', () => {
    const flat = coOccurrence(new Uint8Array(25), everywhere.slice(0, 25), 5, offsetsAt(1), 4);
    expect(haralick(flat, 4).every(Number.isFinite)).toBe(true);
    expect([...haralick(new Float64Array(16), 4)]).toEqual(new Array(13).fill(0));
  });
});

describe('gradients', () => {
  it("Sobel's equals scikit-image's, edges included", () => {
    const { gx, gy } = sobelGradient(raster);
    close(
      gx.map((v) => 2 * v),
      expected.sobelV,
      5,
    );
    close(
      gy.map((v) => 2 * v),
      expected.sobelH,
      5,
    );
  });

  it('central differences equal numpy.gradient', () => {
    const { gx, gy } = gradientOf(raster);
    close(gx, expected.gradientX, 5);
    close(gy, expected.gradientY, 5);
  });
});

describe('quantise', () => {
  it('forgets gain and offset of the film', () => {
    const data = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i * 12.9898) ** 2);
    const cells = allCells({ data }).filter((i) => i % 3 === 0);
    const other = data.map((v) => 0.25 * v + 0.5);
    expect(quantise(other, cells, 16)).toEqual(quantise(data, cells, 16));
    expect(new Set(quantise(data, cells, 16)).size).toBe(16);
  });
});

describe('local binary patterns', () => {
  it.each([1, 2] as const)("equal scikit-image's at radius %d", (radius) => {
    const data = Float32Array.from(expected.field);
    const codes = uniformPatterns({ width, height, data }, radius, allCells({ data }));
    const want = expected.patterns[radius];
    for (let y = radius; y < height - radius; y++)
      for (let x = radius; x < width - radius; x++)
        expect(codes[y * width + x]).toBe(want[y * width + x]);
  });
});
