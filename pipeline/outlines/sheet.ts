import { PICTURE } from './picture.ts';
import type { ImagePoint } from '../../src/core/geometry/point.ts';

/** Digits of 3 x 5 cells, a row an octal figure. */
const DIGITS = [
  '75557',
  '26227',
  '71747',
  '71717',
  '55711',
  '74717',
  '74757',
  '71111',
  '75757',
  '75717',
];
const MARGIN = 28;
const TICK = 50;
const TILE = PICTURE.side + 2 * MARGIN;

/** A grey page, 0 to 1, that tiles are laid on. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const put = ({ width, height, data }: Sheet, x: number, y: number, v: number) => {
  const [i, j] = [Math.round(x), Math.round(y)];
  if (i >= 0 && j >= 0 && i < width && j < height) data[j * width + i] = v;
};

const write = (sheet: Sheet, text: string, x: number, y: number, size = 2) => {
  [...text].forEach((figure, k) => {
    [...(DIGITS[Number(figure)] ?? '')].forEach((row, j) => {
      for (let i = 0; i < 3; i++)
        if (Number(row) & (4 >> i))
          for (let a = 0; a < size; a++)
            for (let b = 0; b < size; b++)
              put(sheet, x + (4 * k + i) * size + a, y + j * size + b, 1);
    });
  });
};

const scale = (sheet: Sheet, x: number, y: number) => {
  for (let t = 0; t <= PICTURE.side; t += TICK) {
    for (let k = 0; k < 8; k++) {
      put(sheet, x + t, y - 1 - k, 1);
      put(sheet, x - 1 - k, y + t, 1);
      put(sheet, x + t, y + PICTURE.side + k, 1);
      put(sheet, x + PICTURE.side + k, y + t, 1);
    }
    write(sheet, String(t), x + t - 10, y - 22, 2);
    write(sheet, String(t), x - 27, y + t - 14, 2);
  }
  for (let a = TICK; a < PICTURE.side; a += TICK)
    for (let b = TICK; b < PICTURE.side; b += TICK) {
      put(sheet, x + a, y + b, 1);
      put(sheet, x + a + 1, y + b, 0);
    }
};

/** A closed line of dots, black beside white so that it shows on any grey. */
const outline = (sheet: Sheet, points: readonly ImagePoint[], x: number, y: number) => {
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as ImagePoint;
    const steps = Math.max(1, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / 4));
    for (let k = 0; k < steps; k++) {
      const [u, v] = [a.x + ((b.x - a.x) * k) / steps, a.y + ((b.y - a.y) * k) / steps];
      put(sheet, x + u, y + v, 1);
      put(sheet, x + u + 1, y + v, 1);
      put(sheet, x + u, y + v + 1, 0);
    }
  });
};

/** Lays numbered pictures in a square of `columns` x `columns`, each with a scale of its pixels. */
export const makeSheet = (
  tiles: readonly {
    readonly number: number;
    readonly data: Float32Array;
    readonly lines: readonly (readonly ImagePoint[])[];
  }[],
  columns: number,
): Sheet => {
  const rows = Math.ceil(tiles.length / columns);
  const [width, height] = [columns * TILE, rows * TILE];
  const sheet = { width, height, data: new Float32Array(width * height) };
  tiles.forEach(({ number, data, lines }, k) => {
    const [x, y] = [(k % columns) * TILE + MARGIN, Math.floor(k / columns) * TILE + MARGIN];
    data.forEach((v, i) => put(sheet, x + (i % PICTURE.side), y + Math.floor(i / PICTURE.side), v));
    scale(sheet, x, y);
    write(sheet, String(number), x + 6, y + 6, 5);
    for (const points of lines) outline(sheet, points, x, y);
  });
  return sheet;
};
