import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decode } from 'fast-png';
import { mammogramFile, words, type Field } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { CASES, expect, fileOf, hasCases, NO_CASES, openFiles, test, viewOf } from './page.ts';

test.use({ engine: false });

/**
 * The grey on screen against the equations of DICOM PS3.3 C.11.1 (modality), C.11.2 (VOI) and
 * C.11.6 / C.7.6.3 (presentation), written down here a second time and from the standard's text.
 * Nothing of src/core/image takes part.
 */
interface Rules {
  readonly slope?: number;
  readonly intercept?: number;
  readonly window?: readonly [center: number, width: number];
  readonly fn?: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
  readonly lut?: {
    readonly first: number;
    readonly bits: number;
    readonly data: readonly number[];
  };
  readonly modalityLut?: { readonly first: number; readonly data: readonly number[] };
  /** MONOCHROME1, or MONOCHROME2 with the shape INVERSE: the lowest value is white. */
  readonly lowIsWhite?: boolean;
  readonly padding?: readonly [low: number, high: number];
  /** The reader's own inversion. */
  readonly inverted?: boolean;
  /** The stored value of uniform air, which inversion leaves black. */
  readonly air?: number;
}

const throughTable = (first: number, data: readonly number[], x: number): number => {
  if (x <= first) return data[0]!;
  if (x >= first + data.length - 1) return data.at(-1)!;
  return data[Math.round(x) - first]!;
};

/** C.11.2.1.2.1, C.11.2.1.3.2 and C.11.2.1.3.1, with ymin = 0 and ymax = 1. */
const windowed = (fn: Rules['fn'], c: number, w: number, x: number): number => {
  if (fn === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (x - c)) / w));
  if (fn === 'LINEAR_EXACT') {
    if (x <= c - w / 2) return 0;
    if (x > c + w / 2) return 1;
    return (x - c) / w + 0.5;
  }
  if (x <= c - 0.5 - (w - 1) / 2) return 0;
  if (x > c - 0.5 + (w - 1) / 2) return 1;
  return (x - (c - 0.5)) / (w - 1) + 0.5;
};

/** 0 (black) to 255 (white). */
const expectedGrey = (rules: Rules, stored: number): number => {
  const { padding, lut, modalityLut } = rules;
  if (padding && stored >= padding[0] && stored <= padding[1]) return 0;
  if (rules.inverted && stored === rules.air) return 0;
  const x = modalityLut
    ? throughTable(modalityLut.first, modalityLut.data, stored)
    : stored * (rules.slope ?? 1) + (rules.intercept ?? 0);
  const [c, w] = rules.window ?? [0, 1];
  const y = lut
    ? throughTable(lut.first, lut.data, x) / (2 ** lut.bits - 1)
    : windowed(rules.fn ?? 'LINEAR', c, w, x);
  return 255 * (Boolean(rules.lowIsWhite) === Boolean(rules.inverted) ? y : 1 - y);
};

const BLOCK = 8;
const ACROSS = 64;
const BLOCKS = ACROSS * ACROSS;

/** A picture of constant blocks of 8 x 8 pixels, one stored value each, in rows of 64. */
const blocksOf = (values: readonly number[]): number[] => {
  const side = ACROSS * BLOCK;
  return Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    return values[Math.floor(row / BLOCK) * ACROSS + Math.floor(column / BLOCK)]!;
  });
};

const range = (low: number, high: number): number[] =>
  Array.from({ length: BLOCKS }, (_, i) => Math.round(low + ((high - low) * i) / (BLOCKS - 1)));

const us = (value: number): Field => ['US', [value]];
const ds = (value: number | string): Field => ['DS', String(value)];

interface Format {
  readonly allocated: 8 | 16;
  readonly stored: number;
  readonly signed?: boolean;
}
const U12: Format = { allocated: 16, stored: 12 };

const pixelBytes = (values: readonly number[], { allocated }: Format): Uint8Array =>
  allocated === 8 ? Uint8Array.from(values, (v) => v & 0xff) : words(values.map((v) => v & 0xffff));

let made = 0;
const fileWith = (
  values: readonly number[],
  format: Format,
  attributes: Readonly<Record<string, Field | undefined>>,
) =>
  mammogramFile({
    '00080018': ['UI', `1.2.3.${++made}`],
    '00280010': us(ACROSS * BLOCK),
    '00280011': us(ACROSS * BLOCK),
    '00280100': us(format.allocated),
    '00280101': us(format.stored),
    '00280102': us(format.stored - 1),
    '00280103': us(format.signed ? 1 : 0),
    '7fe00010': [format.allocated === 8 ? 'OB' : 'OW', pixelBytes(blocksOf(values), format)],
    ...attributes,
  });

interface Shot {
  readonly width: number;
  readonly height: number;
  readonly grey: (x: number, y: number) => number;
  /** Where a pixel of the shot lies in the stored image. */
  readonly toImage: (x: number, y: number) => readonly [number, number];
}

/** The picture on screen without what is written over it, and how it lies on the stored image. */
const shoot = async (page: Page, title = 'LCC'): Promise<Shot> => {
  const view = viewOf(page, title);
  await page.evaluate(() =>
    document
      .querySelectorAll<HTMLElement>('.view-labels, .mammogram-canvas svg')
      .forEach((element) => (element.style.visibility = 'hidden')),
  );
  await page.waitForTimeout(300);
  const png = decode(await view.locator('canvas').first().screenshot());
  const matrix = (await view.locator('svg.box-overlay').getAttribute('data-matrix')) ?? '';
  const [a, b, c, d, e, f] = matrix.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ratio = await page.evaluate(() => devicePixelRatio);
  const whole = a * d - b * c;
  return {
    width: png.width,
    height: png.height,
    grey: (x, y) => png.data[(y * png.width + x) * png.channels]!,
    toImage: (x, y) => {
      const [u, v] = [(x + 0.5) / ratio - e, (y + 0.5) / ratio - f];
      return [(d * u - c * v) / whole, (a * v - b * u) / whole];
    },
  };
};

/** The largest difference in grey over every pixel inside every block, and how many were compared. */
const compare = async (page: Page, values: readonly number[], rules: Rules) => {
  const shot = await shoot(page);
  const seen = new Set<number>();
  let worst = { off: 0, stored: 0, got: 0, wanted: 0 };
  for (let y = 0; y < shot.height; y++)
    for (let x = 0; x < shot.width; x++) {
      const [column, row] = shot.toImage(x, y);
      const [u, v] = [column / BLOCK, row / BLOCK];
      if (u < 0 || v < 0 || u >= ACROSS || v >= ACROSS) continue;
      // Two pixels from the edge of a block no neighbour takes part.
      if ([u % 1, v % 1].some((part) => part < 0.25 || part > 0.75)) continue;
      const block = Math.floor(v) * ACROSS + Math.floor(u);
      const stored = values[block]!;
      seen.add(block);
      const [got, wanted] = [shot.grey(x, y), expectedGrey(rules, stored)];
      const off = Math.abs(got - wanted);
      if (off > worst.off) worst = { off, stored, got, wanted };
    }
  expect(seen.size, 'blocks on screen').toBe(BLOCKS);
  // A screen has whole greys: half of one is lost to rounding either way.
  expect(worst.off, JSON.stringify(worst)).toBeLessThanOrEqual(1);
};

const open = async (page: Page, file: Uint8Array) => {
  await page.goto('./?backend=wasm');
  await openFiles(page, [fileOf('blocks.dcm', file)]);
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toBeVisible();
  await page.keyboard.press('o');
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toHaveText(/100 %/);
};

const VOI = (center: number, width: number, fn?: string): Record<string, Field> => ({
  '00281050': ds(center),
  '00281051': ds(width),
  ...(fn ? { '00281056': ['CS', fn] as const } : {}),
});

const table = (bits: number, first: number, data: readonly number[], signed = false) => ({
  '00283002': [
    signed ? 'SS' : 'US',
    signed
      ? new Uint8Array(Int16Array.of(data.length, first, bits).buffer)
      : [data.length, first, bits],
  ] as Field,
  '00283003': ['LO', 'TABLE OF THE TEST'] as const,
  '00283006': ['OW', words(data)] as Field,
});

/** An S-shaped table, as vendors write them. */
const sCurve = (length: number, bits: number): number[] =>
  Array.from({ length }, (_, i) =>
    Math.round(((1 - Math.cos((Math.PI * i) / (length - 1))) / 2) * (2 ** bits - 1)),
  );

const full12 = range(0, 4095);

interface Case {
  readonly name: string;
  readonly values?: readonly number[];
  readonly format?: Format;
  readonly attributes: Readonly<Record<string, Field | undefined>>;
  readonly rules: Rules;
}

const CASES_OF_GREY: readonly Case[] = [
  {
    name: 'LINEAR, 12 bit, every stored value',
    attributes: VOI(2000, 1500),
    rules: { window: [2000, 1500] },
  },
  {
    name: 'LINEAR of width 2, the steepest but a threshold',
    attributes: VOI(2000, 2),
    rules: { window: [2000, 2] },
  },
  {
    name: 'LINEAR_EXACT, 12 bit',
    attributes: VOI(2000, 300, 'LINEAR_EXACT'),
    rules: { window: [2000, 300], fn: 'LINEAR_EXACT' },
  },
  {
    name: 'SIGMOID, 12 bit',
    attributes: VOI(2100, 800, 'SIGMOID'),
    rules: { window: [2100, 800], fn: 'SIGMOID' },
  },
  {
    name: 'VOI LUT Sequence, 12 bit in and out',
    attributes: { '00283010': ['SQ', [table(12, 0, sCurve(4096, 12))]] },
    rules: { lut: { first: 0, bits: 12, data: sCurve(4096, 12) } },
  },
  {
    name: 'VOI LUT Sequence that starts later, ends earlier and has 16 bit',
    attributes: { '00283010': ['SQ', [table(16, 700, sCurve(2500, 16))]] },
    rules: { lut: { first: 700, bits: 16, data: sCurve(2500, 16) } },
  },
  {
    name: 'MONOCHROME1 with SIGMOID',
    attributes: { ...VOI(2100, 800, 'SIGMOID'), '00280004': ['CS', 'MONOCHROME1'] },
    rules: { window: [2100, 800], fn: 'SIGMOID', lowIsWhite: true },
  },
  {
    name: 'MONOCHROME1 with the shape INVERSE, which says the same once more',
    attributes: {
      ...VOI(2048, 4096),
      '00280004': ['CS', 'MONOCHROME1'],
      '20500020': ['CS', 'INVERSE'],
    },
    rules: { window: [2048, 4096], lowIsWhite: true },
  },
  {
    name: 'PresentationLUTShape INVERSE with a VOI LUT',
    attributes: {
      '00283010': ['SQ', [table(10, 0, sCurve(4096, 10))]],
      '20500020': ['CS', 'INVERSE'],
    },
    rules: { lut: { first: 0, bits: 10, data: sCurve(4096, 10) }, lowIsWhite: true },
  },
  {
    name: 'pixel padding range, black also where low values are white',
    attributes: {
      ...VOI(2048, 4096),
      '00280004': ['CS', 'MONOCHROME1'],
      '00280120': us(4000),
      '00280121': us(4095),
    },
    rules: { window: [2048, 4096], lowIsWhite: true, padding: [4000, 4095] },
  },
  {
    name: 'rescale with a slope below 0 and an intercept',
    attributes: { ...VOI(-1500, 2500, 'LINEAR'), '00281052': ds(-100), '00281053': ds('-0.75') },
    rules: { window: [-1500, 2500], slope: -0.75, intercept: -100 },
  },
  {
    name: 'Modality LUT before the window',
    attributes: { ...VOI(500, 700), '00283000': ['SQ', [table(10, 0, sCurve(4096, 10))]] },
    rules: { window: [500, 700], modalityLut: { first: 0, data: sCurve(4096, 10) } },
  },
  {
    name: 'signed, 12 bit, with signed padding',
    values: range(-2048, 2047),
    format: { allocated: 16, stored: 12, signed: true },
    attributes: {
      ...VOI(100, 1800),
      '00280120': ['SS', [-2048]],
      '00281052': ds(10),
      '00281053': ds(1),
    },
    rules: { window: [100, 1800], intercept: 10, padding: [-2048, -2048] },
  },
  {
    name: 'signed, 16 bit, SIGMOID',
    values: range(-32_768, 32_767),
    format: { allocated: 16, stored: 16, signed: true },
    attributes: VOI(1000, 20_000, 'SIGMOID'),
    rules: { window: [1000, 20_000], fn: 'SIGMOID' },
  },
  {
    name: '8 bit',
    values: range(0, 255),
    format: { allocated: 8, stored: 8 },
    attributes: VOI(128, 256),
    rules: { window: [128, 256] },
  },
  {
    name: '16 bit, a narrow window',
    values: range(0, 65_535).map((v, i) => (i % 2 === 0 ? v : 30_000 + (i >> 1))),
    format: { allocated: 16, stored: 16 },
    attributes: VOI(31_000, 60),
    rules: { window: [31_000, 60] },
  },
  {
    name: '16 bit, a narrow window beside padding',
    values: range(0, 65_535).map((v, i) => (i % 2 === 0 ? v : 30_000 + (i >> 1))),
    format: { allocated: 16, stored: 16 },
    attributes: { ...VOI(31_000, 60), '00280120': us(0) },
    rules: { window: [31_000, 60], padding: [0, 0] },
  },
];

for (const { name, values = full12, format = U12, attributes, rules } of CASES_OF_GREY)
  test(`grey on screen: ${name}`, async ({ page }) => {
    await open(page, fileWith(values, format, attributes));
    await compare(page, values, rules);
  });

test('inverting keeps padding and air black, and turns everything else', async ({ page }) => {
  // A tenth of the picture is air of one value, as processed mammograms have it.
  const values = full12.map((v, i) => (i % 10 === 3 ? 200 : v < 200 ? 0 : v));
  await open(page, fileWith(values, U12, { ...VOI(2000, 3600), '00280120': us(0) }));
  await compare(page, values, { window: [2000, 3600], padding: [0, 0] });
  await page.keyboard.press('i');
  await expect(viewOf(page, 'LCC').locator('[data-label=window]')).toContainText('inverted');
  await compare(page, values, { window: [2000, 3600], padding: [0, 0], inverted: true, air: 200 });
});

test('inverting MONOCHROME1 keeps air black, which is its highest value', async ({ page }) => {
  const values = full12.map((v, i) => (i % 10 === 3 ? 4095 : v));
  await open(
    page,
    fileWith(values, U12, { ...VOI(2048, 4096), '00280004': ['CS', 'MONOCHROME1'] }),
  );
  await page.keyboard.press('i');
  await expect(viewOf(page, 'LCC').locator('[data-label=window]')).toContainText('inverted');
  await compare(page, values, {
    window: [2048, 4096],
    lowIsWhite: true,
    inverted: true,
    air: 4095,
  });
});

test('presets are listed by their explanation, and each shows its own function', async ({
  page,
}) => {
  const data = sCurve(4096, 12);
  await open(
    page,
    fileWith(full12, U12, {
      '00281050': ds('1800\\2600'),
      '00281051': ds('3000\\900'),
      '00281055': ['LO', 'NORMAL\\HARD'],
      '00283010': ['SQ', [table(12, 0, data)]],
    }),
  );
  const presets = page.getByLabel('Window preset');
  await expect(presets.locator('option')).toHaveText([
    'NORMAL',
    'HARD',
    'TABLE OF THE TEST',
    'Breast tissue (auto)',
  ]);
  await compare(page, full12, { window: [1800, 3000] });
  await presets.selectOption({ label: 'HARD' });
  await compare(page, full12, { window: [2600, 900] });
  await presets.selectOption({ label: 'TABLE OF THE TEST' });
  await compare(page, full12, { lut: { first: 0, bits: 12, data } });
});

test('a real mammogram shows the grey of its file, at every pixel in view', async ({ page }) => {
  test.skip(!hasCases, NO_CASES);
  const path = join(CASES, 'ffdm-4view/LCC.dcm');
  await page.goto('./?backend=wasm');
  await openFiles(page, [path]);
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toBeVisible();
  await page.keyboard.press('o');
  await expect(viewOf(page, 'LCC').locator('[data-label=zoom]')).toHaveText(/100 %/);
  const shot = await shoot(page);
  // 2600 x 2000 pixels of 8 bit, uncompressed at the end of the file; window 128, 256; MONOCHROME2.
  const [rows, columns] = [2600, 2000];
  const pixels = readFileSync(path).subarray(-rows * columns);
  const at = (x: number, y: number) => pixels[y * columns + x]!;
  let [compared, exact, worst] = [0, 0, 0];
  // A view's sides may end within a pixel of the screen: that one is drawn in part.
  for (let y = 0; y < shot.height - 1; y++)
    for (let x = 0; x < shot.width - 1; x++) {
      const [column, row] = shot.toImage(x, y);
      const [left, top] = [Math.floor(column - 0.5), Math.floor(row - 0.5)];
      if (left < 0 || top < 0 || left + 1 >= columns || top + 1 >= rows) continue;
      // The screen's pixels do not lie on the image's: between four of them stored values are mixed.
      const [u, v] = [column - 0.5 - left, row - 0.5 - top];
      const four = [at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1)];
      const [a, b, c, d] = four as [number, number, number, number];
      const mixed = (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d);
      const off = Math.abs(shot.grey(x, y) - expectedGrey({ window: [128, 256] }, mixed));
      // A rasteriser puts the picture's corners on sixteenths of a pixel: half of one to either side.
      const shift = (Math.max(...four) - Math.min(...four)) / 16;
      compared++;
      if (off <= 1) exact++;
      worst = Math.max(worst, off - shift);
    }
  expect(compared).toBeGreaterThan(300_000);
  expect(worst).toBeLessThanOrEqual(1);
  expect(exact / compared).toBeGreaterThan(0.98);
});
