import { describe, expect, it } from 'vitest';
import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { greyTransform } from '../../core/display/grey/screen-grey.ts';
import { greyTable, hasOtherGrey, spanningVoi } from './grey-table.ts';

const window = (
  center: number,
  width: number,
  fn: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID' = 'LINEAR',
): Voi => ({ kind: 'window', center, width, fn });

const imageOf = (values: number[], change: Partial<MammogramImage> = {}): MammogramImage => ({
  rows: 1,
  columns: values.length,
  pixels: Uint16Array.from(values),
  bitsStored: 16,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [],
  pixelAspect: 1,
  ...change,
});

const lookUp = (table: ReturnType<typeof greyTable>, stored: number): number => {
  const at = Math.min(Math.max((stored - table.low) / table.step, 0), table.values.length - 1);
  const i = Math.min(Math.floor(at), table.values.length - 2);
  const [a, b] = [table.values[i] as number, table.values[i + 1] as number];
  return a + (b - a) * (at - i);
};

describe('spanningVoi', () => {
  it('spans the modality values that occur, also where the slope is negative', () => {
    const image = imageOf([], { modality: { slope: -2, intercept: 10 } });
    expect(spanningVoi(image, { low: 0, high: 100 })).toMatchObject({ center: -90, width: 200 });
  });
});

const plain = (voi: Voi) => ({ voi, inverted: false });

describe('greyTable', () => {
  const all = { low: 0, high: 65535 };

  it('has one entry for each stored value where they fit', () => {
    const table = greyTable(imageOf([]), { low: 100, high: 4195 }, plain(window(2000, 900)), 8192);
    expect(table).toMatchObject({ low: 100, step: 1 });
    expect(table.values).toHaveLength(4096);
  });

  it.each([
    ['narrow linear', window(30000, 500)],
    ['wide linear', window(32768, 60000)],
    ['exact', window(12345, 801, 'LINEAR_EXACT')],
    ['sigmoid', window(30000, 3000, 'SIGMOID')],
  ])('stays within a grey level of the equation over 16 bits: %s', (_, voi) => {
    const image = imageOf([]);
    const table = greyTable(image, all, plain(voi), 8192);
    const grey = greyTransform(image, plain(voi));
    expect(table.values.length).toBeLessThanOrEqual(8192);
    for (let v = 0; v <= 65535; v += 7)
      expect(Math.abs(lookUp(table, v) - grey(v))).toBeLessThan(1 / 255);
  });

  it('keeps the padding in the table of a wide image', () => {
    const image = imageOf([], { padding: { low: 0, high: 0 } });
    const table = greyTable(image, all, { voi: window(30000, 500), inverted: true }, 8192);
    expect(table.low).toBe(0);
    expect(lookUp(table, 0)).toBe(0);
    expect(lookUp(table, 100)).toBe(1);
  });

  it('is cut beside padding that is as black as what is cut off', () => {
    const image = imageOf([], { padding: { low: 0, high: 0 } });
    const voi = window(30000, 60);
    const table = greyTable(image, all, plain(voi), 8192);
    expect(table.step).toBe(1);
    const white = imageOf([], { padding: { low: 65535, high: 65535 } });
    expect(lookUp(greyTable(white, all, plain(voi), 8192), 65535)).toBeCloseTo(0, 9);
    const air = { voi, inverted: true, air: 0 };
    expect(lookUp(greyTable(imageOf([]), all, air, 8192), 0)).toBe(0);
  });

  it('gives a flat image two entries', () => {
    const table = greyTable(imageOf([]), { low: 9, high: 9 }, plain(window(9, 2)), 8192);
    expect(table.values).toHaveLength(2);
    expect(table.values.every(Number.isFinite)).toBe(true);
  });
});

describe('hasOtherGrey', () => {
  const table = { firstMapped: 0, values: Uint8Array.of(0, 1), bits: 8 };
  it.each<[string, Partial<MammogramImage>, boolean]>([
    ['the same rescale', { modality: { slope: 1, intercept: 0 } }, false],
    ['another rescale', { modality: { slope: 2, intercept: 0 } }, true],
    ['another padding', { padding: { low: 0, high: 0 } }, true],
    ['a table', { modality: table }, true],
  ])('of a slice with %s', (_, change, expected) => {
    const [one, other] = [imageOf([1]), imageOf([2], change)];
    const air = undefined;
    expect(hasOtherGrey({ image: one, air }, { image: other, air })).toBe(expected);
  });
});
