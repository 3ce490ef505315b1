import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { presentationTable } from '../../src/core/image/presentation-values.ts';
import type { Raster } from '../../src/core/image/resample.ts';
import { fftLine } from './fft.ts';
import { distanceInside } from './raster.ts';

/** Side of a square tile in pixels, a power of two. */
export const TILE = 256;
/** Frequencies of the slope fit in cycles per pixel: about 0.12 to 0.8 per mm at 0.1 mm. */
export const FIT = { low: 3 / TILE, high: 20 / TILE } as const;
/** Grey of the tissue is reported at these percentiles. */
export const PERCENTILES = [1, 5, 25, 50, 75, 95, 99] as const;
/** Grey (0 to 1) up to which a pixel is air. */
const AIR = 0.03;
/** Tiles whose mean grey (0-255) is in this range count as fatty parenchyma for the noise. */
export const NOISE_GREY = { low: 35, high: 90 } as const;

export interface Measures {
  /** Exponent b of the radial power spectrum 1/f^b, median over tiles. */
  readonly slope: number;
  readonly tiles: number;
  /** Grey levels 0-255 on screen, as PERCENTILES says. */
  readonly grey: readonly number[];
  /** Standard deviation of the noise in grey levels 0-255 (Immerkaer 1996), median over tiles. */
  readonly noise: number;
  /** The same as a share of the local mean grey. */
  readonly relativeNoise: number;
}

/** Grey on screen, 0 to 1, by the file's first preset. */
export const greyOf = (image: MammogramImage): Raster => {
  const table = presentationTable(image);
  const data = new Float32Array(image.pixels.length);
  for (let i = 0; i < data.length; i++)
    data[i] = table.values[(image.pixels[i] as number) - table.first] as number;
  return { width: image.columns, height: image.rows, data };
};

/** A tile of grey x 255, or nothing where it is not all at least `margin` pixels inside. */
const tileAt = (raster: Raster, depth: Float32Array, x0: number, y0: number, margin: number) => {
  const out = new Float64Array(TILE * TILE);
  for (let y = 0; y < TILE; y++)
    for (let x = 0; x < TILE; x++) {
      const at = (y0 + y) * raster.width + x0 + x;
      if ((depth[at] as number) < margin) return undefined;
      out[y * TILE + x] = 255 * (raster.data[at] as number);
    }
  return out;
};

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
};

/** Slope of the least-squares line of y over x. */
const slopeOf = (x: readonly number[], y: readonly number[]): number => {
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  x.forEach((v, i) => {
    xy += (v - mx) * ((y[i] as number) - my);
    xx += (v - mx) ** 2;
  });
  return xy / xx;
};

/** Exponent of the radial power spectrum of a square tile, Hann window, mean removed. */
export const spectrumSlope = (tile: Float64Array): number => {
  const re = new Float32Array(TILE * TILE);
  const im = new Float32Array(TILE * TILE);
  const level = mean(tile);
  const hann = Float64Array.from(
    { length: TILE },
    (_, i) => Math.sin((Math.PI * (i + 0.5)) / TILE) ** 2,
  );
  for (let y = 0, i = 0; y < TILE; y++)
    for (let x = 0; x < TILE; x++, i++)
      re[i] = ((tile[i] as number) - level) * (hann[x] as number) * (hann[y] as number);
  for (let y = 0; y < TILE; y++) fftLine(re, im, TILE, y * TILE, 1, false);
  for (let x = 0; x < TILE; x++) fftLine(re, im, TILE, x, TILE, false);
  const power = new Float64Array(TILE);
  const count = new Float64Array(TILE);
  for (let y = 0, i = 0; y < TILE; y++)
    for (let x = 0; x < TILE; x++, i++) {
      const ring = Math.round(Math.hypot(Math.min(x, TILE - x), Math.min(y, TILE - y)));
      power[ring] = (power[ring] as number) + (re[i] as number) ** 2 + (im[i] as number) ** 2;
      count[ring] = (count[ring] as number) + 1;
    }
  const logF: number[] = [];
  const logP: number[] = [];
  for (let ring = Math.ceil(FIT.low * TILE); ring <= FIT.high * TILE; ring++) {
    logF.push(Math.log(ring));
    logP.push(Math.log((power[ring] as number) / (count[ring] as number)));
  }
  return -slopeOf(logF, logP);
};

/** Noise of a tile by the difference of two Laplacians (Immerkaer, CVIU 64:300, 1996). */
export const noiseOf = (tile: Float64Array): number => {
  let sum = 0;
  const at = (x: number, y: number) => tile[y * TILE + x] as number;
  for (let y = 1; y < TILE - 1; y++)
    for (let x = 1; x < TILE - 1; x++)
      sum += Math.abs(
        at(x - 1, y - 1) -
          2 * at(x, y - 1) +
          at(x + 1, y - 1) -
          2 * at(x - 1, y) +
          4 * at(x, y) -
          2 * at(x + 1, y) +
          at(x - 1, y + 1) -
          2 * at(x, y + 1) +
          at(x + 1, y + 1),
      );
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (TILE - 2) ** 2);
};

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
export const median = (values: readonly number[]): number =>
  sorted(values)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

const percentiles = (raster: Raster, mask: Uint8Array): number[] => {
  const tissue = sorted([...raster.data.filter((_, i) => mask[i] === 1 && i % 7 === 0)]);
  return PERCENTILES.map((q) => 255 * (tissue[Math.floor((q / 100) * (tissue.length - 1))] ?? 0));
};

/**
 * Measures of one mammogram. Tiles overlap by half and lie at least 4 % of the image's width under
 * the edge of the breast or the image.
 */
export const measure = (image: MammogramImage): Measures => {
  const raster = greyOf(image);
  const { width, height } = raster;
  const bright = Uint8Array.from(raster.data, (v) => (v > AIR ? 1 : 0));
  const depth = distanceInside(bright, width, height).data;
  const margin = Math.round(0.04 * width);
  const inner = Uint8Array.from(depth, (d) => (d >= margin ? 1 : 0));
  const slopes: number[] = [];
  const noises: number[] = [];
  const relative: number[] = [];
  for (let y = margin; y + TILE <= height - margin; y += TILE / 2)
    for (let x = margin; x + TILE <= width - margin; x += TILE / 2) {
      const tile = tileAt(raster, depth, x, y, margin);
      if (!tile) continue;
      slopes.push(spectrumSlope(tile));
      const level = mean(tile);
      if (level < NOISE_GREY.low || level > NOISE_GREY.high) continue;
      noises.push(noiseOf(tile));
      relative.push(noiseOf(tile) / level);
    }
  return {
    slope: median(slopes),
    tiles: slopes.length,
    grey: percentiles(raster, inner),
    noise: median(noises),
    relativeNoise: median(relative),
  };
};
