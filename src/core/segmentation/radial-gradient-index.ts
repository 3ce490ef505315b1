import { hypotenuse } from '../units/portable-math.ts';
import { type BitMask, columnBits, countBits, sumPlaces, wordsOf } from './bit-mask.ts';

/** Gradient of a raster, row-major. */
export interface GradientField {
  readonly gx: Float32Array;
  readonly gy: Float32Array;
}

/** Bounding box in cells, upper bounds exclusive. */
export interface Extent {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Region extends Extent {
  /** Centroid in cells, cell centres at whole numbers plus one half. */
  readonly cx: number;
  readonly cy: number;
  readonly area: number;
}

/** Size and place of a mask that is not empty, whose bounding box is known. */
export const describeRegion = ({ wordsAcross, words }: BitMask, extent: Extent): Region => {
  let [area, sx, sy] = [0, 0, 0];
  const [first, end] = wordsOf(extent);
  for (let y = extent.y0; y < extent.y1; y++)
    for (let w = first; w < end; w++) {
      const word = words[y * wordsAcross + w] as number;
      if (word === 0) continue;
      const cells = countBits(word);
      area += cells;
      sx += 32 * w * cells + sumPlaces(word);
      sy += y * cells;
    }
  return { cx: sx / area + 0.5, cy: sy / area + 0.5, area, ...extent };
};

/** Of a word of a mask the cells that lack one of their 4 neighbours. */
const borderOf = ({ wordsAcross, words }: BitMask, y: number, w: number): number => {
  const at = y * wordsAcross + w;
  const word = words[at] as number;
  if (word === 0) return 0;
  const before = w > 0 ? (words[at - 1] as number) >>> 31 : 0;
  const after = w + 1 < wordsAcross ? (words[at + 1] as number) << 31 : 0;
  const above = words[at - wordsAcross] as number;
  const below = words[at + wordsAcross] as number;
  return word & ~(((word << 1) | before) & ((word >>> 1) | after) & above & below);
};

/**
 * Radial gradient index of a mask's outline: the sum over its border cells of the gradient's
 * component towards the centre, over the sum of the gradient's length (Kupinski & Giger, IEEE TMI
 * 17, 1998, eq. 5; here positive for a bright lesion). 1 for a bright disc, about 0 for an outline
 * that follows nothing. Border cells beside cells where `allowed` is 0 (the image's edge) do not
 * count. 0 when no cell counts.
 */
export const radialGradientIndex = (
  mask: BitMask,
  allowed: Uint8Array,
  { gx, gy }: GradientField,
  region: Region,
): number => {
  const { width, height } = mask;
  const { cx, cy, x0, y0, x1, y1 } = region;
  const [first, end] = wordsOf(region);
  const [left, right] = [Math.max(x0, 1), Math.min(x1, width - 1)];
  let [inward, length] = [0, 0];
  for (let y = Math.max(y0, 1); y < Math.min(y1, height - 1); y++)
    for (let w = first; w < end; w++) {
      let border = borderOf(mask, y, w) & columnBits(w, left, right);
      while (border !== 0) {
        const lowest = border & -border;
        border ^= lowest;
        const x = 32 * w + 31 - Math.clz32(lowest);
        const i = y * width + x;
        if (!(allowed[i - 1] && allowed[i + 1] && allowed[i - width] && allowed[i + width]))
          continue;
        const [dx, dy] = [cx - (x + 0.5), cy - (y + 0.5)];
        const distance = hypotenuse(dx, dy);
        if (distance === 0) continue;
        const [a, b] = [gx[i] as number, gy[i] as number];
        inward += (a * dx + b * dy) / distance;
        length += hypotenuse(a, b);
      }
    }
  return length > 0 ? inward / length : 0;
};
