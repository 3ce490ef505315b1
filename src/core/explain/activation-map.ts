import type { Tap } from '../features/tap.ts';

/** Which parts of a patch speak for malignancy: positive towards malignant, in units of the score. */
export interface ActivationMap {
  readonly rows: number;
  readonly columns: number;
  /** Row-major, rows * columns. */
  readonly values: Float32Array;
}

interface Block {
  readonly tap: Tap;
  /** Gradient of the decision value with respect to this block of the feature vector. */
  readonly gradient: Float64Array;
}

/** Pooled values of a block before any scaling to unit length, and where each maximum lies. */
const poolBlock = (map: ArrayLike<number>, { shape, pooling }: Tap) => {
  const [height, width, channels] = shape;
  const pixels = height * width;
  const pooled = new Float64Array(channels);
  const at = new Int32Array(channels);
  for (let c = 0; c < channels; c++) {
    let [sum, max] = [0, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < pixels; i++) {
      const v = map[i * channels + c] as number;
      sum += v;
      if (v > max) [max, at[c]] = [v, i];
    }
    pooled[c] = pooling === 'max' ? max : sum / pixels;
  }
  return { pooled, at };
};

/** The gradient with respect to the block before it was scaled to unit length (chain rule). */
const beforeNorm = (gradient: Float64Array, pooled: Float64Array): Float64Array => {
  const length = Math.hypot(...pooled);
  if (length === 0) return gradient;
  const along = gradient.reduce((sum, g, c) => sum + g * ((pooled[c] as number) / length), 0);
  return gradient.map((g, c) => (g - along * ((pooled[c] as number) / length)) / length);
};

const addBlock = (values: Float32Array, map: ArrayLike<number>, { tap, gradient }: Block): void => {
  const channels = tap.shape[2];
  const pixels = values.length;
  const { pooled, at } = poolBlock(map, tap);
  const weights = tap.l2Normalised ? beforeNorm(gradient, pooled) : gradient;
  for (let c = 0; c < channels; c++) {
    const weight = weights[c] as number;
    if (tap.pooling === 'max') {
      const i = at[c] as number;
      values[i] = (values[i] as number) + weight * (pooled[c] as number);
      continue;
    }
    for (let i = 0; i < pixels; i++)
      values[i] = (values[i] as number) + (weight * (map[i * channels + c] as number)) / pixels;
  }
};

/**
 * Class-activation map of one patch (Zhou et al., CVPR 2016, with the SVM in the place of the last
 * layer): the maps of the activation tap, each weighted by the gradient of the decision value with
 * respect to its pooled value. `map` is that tap's [h, w, c], row-major, channel last; `gradient`
 * that of the whole feature vector. All taps on the same node count. For a linear SVM the values sum
 * to what these blocks add to the decision value (of raw features, before centring). Undefined where
 * the tap has no spatial extent.
 */
export const activationMap = (
  taps: readonly Tap[],
  activationTap: number,
  gradient: Float64Array,
  map: ArrayLike<number>,
): ActivationMap | undefined => {
  const wanted = taps[activationTap];
  if (!wanted || wanted.pooling === 'none') return undefined;
  const [rows, columns] = wanted.shape;
  const values = new Float32Array(rows * columns);
  let start = 0;
  for (const tap of taps) {
    const end = start + tap.shape[2];
    if (tap.node === wanted.node)
      addBlock(values, map, { tap, gradient: gradient.subarray(start, end) });
    start = end;
  }
  return { rows, columns, values };
};
