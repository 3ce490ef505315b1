import type { Raster } from './resample.ts';

const BINS = 256;

const histogramOf = (values: Float32Array): Float64Array => {
  const histogram = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(Math.max(Math.floor((values[i] as number) * BINS), 0), BINS - 1);
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return histogram;
};

/** The bin that Otsu's cut lies below: the cut of largest between-class variance (Otsu 1979). */
const otsuBin = (histogram: Float64Array, count: number): number => {
  let total = 0;
  for (let i = 0; i < BINS; i++) total += i * (histogram[i] as number);
  let below = 0;
  let sumBelow = 0;
  let best = -1;
  let cut = 0;
  for (let i = 0; i < BINS - 1; i++) {
    below += histogram[i] as number;
    sumBelow += i * (histogram[i] as number);
    const above = count - below;
    if (below === 0 || above === 0) continue;
    const gap = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * gap * gap;
    if (between > best) {
      best = between;
      cut = i + 1;
    }
  }
  return cut;
};

/** Otsu's threshold over [0, 1] values in 256 bins. */
export const otsuThreshold = (values: Float32Array): number =>
  otsuBin(histogramOf(values), values.length) / BINS;

/**
 * Air that is not black itself: it fills this share of the picture within so many bins of its mode, and
 * hardly anything lies between black and it.
 */
const AIR = { share: 0.15, halfWidth: 2, darker: 0.05 };

/**
 * Grey of air, where something still darker occurs (a border, a defect, an offset of the detector): the
 * fullest bins below the cut, if next to nothing but black itself is darker. Else 0.
 */
const airLevel = (histogram: Float64Array, cut: number, count: number): number => {
  const below = histogram.subarray(0, cut);
  const mode = below.indexOf(below.reduce((a, b) => Math.max(a, b), 0));
  const sum = (from: number, to: number) =>
    histogram.subarray(Math.max(from, 0), to).reduce((a, b) => a + b, 0);
  const peak = sum(mode - AIR.halfWidth, mode + AIR.halfWidth + 1);
  const isAir =
    mode > AIR.halfWidth &&
    peak >= AIR.share * count &&
    sum(1, mode - AIR.halfWidth) <= AIR.darker * count;
  return isAir ? mode / BINS : 0;
};

/** The first run of a region, by any of its runs. */
const firstOf = (joined: Int32Array, run: number): number => {
  let first = run;
  while ((joined[first] as number) !== first) {
    joined[first] = joined[joined[first] as number] as number;
    first = joined[first] as number;
  }
  return first;
};

/**
 * The largest 4-connected region above a threshold: 1 inside, same shape as the raster. Of several as large,
 * the one that begins first, row by row. Undefined where nothing is above it. Regions are joined by their
 * runs along the rows, of which a breast has one or two a row.
 */
const largestAbove = (
  { width, height, data }: Raster,
  threshold: number,
): Uint8Array | undefined => {
  const most = Math.ceil(width / 2) * height;
  const [from, to, joined] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let runs = 0;
  let upper = 0;
  for (let y = 0; y < height; y++) {
    const first = runs;
    const end = (y + 1) * width;
    for (let x = y * width; x < end; x++) {
      if (!((data[x] as number) > threshold)) continue;
      const begin = x;
      while (x < end && (data[x] as number) > threshold) x++;
      from[runs] = begin;
      to[runs] = x;
      joined[runs] = runs;
      while (upper < first && (to[upper] as number) + width <= begin) upper++;
      for (let k = upper; k < first && (from[k] as number) + width < x; k++) {
        const [a, b] = [firstOf(joined, k), firstOf(joined, runs)];
        joined[Math.max(a, b)] = Math.min(a, b);
      }
      runs++;
    }
    upper = first;
  }
  if (runs === 0) return undefined;
  const sizes = new Int32Array(runs);
  for (let k = 0; k < runs; k++) {
    const first = firstOf(joined, k);
    sizes[first] = (sizes[first] as number) + (to[k] as number) - (from[k] as number);
  }
  const largest = sizes.indexOf(sizes.reduce((a, b) => Math.max(a, b)));
  const region = new Uint8Array(width * height);
  for (let k = 0; k < runs; k++) if (firstOf(joined, k) === largest) region.fill(1, from[k], to[k]);
  return region;
};

/**
 * The breast: the largest bright connected region of an image whose air is dark (working grey in
 * [0, 1]). 1 inside, 0 outside, same shape as the raster. The threshold lies a third of the way from
 * air to Otsu's: Otsu alone splits fat from dense tissue on many films. Film labels fall away as
 * smaller components.
 */
export const breastMask = (raster: Raster): Uint8Array => {
  const { data } = raster;
  const histogram = histogramOf(data);
  const cut = otsuBin(histogram, data.length);
  const air = airLevel(histogram, cut, data.length);
  const threshold = air + Math.max((cut / BINS - air) / 3, 0.02);
  return largestAbove(raster, threshold) ?? new Uint8Array(data.length).fill(1);
};
