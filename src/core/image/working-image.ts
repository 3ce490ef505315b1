import { breastMask } from './breast-mask.ts';
import { breastBox } from './breast-shape.ts';
import { countStored, type StoredCounts } from './brightness-levels.ts';
import type { MammogramImage } from './mammogram-image.ts';
import { resampleRows, type Raster } from './resample.ts';
import { workingRows } from './working-grey.ts';

/**
 * How an image is brought to the resolution and grey scale the networks were trained at. Part of
 * the pack's manifest, because a score is only valid under the rule it was trained with.
 */
export interface WorkingRule {
  /** Target pixel pitch where spacing is known, mm. */
  readonly mmPerPixel: number;
  /** Image height that stands in for it where spacing is unknown (the training archive's), pixels. */
  readonly rowsWithoutSpacing: number;
  /** Percentiles of breast tissue that map to 0 and 1. */
  readonly lowPercentile: number;
  readonly highPercentile: number;
}

/**
 * The image at working resolution, square pixels, grey scaled by breast-tissue percentiles of the
 * whole image and clamped to [0, 1]. One working pixel is `columnsPerPixel` x `rowsPerPixel` stored
 * pixels.
 */
export interface WorkingImage extends Raster {
  readonly columnsPerPixel: number;
  readonly rowsPerPixel: number;
  /** Pitch of a working pixel in mm, where spacing is known. */
  readonly mmPerPixel?: number;
  /** 1 where breast, row-major, same shape as data. */
  readonly breast: Uint8Array;
}

/** Spread of tissue grey (working grey) below which an image counts as empty. */
const LEAST_CONTRAST = 1 / 1024;

/** Values at percentiles (0-100) of the values where mask is 1, by a 4,096-bin histogram over [0, 1]. */
export const maskedPercentiles = <const Q extends readonly number[]>(
  data: Float32Array,
  mask: Uint8Array,
  percentiles: Q,
): { readonly [K in keyof Q]: number } => {
  const bins = 4096;
  const histogram = new Uint32Array(bins);
  let total = 0;
  for (let i = 0; i < data.length; i++) {
    if (!mask[i]) continue;
    const bin = Math.min(Math.max(Math.floor((data[i] as number) * bins), 0), bins - 1);
    histogram[bin] = (histogram[bin] as number) + 1;
    total++;
  }
  const valueAt = (q: number): number => {
    const wanted = (q / 100) * total;
    let seen = 0;
    for (let i = 0; i < bins; i++) {
      const here = histogram[i] as number;
      if (seen + here >= wanted && here > 0) return (i + (wanted - seen) / here) / bins;
      seen += here;
    }
    return 1;
  };
  return percentiles.map(valueAt) as { readonly [K in keyof Q]: number };
};

/**
 * Size of the working image: square pixels of the rule's pitch, but never finer than the stored
 * columns. Rows are stretched where a stored pixel is taller than wide.
 */
export const workingSize = (image: MammogramImage, rule: WorkingRule) => {
  const heightInColumns = image.rows * image.pixelAspect;
  const wanted = image.spacing
    ? rule.mmPerPixel / image.spacing.column
    : heightInColumns / rule.rowsWithoutSpacing;
  const pitch = Math.max(wanted, 1);
  return {
    width: Math.max(1, Math.round(image.columns / pitch)),
    height: Math.max(1, Math.round(heightInColumns / pitch)),
  };
};

const bringToRule = (
  image: MammogramImage,
  rule: WorkingRule,
  stored: StoredCounts,
): WorkingImage => {
  const { width, height } = workingSize(image, rule);
  const addRows = workingRows(image, stored);
  const { data } = resampleRows(addRows, image.columns, image.rows, width, height);
  const breast = breastMask({ width, height, data });
  const { lowPercentile, highPercentile } = rule;
  const [low, high] = maskedPercentiles(data, breast, [lowPercentile, highPercentile]);
  const span = high - low > LEAST_CONTRAST ? high - low : Number.POSITIVE_INFINITY;
  for (let i = 0; i < data.length; i++)
    data[i] = Math.min(Math.max(((data[i] as number) - low) / span, 0), 1);
  const columnsPerPixel = image.columns / width;
  return {
    width,
    height,
    data,
    breast,
    columnsPerPixel,
    rowsPerPixel: image.rows / height,
    ...(image.spacing ? { mmPerPixel: image.spacing.column * columnsPerPixel } : {}),
  };
};

/** Longer side of a compressed breast, mm: far below the smallest, and above any detector's. */
const BREAST_MM = { least: 50, most: 400 };

/** Whether a spacing (mm a column) gives the breast of a working image a size that breasts have. */
const isBreastSized = ({ width, height, breast }: WorkingImage, mmPerPixel: number): boolean => {
  const box = breastBox({ width, height, breast }, width, height);
  const mm = Math.max(box.width, box.height) * mmPerPixel;
  return mm >= BREAST_MM.least && mm <= BREAST_MM.most;
};

/** The image without its spacing, as if the file had named none; the pixels keep their shape. */
export const withoutSpacing = (image: MammogramImage): MammogramImage => {
  const { spacing: _s, spacingSource: _o, spacingCalibration: _c, ...rest } = image;
  return { ...rest, impossibleSpacing: true };
};

/**
 * Brings a mammogram to working resolution and grey (see WorkingRule). Reads stored values only;
 * does not mutate. Images without tissue contrast come back all 0. A spacing that gives the breast a
 * size no breast has is not believed: the working image is that of an image without spacing. `stored` are
 * the counts of the image's values.
 */
export const toWorkingImage = (
  image: MammogramImage,
  rule: WorkingRule,
  stored: StoredCounts = countStored(image),
): WorkingImage => {
  const working = bringToRule(image, rule, stored);
  const { mmPerPixel } = working;
  return mmPerPixel === undefined || isBreastSized(working, mmPerPixel)
    ? working
    : bringToRule(withoutSpacing(image), rule, stored);
};
