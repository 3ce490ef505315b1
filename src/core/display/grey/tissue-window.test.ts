import { expect, it } from 'vitest';
import { breastShape } from '../../image/breast-shape.ts';
import type { MammogramImage } from '../../image/mammogram-image.ts';
import { plainImage } from '../../image/plain-image.ts';
import { tissueWindow, TISSUE_PRESET } from './tissue-window.ts';

const [COLUMNS, ROWS] = [400, 600];
/** Left of column 200 tissue of 1,000 to 3,000 by row; right of it air of 20, with a label of 4,095. */
const stored = (i: number): number => {
  const [x, y] = [i % COLUMNS, Math.floor(i / COLUMNS)];
  if (x < 200) return 1000 + Math.round((2000 * y) / (ROWS - 1));
  return y < 60 && x > 340 ? 4095 : 20;
};
const pixels = Uint16Array.from({ length: ROWS * COLUMNS }, (_, i) => stored(i));
const image = (change: Partial<MammogramImage> = {}): MammogramImage =>
  plainImage(COLUMNS, ROWS, pixels, change);
const half = new Uint8Array(100 * 150).map((_, i) => Number(i % 100 < 50));
const shape = breastShape({ width: 100, height: 150, breast: half }, COLUMNS, ROWS);

it('spans the tissue and neither air nor labels', () => {
  const voi = tissueWindow(image(), shape);
  expect(voi).toMatchObject({ kind: 'window', fn: 'LINEAR_EXACT', explanation: TISSUE_PRESET });
  if (voi?.kind !== 'window') throw new Error('no window');
  expect(voi.center - voi.width / 2).toBeCloseTo(1020, -1);
  expect(voi.center + voi.width / 2).toBeCloseTo(2990, -1);
});

it('is in modality values', () => {
  const voi = tissueWindow(image({ modality: { slope: -2, intercept: 9000 } }), shape);
  if (voi?.kind !== 'window') throw new Error('no window');
  // 99.5 % of values are below 9000 - 2 * 1010, 1 % below 9000 - 2 * 2980.
  expect(voi.center - voi.width / 2).toBeCloseTo(3040, -1.5);
  expect(voi.center + voi.width / 2).toBeCloseTo(6980, -1.5);
});

it('leaves out padding, and gives no window where nothing varies', () => {
  const padded = tissueWindow(image({ padding: { low: 0, high: 1999 } }), shape);
  if (padded?.kind !== 'window') throw new Error('no window');
  expect(padded.center - padded.width / 2).toBeGreaterThan(1999);
  expect(tissueWindow(image({ padding: { low: 0, high: 4095 } }), shape)).toBeUndefined();
  const flat = image({ pixels: new Uint16Array(ROWS * COLUMNS).fill(7) });
  expect(tissueWindow(flat, shape)).toBeUndefined();
});
