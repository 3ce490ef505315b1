import type { Projection } from './project.ts';
import { broadBlur, createPlane, gaussianBlur } from './raster.ts';
import type { Plane } from './raster.ts';
import type { Random } from './random.ts';
import { MU } from './tissue.ts';

export interface DetectorOptions {
  /** Pixel size in mm. */
  readonly pixel: number;
  /** Mean photons a pixel of 0.1 mm without a breast. */
  readonly openBeam: number;
  /** Scatter-to-primary ratio behind the grid. */
  readonly scatter: number;
}

export const DETECTOR: DetectorOptions = { pixel: 0.1, openBeam: 75_000, scatter: 0.14 };

/**
 * Raw exposure: Beer-Lambert attenuation, scatter as a broad blur of the primary beam, focal spot
 * and detector blur, quantum noise. Photons a pixel.
 */
const expose = (projection: Projection, random: Random, options: DetectorOptions): Plane => {
  const { thickness, excess } = projection;
  const open = options.openBeam * (options.pixel / 0.1) ** 2;
  const primary = createPlane(thickness.width, thickness.height);
  for (let i = 0; i < primary.data.length; i++)
    primary.data[i] =
      open * Math.exp(-MU.fat * (thickness.data[i] as number) - (excess.data[i] as number));
  const sharp = gaussianBlur(primary, 0.075 / options.pixel);
  // What crossed no breast does not scatter.
  const scattered = createPlane(primary.width, primary.height);
  for (let i = 0; i < scattered.data.length; i++)
    if ((thickness.data[i] as number) > 0)
      scattered.data[i] = Math.min(primary.data[i] as number, 0.15 * open);
  const scatter = broadBlur(scattered, 8 / options.pixel);
  const out = createPlane(primary.width, primary.height);
  for (let i = 0; i < out.data.length; i++) {
    const mean = (sharp.data[i] as number) + options.scatter * (scatter.data[i] as number);
    out.data[i] = Math.max(mean + Math.sqrt(mean) * random.normal(), 1);
  }
  // The scintillator spreads light after the quanta were counted, so noise is blurred a little.
  return gaussianBlur(out, 0.045 / options.pixel);
};

/**
 * Share of the fall in thickness at the rim that the presentation makes up for, down to about a
 * third of the thickness; the last millimetres fade to black.
 */
const EQUALISED = 0.95;

/**
 * Presentation value of white. The samples are stored as 12 bits; finer steps than these would only
 * store noise (a standard deviation of 5 steps and more) and take the demo over its 15 MB.
 */
export const WHITE = 680;

/** Largest correction of the unsharp mask, in units of the log exposure. */
const SEAM = 0.1;

/**
 * Exposure to presentation values of 12 bits: logarithm, thickness equalisation at the rim, mild
 * unsharp masking, sigmoid. Air is exactly 0, breast at least 1.
 */
const present = (photons: Plane, projection: Projection, options: DetectorOptions): Uint16Array => {
  const { thickness, depth } = projection;
  const open = options.openBeam * (options.pixel / 0.1) ** 2 * (1 + options.scatter * 0.15);
  let most = 0;
  for (const t of thickness.data) most = Math.max(most, t);
  const density = createPlane(photons.width, photons.height);
  for (let i = 0; i < density.data.length; i++) {
    const t = thickness.data[i] as number;
    const missing = EQUALISED * (most - Math.max(t, 0.38 * most));
    density.data[i] = Math.log(open / (photons.data[i] as number)) - MU.fat * (most - missing);
    if (t <= 0) density.data[i] = 0;
  }
  const soft = broadBlur(density, 1.3 / options.pixel);
  const out = new Uint16Array(density.data.length);
  for (let i = 0; i < out.length; i++) {
    if ((depth.data[i] as number) <= 0) continue;
    const value = density.data[i] as number;
    // Bounded, so that no dark seam runs along the muscle or a dense mass.
    const edge = Math.tanh((value - (soft.data[i] as number)) / SEAM) * SEAM;
    const grey = 1 / (1 + Math.exp((-4 * (value + 0.9 * edge - 0.68)) / 1.15));
    out[i] = Math.min(Math.max(Math.round(grey * WHITE), 1), WHITE);
  }
  return out;
};

/** The processed image, row-major, chest wall at the left edge. */
export const detect = (
  projection: Projection,
  random: Random,
  options: DetectorOptions,
): Uint16Array => present(expose(projection, random, options), projection, options);
