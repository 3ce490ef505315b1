import { describe, expect, it } from 'vitest';
import type { Voi } from './mammogram-image.ts';
import { presentationTable, presentationTransform, voiTransform } from './presentation-values.ts';
import { testImage } from './testing.ts';

const window = (center: number, width: number, fn: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'): Voi => ({
  kind: 'window',
  center,
  width,
  fn,
});
const image = (overrides = {}) => testImage(1, 1, () => 0, overrides);

describe('VOI functions of PS3.3 C.11.2', () => {
  it('LINEAR: c = 2048, w = 4096 spans 0 to 4095 exactly (the example of C.11.2.1.2.1)', () => {
    const voi = voiTransform(window(2048, 4096, 'LINEAR'));
    expect(voi(0)).toBe(0);
    expect(voi(4095)).toBe(1);
    expect(voi(2047.5)).toBeCloseTo(0.5, 12);
    expect(voi(1000)).toBeCloseTo(1000 / 4095, 12);
  });

  it('LINEAR: w = 1 is a threshold at c - 0.5', () => {
    const voi = voiTransform(window(100, 1, 'LINEAR'));
    expect([voi(99), voi(99.5), voi(99.6), voi(100)]).toEqual([0, 0, 1, 1]);
  });

  it('LINEAR_EXACT: (x - c) / w + 0.5, clipped', () => {
    const voi = voiTransform(window(100, 50, 'LINEAR_EXACT'));
    expect([voi(75), voi(100), voi(110), voi(125), voi(500)]).toEqual([0, 0.5, 0.7, 1, 1]);
  });

  it('SIGMOID: 1 / (1 + exp(-4 (x - c) / w))', () => {
    const voi = voiTransform(window(2000, 400, 'SIGMOID'));
    expect(voi(2000)).toBe(0.5);
    expect(voi(2100)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  });

  it('VOI LUT: first value mapped, clamped at both ends', () => {
    const voi = voiTransform({
      kind: 'lut',
      lut: { firstMapped: 10, values: Uint16Array.of(0, 51, 255), bits: 8 },
    });
    expect([voi(0), voi(10), voi(11), voi(12), voi(99)]).toEqual([0, 0, 0.2, 1, 1]);
  });
});

describe('presentation values', () => {
  it('uses the full stored range where the file names no window', () => {
    const p = presentationTransform(image());
    expect([p(0), p(4095)]).toEqual([0, 1]);
  });

  it('applies rescale before the window and inverts MONOCHROME1 after it', () => {
    const p = presentationTransform(
      image({
        modality: { slope: 2, intercept: -100 },
        voi: [window(100, 200, 'LINEAR_EXACT')],
        photometricInterpretation: 'MONOCHROME1',
      }),
    );
    expect(p(75)).toBeCloseTo(1 - 0.25, 12);
  });

  it('lets PresentationLUTShape INVERSE undo MONOCHROME1', () => {
    const both = image({
      photometricInterpretation: 'MONOCHROME1',
      presentationLutShape: 'INVERSE',
    });
    expect(presentationTransform(both)(4095)).toBe(1);
  });

  it('keeps padding black, also in MONOCHROME1', () => {
    const p = presentationTransform(
      image({ photometricInterpretation: 'MONOCHROME1', padding: { low: 0, high: 5 } }),
    );
    expect([p(0), p(5)]).toEqual([0, 0]);
    expect(p(6)).toBeGreaterThan(0.99);
  });

  it('tabulates signed values from the lowest stored one', () => {
    const signed = image({ signed: true, bitsStored: 8 });
    const table = presentationTable(signed);
    expect(table.first).toBe(-128);
    expect(table.values).toHaveLength(256);
    expect(table.values[128 + 27]).toBeCloseTo((27 + 128) / 255, 6);
  });
});
