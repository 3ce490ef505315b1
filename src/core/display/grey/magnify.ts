import type { MammogramImage } from '../../image/mammogram-image.ts';
import type { GreyBytes } from './screen-grey.ts';

/**
 * Where a raster lies on the stored image: pixel (u, v) has its centre at
 * origin + u * across + v * down. Views turn images by quarter turns and mirror them, so that each
 * step runs along a row or along a column.
 */
export interface Placement {
  readonly origin: { readonly x: number; readonly y: number };
  readonly across: { readonly x: number; readonly y: number };
  readonly down: { readonly x: number; readonly y: number };
}

/**
 * Along one side of the raster, n places a pixel: where each falls among `length` rows or columns,
 * as an offset into the pixels (`stride` from one to the next); -1 outside.
 */
const offsets = (
  { start, step, count }: { start: number; step: number; count: number },
  n: number,
  length: number,
  stride: number,
): Int32Array =>
  Int32Array.from({ length: count * n }, (_, k) => {
    const at = Math.floor(start + ((k + 0.5) / n - 0.5) * step);
    return at < 0 || at >= length ? -1 : at * stride;
  });

/** The offsets of the raster's columns and of its rows. */
const sides = (
  { columns, rows }: MammogramImage,
  { origin, across, down }: Placement,
  { width, height }: { readonly width: number; readonly height: number },
  n: number,
) => {
  const isTurned = Math.abs(across.x) < Math.abs(across.y);
  const [u, v] = isTurned
    ? [
        { start: origin.y, step: across.y, count: width },
        { start: origin.x, step: down.x, count: height },
      ]
    : [
        { start: origin.x, step: across.x, count: width },
        { start: origin.y, step: down.y, count: height },
      ];
  return isTurned
    ? { u: offsets(u, n, rows, columns), v: offsets(v, n, columns, 1) }
    : { u: offsets(u, n, columns, 1), v: offsets(v, n, rows, columns) };
};

/**
 * The image through a raster as opaque RGBA (row-major, `width * height * 4`, filled in place).
 * Enlarged, an image pixel keeps hard edges; reduced, stored values are averaged before they become
 * grey, as the display does it. Outside the image it is black.
 */
export const magnify = (
  image: MammogramImage,
  grey: GreyBytes,
  placement: Placement,
  raster: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray },
): void => {
  const { across, down } = placement;
  const { width, height, data } = raster;
  const { pixels } = image;
  const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const step = Math.max(Math.hypot(across.x, across.y), Math.hypot(down.x, down.y));
  const n = Math.max(Math.ceil(step - 1e-6), 1);
  const { u, v } = sides(image, placement, raster, n);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let j = y * n; j < (y + 1) * n; j++) {
        const row = v[j] as number;
        if (row < 0) continue;
        for (let i = x * n; i < (x + 1) * n; i++) {
          const column = u[i] as number;
          if (column < 0) continue;
          sum += pixels[row + column] as number;
          count++;
        }
      }
      const stored = Math.round(sum / count);
      const level = count === 0 ? 0 : (grey.values[stored - grey.first] ?? 0);
      words[y * width + x] = 0xff000000 | (level * 0x010101);
    }
};
