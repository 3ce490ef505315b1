/** A single-channel float image, row-major. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const createPlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: new Float32Array(width * height),
});

const blurLine = (
  source: Float32Array,
  target: Float32Array,
  offset: number,
  stride: number,
  n: number,
  kernel: Float64Array,
): void => {
  const half = (kernel.length - 1) / 2;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = -half; k <= half; k++) {
      const j = Math.min(Math.max(i + k, 0), n - 1);
      sum += (kernel[k + half] as number) * (source[offset + j * stride] as number);
    }
    target[offset + i * stride] = sum;
  }
};

/** Separable Gaussian blur with edge replication; `sigma` in pixels. Returns a new plane. */
export const gaussianBlur = (plane: Plane, sigma: number): Plane => {
  if (sigma < 0.05) return { ...plane, data: plane.data.slice() };
  const half = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * half + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - half) / sigma) ** 2),
  );
  const total = kernel.reduce((a, b) => a + b, 0);
  for (let i = 0; i < kernel.length; i++) kernel[i] = (kernel[i] as number) / total;
  const { width, height } = plane;
  const rows = new Float32Array(plane.data.length);
  const out = new Float32Array(plane.data.length);
  for (let y = 0; y < height; y++) blurLine(plane.data, rows, y * width, 1, width, kernel);
  for (let x = 0; x < width; x++) blurLine(rows, out, x, width, height, kernel);
  return { width, height, data: out };
};

/** Bilinear resize with aligned outer edges. */
export const resize = (plane: Plane, width: number, height: number): Plane => {
  const out = createPlane(width, height);
  const sx = plane.width / width;
  const sy = plane.height / height;
  for (let y = 0; y < height; y++) {
    const v = Math.min(Math.max((y + 0.5) * sy - 0.5, 0), plane.height - 1);
    const y0 = Math.floor(v);
    const y1 = Math.min(y0 + 1, plane.height - 1);
    for (let x = 0; x < width; x++) {
      const u = Math.min(Math.max((x + 0.5) * sx - 0.5, 0), plane.width - 1);
      const x0 = Math.floor(u);
      const x1 = Math.min(x0 + 1, plane.width - 1);
      const fx = u - x0;
      const top =
        (plane.data[y0 * plane.width + x0] as number) * (1 - fx) +
        (plane.data[y0 * plane.width + x1] as number) * fx;
      const bottom =
        (plane.data[y1 * plane.width + x0] as number) * (1 - fx) +
        (plane.data[y1 * plane.width + x1] as number) * fx;
      out.data[y * width + x] = top + (v - y0) * (bottom - top);
    }
  }
  return out;
};

/** Blur of a large sigma at a quarter of the cost or less: shrink, blur, enlarge. */
export const broadBlur = (plane: Plane, sigma: number): Plane => {
  const factor = Math.max(1, Math.floor(sigma / 3));
  if (factor === 1) return gaussianBlur(plane, sigma);
  const small = resize(
    gaussianBlur(plane, factor / 2),
    Math.max(1, Math.round(plane.width / factor)),
    Math.max(1, Math.round(plane.height / factor)),
  );
  return resize(gaussianBlur(small, sigma / factor), plane.width, plane.height);
};

const nearestAlong = (f: Float64Array, n: number, out: Float64Array): void => {
  const v = new Int32Array(n);
  const z = new Float64Array(n + 1);
  let k = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  const cut = (q: number, p: number) =>
    ((f[q] as number) + q * q - ((f[p] as number) + p * p)) / (2 * q - 2 * p);
  for (let q = 1; q < n; q++) {
    let s = cut(q, v[k] as number);
    while (s <= (z[k] as number)) s = cut(q, v[--k] as number);
    v[++k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while ((z[k + 1] as number) < q) k++;
    const p = v[k] as number;
    out[q] = (q - p) ** 2 + (f[p] as number);
  }
};

/** Euclidean distance in pixels to the nearest 0 of `mask` (Felzenszwalb & Huttenlocher 2012). */
export const distanceInside = (mask: Uint8Array, width: number, height: number): Plane => {
  const far = 1e10;
  const plane = createPlane(width, height);
  const column = new Float64Array(height);
  const row = new Float64Array(width);
  const result = new Float64Array(Math.max(width, height));
  const squares = new Float64Array(width * height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = mask[y * width + x] ? far : 0;
    nearestAlong(column, height, result);
    for (let y = 0; y < height; y++) squares[y * width + x] = result[y] as number;
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) row[x] = squares[y * width + x] as number;
    nearestAlong(row, width, result);
    for (let x = 0; x < width; x++)
      plane.data[y * width + x] = Math.min(Math.sqrt(result[x] as number), 1e5);
  }
  return plane;
};
