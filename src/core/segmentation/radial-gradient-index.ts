import { hypotenuse } from '../units/portable-math.ts';

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
export const describeRegion = (mask: Uint8Array, width: number, extent: Extent): Region => {
  let [area, sx, sy] = [0, 0, 0];
  const { x0, y0, x1, y1 } = extent;
  for (let y = y0; y < y1; y++)
    for (let x = x0, i = y * width + x0; x < x1; x++, i++) {
      if (!mask[i]) continue;
      area++;
      sx += x;
      sy += y;
    }
  return { cx: sx / area + 0.5, cy: sy / area + 0.5, area, x0, y0, x1, y1 };
};

/**
 * Radial gradient index of a mask's outline: the sum over its border cells of the gradient's
 * component towards the centre, over the sum of the gradient's length (Kupinski & Giger, IEEE TMI
 * 17, 1998, eq. 5; here positive for a bright lesion). 1 for a bright disc, about 0 for an outline
 * that follows nothing. Border cells beside cells where `allowed` is 0 (the image's edge) do not
 * count. 0 when no cell counts.
 */
export const radialGradientIndex = (
  mask: Uint8Array,
  allowed: Uint8Array,
  width: number,
  { gx, gy }: GradientField,
  { cx, cy, x0, y0, x1, y1 }: Region,
): number => {
  const height = mask.length / width;
  let [inward, length] = [0, 0];
  for (let y = Math.max(y0, 1); y < Math.min(y1, height - 1); y++)
    for (let x = Math.max(x0, 1); x < Math.min(x1, width - 1); x++) {
      const i = y * width + x;
      if (!mask[i]) continue;
      const [l, r, u, d] = [i - 1, i + 1, i - width, i + width];
      if (mask[l] && mask[r] && mask[u] && mask[d]) continue;
      if (!(allowed[l] && allowed[r] && allowed[u] && allowed[d])) continue;
      const [dx, dy] = [cx - (x + 0.5), cy - (y + 0.5)];
      const distance = hypotenuse(dx, dy);
      if (distance === 0) continue;
      const [a, b] = [gx[i] as number, gy[i] as number];
      inward += (a * dx + b * dy) / distance;
      length += hypotenuse(a, b);
    }
  return length > 0 ? inward / length : 0;
};
