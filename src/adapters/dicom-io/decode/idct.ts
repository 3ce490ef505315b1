/** cosine[x * 8 + u] = C(u) / 2 * cos((2x + 1) u pi / 16), ITU-T T.81 A.3.3. */
const cosine = Float64Array.from({ length: 64 }, (_, i) => {
  const x = i >> 3;
  const u = i & 7;
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

const half = new Float64Array(64);

/** Inverse DCT along the rows of the block into `half`; rows without coefficients cost nothing. */
const transformRows = (block: Float64Array): void => {
  for (let v = 0; v < 8; v++) {
    const row = v * 8;
    let any = false;
    for (let u = 0; u < 8; u++) any ||= block[row + u] !== 0;
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      if (any)
        for (let u = 0; u < 8; u++)
          sum += (cosine[x * 8 + u] as number) * (block[row + u] as number);
      half[row + x] = sum;
    }
  }
};

/**
 * Inverse DCT of one 8 x 8 block (natural order) and its level-shifted, clamped samples, written at
 * (left, top) of an image of `size`; what lies outside the image is dropped.
 */
export const blockToSamples = (
  block: Float64Array,
  size: { readonly rows: number; readonly columns: number; readonly precision: number },
  out: Uint16Array,
  left: number,
  top: number,
): void => {
  transformRows(block);
  const middle = 2 ** (size.precision - 1);
  const most = 2 ** size.precision - 1;
  const height = Math.min(8, size.rows - top);
  const width = Math.min(8, size.columns - left);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = middle;
      for (let v = 0; v < 8; v++)
        sum += (cosine[y * 8 + v] as number) * (half[v * 8 + x] as number);
      out[(top + y) * size.columns + left + x] = Math.min(Math.max(Math.round(sum), 0), most);
    }
};
