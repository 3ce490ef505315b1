import type { Tap } from './tap.ts';

/** Average or maximum of each channel of a map [h, w, c], row-major, channel last. */
const poolMap = (map: ArrayLike<number>, tap: Tap, out: Float32Array): void => {
  const [height, width, channels] = tap.shape;
  const pixels = height * width;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = c; i < pixels * channels; i += channels) {
      const v = map[i] as number;
      sum += v;
      if (v > max) max = v;
    }
    out[c] = tap.pooling === 'max' ? max : sum / pixels;
  }
};

/** Scales a block to unit L2 length in place (Antropova 2017); an all-zero block stays zero. */
export const normaliseBlock = (block: Float32Array): void => {
  const length = Math.sqrt(block.reduce((sum, v) => sum + v * v, 0));
  if (length > 0) for (let i = 0; i < block.length; i++) block[i] = (block[i] as number) / length;
};

/** Length of the feature vector that the taps make: the sum of their channels. */
export const featureLength = (taps: readonly Tap[]): number =>
  taps.reduce((sum, tap) => sum + tap.shape[2], 0);

/**
 * The CNN feature vector of one patch: each tap's map ([h, w, c], row-major, channel last) pooled to
 * c values, scaled to unit length where the tap says so, concatenated in order. `pooling: 'none'`
 * takes maps of [1, 1, c] as they are. Does not mutate. Throws when a map has another size.
 */
export const poolTaps = (
  taps: readonly Tap[],
  maps: readonly ArrayLike<number>[],
): Float32Array => {
  const vector = new Float32Array(featureLength(taps));
  let start = 0;
  taps.forEach((tap, t) => {
    const [height, width, channels] = tap.shape;
    const map = maps[t];
    const expected = tap.pooling === 'none' ? channels : height * width * channels;
    if (!map || map.length !== expected)
      throw new Error(`tap ${tap.node} gave ${map?.length ?? 0} values, expected ${expected}`);
    const block = vector.subarray(start, (start += channels));
    if (tap.pooling === 'none') block.set(map);
    else poolMap(map, tap, block);
    if (tap.l2Normalised) normaliseBlock(block);
  });
  return vector;
};
