import { describe, expect, it } from 'vitest';
import type { Voi } from '../../../core/image/mammogram-image.ts';
import { openOne } from '../pool/open-one.ts';
import { breastFile, breastPixels } from '../fixtures/breast.ts';
import { type Field, words } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const breast = breastPixels();
const tissue = breast.filter((v) => v > 50);
type Changes = Readonly<Record<string, Field | undefined>>;

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };
const opened = async (changes: Changes, pixels: readonly number[] = breast) => {
  const file = new File([new Uint8Array(breastFile(pixels, changes))], 'x.dcm');
  const answer = await openOne({ path: 'x', file, rule, allowance: 2 ** 30 }, readDicom);
  if (!answer.ok) throw new Error(answer.failure.reason.code);
  const { image, remarks, tissueVoi } = answer.opened;
  return { image, voi: image.voi, tissueVoi, said: remarks.map(({ code }) => code) };
};
const window = (center: number | string, width: number | string): Changes => ({
  '00281050': ['DS', String(center)],
  '00281051': ['DS', String(width)],
});
const rescale = (slope: number, intercept = 0): Changes => ({
  '00281052': ['DS', String(intercept)],
  '00281053': ['DS', String(slope)],
});
const ramp = (count: number, top: number) =>
  Array.from({ length: count }, (_, i) => Math.floor((i * top) / (count - 1)));
const table = (
  descriptor: readonly number[],
  data: Uint8Array,
  vr: 'US' | 'SS' = 'US',
): Changes => ({
  '00283010': ['SQ', [{ '00283002': [vr, descriptor], '00283006': ['OW', data] }]],
});
const lutOf = ([first]: readonly Voi[]) => (first?.kind === 'lut' ? first.lut : undefined);

describe('a window over fractions', () => {
  it.each([
    [0.000244, 0.0747, 1, 'LINEAR_EXACT'],
    [0.002, 0.518, 1.036, 'LINEAR_EXACT'],
    [0.004, 1.036, 2.072, 'LINEAR_EXACT'],
    [1, 306, 2, 'LINEAR'],
    [0.002, 0.518, 40, 'LINEAR'],
    [0.25, 75, 5, 'LINEAR'],
  ] as const)('of slope %d: %d/%d is %s', async (slope, center, width, fn) => {
    const changes = { ...rescale(slope), ...window(center, width) };
    const read = await readDicom(breastFile(breast, changes), 'x');
    if (!read.ok) throw new Error(read.error.reason.code);
    expect(read.value.image.voi).toMatchObject([{ center, width, fn }]);
    expect(read.value.remarks.map(({ code }) => code)).toEqual(
      fn === 'LINEAR_EXACT' ? ['remark.window-exact'] : [],
    );
  });
});

describe('a table', () => {
  it('that is a few entries short goes on with its last', async () => {
    const changes = table([1024, 0, 12], words(ramp(1024, 4095).slice(0, 1000)));
    const lut = lutOf((await opened(changes)).voi);
    expect(lut?.values).toHaveLength(1024);
    expect([lut?.values[999], lut?.values[1023]]).toEqual([3998, 3998]);
    expect((await opened(changes)).said).toEqual(['remark.lut-short']);
  });

  it.each([
    ['half of its entries', table([1024, 0, 12], words(ramp(512, 4095)))],
    ['no bits', table([1024, 0, 0], words(ramp(1024, 4095)))],
  ])('of %s is left out', async (_, changes) => {
    expect((await opened(changes)).voi).toEqual([]);
    expect((await opened(changes)).said).toEqual(['remark.lut-left-out']);
  });

  it('of packed bytes is read as such', async () => {
    const changes = table([601, 0, 8], Uint8Array.from(ramp(601, 255)));
    expect(lutOf((await opened(changes)).voi)?.values[600]).toBe(255);
    expect((await opened(changes)).said).toEqual([]);
  });

  const signed16: Changes = {
    '00280101': ['US', [16]],
    '00280102': ['US', [15]],
    '00280103': ['US', [1]],
  };
  it.each([
    ['signed pixels, inputs beyond 32767', 33_700, rescale(1, 34_000), 'US', 33_700],
    ['the same as SS', 33_700, rescale(1, 34_000), 'SS', 33_700],
    ['signed pixels', 65_236, rescale(1), 'US', -300],
  ] as const)('maps from its first input: %s', async (_, first, scale, vr, wanted) => {
    const changes = {
      ...signed16,
      ...scale,
      ...table([600, first, 12], words(ramp(600, 4095)), vr),
    };
    const below = breast.map((v) => (v - 300) & 0xffff);
    expect(lutOf((await opened(changes, below)).voi)?.firstMapped).toBe(wanted);
  });
});

describe('padding', () => {
  const bordered = breast.map((v, i) => (i % 120 > 110 ? 65_535 : v));
  it.each([
    ['US', 65_535],
    ['SS', -1],
  ])('as %s %i is cut as the pixels are', async (vr, value) => {
    const { image, said } = await opened({ '00280120': [vr, [value]] }, bordered);
    expect(image.padding).toEqual({ low: 4095, high: 4095 });
    expect(said).toEqual([]);
  });

  it.each([
    [0, 300],
    [0, 4095],
  ])('%i to %i, which is most of the breast, is ignored', async (low, high) => {
    const { image, said } = await opened({ '00280120': ['US', [low]], '00280121': ['US', [high]] });
    expect(image.padding).toBeUndefined();
    expect(said).toEqual(['remark.padding']);
  });

  it.each([
    ['of air', 0, 20, breast.map((v, i) => (v === 0 ? i % 17 : v))],
    ['of a border', 4000, 4095, breast.map((v, i) => (i % 120 > 100 ? 4095 - (i % 9) : v))],
  ])('%s is kept', async (_, low, high, pixels) => {
    const changes = { '00280120': ['US', [low]], '00280121': ['US', [high]] } as const;
    const { image, said } = await opened(changes, pixels);
    expect(image.padding).toEqual({ low, high });
    expect(said).toEqual([]);
  });
});

describe('a picture of few levels', () => {
  const over = (limit: number) => breast.map((v) => Number(v > limit));
  it.each([
    ['one', over(9999), 'file.blank'],
    ['one, not 0', over(-1), 'file.blank'],
    ['0 and 1000', over(100).map((v) => v * 1000), 'file.mask'],
    ['1 and 2', over(100).map((v) => v + 1), 'file.mask'],
    ['0, 254, 255', over(100).map((v, i) => v * (i % 2 ? 254 : 255)), 'file.mask'],
  ])('is refused: %s', async (_, pixels, code) => {
    await expect(opened({}, pixels)).rejects.toThrow(code);
  });

  it('of a few bits is none', async () => {
    const { image } = await opened(
      {},
      breast.map((v) => v >> 5),
    );
    expect(image.pixels).toHaveLength(breast.length);
  });
});

describe('a preset that shows nothing', () => {
  it.each([
    ['a window above all tissue', window(3000, 100)],
    ['a table of zeros', table([1024, 0, 12], words(new Array<number>(1024).fill(0)))],
    ['a slope that leaves nothing', { ...rescale(1e-9), ...window(306, 612) }],
  ])('%s makes room for the tissue', async (_, changes) => {
    const { voi, tissueVoi, said } = await opened(changes);
    expect(voi).toEqual([tissueVoi]);
    expect(tissueVoi).toBeDefined();
    expect(said).toEqual(['remark.preset-flat']);
  });

  it('makes room for the next, and one that shows something stays', async () => {
    const { voi } = await opened(window('3000\\306\\3000', '100\\612\\100'));
    expect(voi.map((preset) => preset.kind === 'window' && preset.center)).toEqual([306, 3000]);
    const middle = Math.max(...tissue) - 20;
    expect((await opened(window(middle, 100))).said).toEqual([]);
  });

  it.each([0, -612])('of width %i is left out', async (width) => {
    const { voi, said } = await opened(window(306, width));
    expect(voi).toEqual([]);
    expect(said).toEqual(['remark.window-width']);
  });
});
