import { breastBox } from '../image/breast-shape.ts';
import { pixelDigest } from '../image/pixel-identity.ts';
import { resample, type Raster } from '../image/resample.ts';
import type { WorkingImage } from '../image/working-image.ts';

/** How a working image becomes the finder's input. Part of the pack's finder.json. */
export interface FinderRule {
  /** Pitch of an input pixel where spacing is known, mm. */
  readonly mmPerPixel: number;
  /** Height of the whole image in input pixels where spacing is unknown (the training archive's). */
  readonly rowsWithoutSpacing: number;
  /** The largest input, pixels; a breast that does not fit is shrunk until it does. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Air left around the breast, input pixels. */
  readonly margin: number;
  /** Both sides of the input are multiples of this: the network's coarsest stride. */
  readonly stride: number;
}

/**
 * The finder's input: the part of the image that holds the breast, row-major (height x width), grey
 * in [0, 1] as in the working image, 0 beyond the image. Input pixel (x, y), outer corner (0, 0),
 * lies at stored (`left` + x * `columnsPerPixel`, `top` + y * `rowsPerPixel`).
 */
export interface FinderInput extends Raster {
  readonly left: number;
  readonly top: number;
  readonly columnsPerPixel: number;
  readonly rowsPerPixel: number;
  /** Pitch of an input pixel in mm, where spacing is known. */
  readonly mmPerPixel?: number;
}

/** Working pixels an input pixel: of the rule's pitch, coarser where the breast would not fit. */
const coarseness = (
  image: WorkingImage,
  box: { readonly width: number; readonly height: number },
  rule: FinderRule,
): number => {
  const wanted = image.mmPerPixel
    ? rule.mmPerPixel / image.mmPerPixel
    : image.height / rule.rowsWithoutSpacing;
  const room = (side: number) => Math.max(side - 2 * rule.margin, 1);
  return Math.max(wanted, box.width / room(rule.maxWidth), box.height / room(rule.maxHeight));
};

/** Start and length of the window along one axis: around the breast, inside the image where it can be. */
const windowAlong = (
  from: number,
  size: number,
  whole: number,
  most: number,
  { margin, stride }: FinderRule,
) => {
  const first = Math.max(Math.floor(from - margin), 0);
  const last = Math.min(Math.ceil(from + size + margin), whole);
  const length = Math.min(Math.ceil((last - first) / stride) * stride, most);
  const slack = length - (last - first);
  const start = Math.min(Math.max(first - Math.floor(slack / 2), 0), Math.max(whole - length, 0));
  return { start, length };
};

/**
 * Cuts the finder's input from a working image: area-averaged to the rule's pitch, cropped to the
 * breast with its margin. Does not mutate. An image without a breast mask gives the whole image.
 */
export const finderInput = (image: WorkingImage, rule: FinderRule): FinderInput => {
  const box = breastBox(image, image.width, image.height);
  const k = coarseness(image, box, rule);
  const columns = Math.max(1, Math.round(image.width / k));
  const rows = Math.max(1, Math.round(image.height / k));
  const whole = resample(image, columns, rows);
  const [kx, ky] = [image.width / columns, image.height / rows];
  const across = windowAlong(box.x / kx, box.width / kx, columns, rule.maxWidth, rule);
  const down = windowAlong(box.y / ky, box.height / ky, rows, rule.maxHeight, rule);
  const data = new Float32Array(across.length * down.length);
  for (let y = 0; y < Math.min(down.length, rows - down.start); y++) {
    const from = (down.start + y) * columns + across.start;
    const width = Math.min(across.length, columns - across.start);
    data.set(whole.data.subarray(from, from + width), y * across.length);
  }
  const columnsPerPixel = image.columnsPerPixel * kx;
  const rowsPerPixel = image.rowsPerPixel * ky;
  return {
    width: across.length,
    height: down.length,
    data,
    left: across.start * columnsPerPixel,
    top: down.start * rowsPerPixel,
    columnsPerPixel,
    rowsPerPixel,
    ...(image.mmPerPixel && { mmPerPixel: image.mmPerPixel * kx }),
  };
};

/** Tells an input from every other: by its values, and where and at what pitch they lie. */
export const finderInputKey = ({ data, width, height, ...place }: FinderInput): string => {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const { left, top, columnsPerPixel, rowsPerPixel, mmPerPixel = '' } = place;
  return [
    pixelDigest({ columns: width, rows: height, pixels: bits }),
    ...[width, height, left, top, columnsPerPixel, rowsPerPixel, mmPerPixel],
  ].join(' ');
};
