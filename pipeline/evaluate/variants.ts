import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { resample } from '../../src/core/image/resample.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import { ORIGINAL, type Variant } from '../features/patches.ts';

const shifted =
  (share: number) =>
  ({ x, y, width, height }: Box): Box => ({
    x: x + share * width,
    y: y + share * height,
    width,
    height,
  });

const scaled =
  (factor: number) =>
  ({ x, y, width, height }: Box): Box => ({
    x: x - ((factor - 1) * width) / 2,
    y: y - ((factor - 1) * height) / 2,
    width: factor * width,
    height: factor * height,
  });

/** Stored values through a curve over [0, 1] of the stored range; 8-bit pictures only. */
const toned =
  (curve: (v: number) => number) =>
  (image: MammogramImage): MammogramImage => {
    const top = 2 ** image.bitsStored - 1;
    const clamp = (v: number) => Math.min(Math.max(Math.round(v * top), 0), top);
    const table = Uint16Array.from({ length: top + 1 }, (_, i) => clamp(curve(i / top)));
    const pixels = new Uint16Array(image.pixels.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = table[image.pixels[i] as number] as number;
    return { ...image, pixels };
  };

/** Half the rows and columns by averaging, and back to the old size by interpolation. */
const coarse = (image: MammogramImage): MammogramImage => {
  const { columns, rows, pixels } = image;
  const [w, h] = [Math.round(columns / 2), Math.round(rows / 2)];
  const small = resample({ width: columns, height: rows, data: pixels }, w, h);
  const back = resample(small, columns, rows);
  return { ...image, pixels: Uint16Array.from(back.data, Math.round) };
};

const percent = (share: number) => `${share > 0 ? '+' : '-'}${Math.abs(100 * share).toFixed(0)} %`;

/** What a lesion's score should withstand: another reader's box, another film's grey and sharpness. */
export const VARIANTS: readonly Variant[] = [
  ORIGINAL,
  ...[0.1, -0.1, 0.2, -0.2].map((s) => ({
    name: `box shifted by ${percent(s)} of its sides`,
    box: shifted(s),
  })),
  ...[0.1, -0.1, 0.2, -0.2].map((s) => ({
    name: `box scaled by ${percent(s)}`,
    box: scaled(1 + s),
  })),
  { name: 'brightness +10 %', image: toned((v) => (v > 0 ? v + 0.1 : 0)) },
  { name: 'brightness -10 %', image: toned((v) => v - 0.1) },
  { name: 'contrast +20 %', image: toned((v) => 0.5 + 1.2 * (v - 0.5)) },
  { name: 'contrast -20 %', image: toned((v) => (v > 0 ? 0.5 + 0.8 * (v - 0.5) : 0)) },
  { name: 'gamma 0.8', image: toned((v) => v ** 0.8) },
  { name: 'gamma 1.25', image: toned((v) => v ** 1.25) },
  { name: 'resolution halved', image: coarse },
];
