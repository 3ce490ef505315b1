/** Larger than any distance in a raster that fits in memory. */
const FAR = 1e6;

/**
 * Lower envelope of the parabolas over one line of squared distances, to `out` from `at` on
 * (Felzenszwalb & Huttenlocher 2012).
 */
const squaredLine = (
  f: Float64Array,
  v: Int32Array,
  z: Float64Array,
  out: Float64Array,
  at: number,
): void => {
  const n = f.length;
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  for (let q = 1; q < n; q++) {
    let p = v[k] as number;
    let s = ((f[q] as number) + q * q - (f[p] as number) - p * p) / (2 * q - 2 * p);
    while (s <= (z[k] as number)) {
      p = v[--k] as number;
      s = ((f[q] as number) + q * q - (f[p] as number) - p * p) / (2 * q - 2 * p);
    }
    v[++k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while ((z[k + 1] as number) < q) k++;
    const p = v[k] as number;
    out[at + q] = (q - p) * (q - p) + (f[p] as number);
  }
};

/** Cells to the nearest one of the same column where `mask` is `wanted`; FAR where there is none. */
const distanceInColumn = (mask: Uint8Array, width: number, wanted: 0 | 1): Float64Array => {
  const distance = new Float64Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    const above = i < width ? FAR : (distance[i - width] as number) + 1;
    distance[i] = (mask[i] ? 1 : 0) === wanted ? 0 : Math.min(above, FAR);
  }
  for (let i = mask.length - width - 1; i >= 0; i--)
    distance[i] = Math.min(distance[i] as number, (distance[i + width] as number) + 1);
  return distance;
};

/** Distance in cells of every cell to the nearest cell where `mask` is `wanted` (exact, Euclidean). */
const distanceTo = (mask: Uint8Array, width: number, wanted: 0 | 1): Float64Array => {
  const distance = distanceInColumn(mask, width, wanted);
  const line = new Float64Array(width);
  const [v, z] = [new Int32Array(width), new Float64Array(width + 1)];
  for (let row = 0; row < mask.length; row += width) {
    for (let x = 0; x < width; x++) {
      const d = distance[row + x] as number;
      line[x] = d * d;
    }
    squaredLine(line, v, z, distance, row);
  }
  for (let i = 0; i < distance.length; i++) distance[i] = Math.sqrt(distance[i] as number);
  return distance;
};

/** Signed distance in cells to the outline of a mask, half a cell beside it: negative inside. */
export const signedDistance = (mask: Uint8Array, width: number): Float64Array => {
  const out = distanceTo(mask, width, 1);
  const inner = distanceTo(mask, width, 0);
  for (let i = 0; i < out.length; i++)
    out[i] = mask[i] ? 0.5 - (inner[i] as number) : (out[i] as number) - 0.5;
  return out;
};
