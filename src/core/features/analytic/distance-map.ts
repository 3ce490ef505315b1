/** Larger than any squared distance in a raster that fits in memory. */
const FAR = 1e12;

/** Lower envelope of parabolas along one line of squared distances, in place (Felzenszwalb & Huttenlocher 2012). */
const squaredLine = (
  f: Float64Array,
  n: number,
  v: Int32Array,
  z: Float64Array,
  out: Float64Array,
) => {
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  const cross = (q: number, p: number) =>
    ((f[q] as number) + q * q - (f[p] as number) - p * p) / (2 * q - 2 * p);
  for (let q = 1; q < n; q++) {
    let s = cross(q, v[k] as number);
    while (s <= (z[k] as number)) s = cross(q, v[--k] as number);
    v[++k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while ((z[k + 1] as number) < q) k++;
    const p = v[k] as number;
    out[q] = (q - p) * (q - p) + (f[p] as number);
  }
};

/** Distance in cells of every cell to the nearest cell where `mask` is `wanted` (exact, Euclidean). */
const distanceTo = (mask: Uint8Array, width: number, wanted: 0 | 1): Float64Array => {
  const height = mask.length / width;
  const squared = new Float64Array(mask.length);
  for (let i = 0; i < mask.length; i++) squared[i] = (mask[i] ? 1 : 0) === wanted ? 0 : FAR;
  const longest = Math.max(width, height);
  const [line, out] = [new Float64Array(longest), new Float64Array(longest)];
  const [v, z] = [new Int32Array(longest), new Float64Array(longest + 1)];
  const pass = (start: number, stride: number, count: number) => {
    for (let i = 0; i < count; i++) line[i] = squared[start + i * stride] as number;
    squaredLine(line, count, v, z, out);
    for (let i = 0; i < count; i++) squared[start + i * stride] = out[i] as number;
  };
  for (let x = 0; x < width; x++) pass(x, width, height);
  for (let y = 0; y < height; y++) pass(y * width, 1, width);
  for (let i = 0; i < squared.length; i++) squared[i] = Math.sqrt(squared[i] as number);
  return squared;
};

/** Signed distance in cells to the outline of a mask, half a cell beside it: negative inside. */
export const signedDistance = (mask: Uint8Array, width: number): Float64Array => {
  const out = distanceTo(mask, width, 1);
  const inner = distanceTo(mask, width, 0);
  for (let i = 0; i < out.length; i++)
    out[i] = mask[i] ? 0.5 - (inner[i] as number) : (out[i] as number) - 0.5;
  return out;
};
