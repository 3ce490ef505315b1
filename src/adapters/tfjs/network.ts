import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { normaliseBlock } from '../../core/features/pool-taps.ts';
import type { PackManifest, Tap } from '../../core/pack/manifest.ts';
import { graphArtifacts } from './graph-artifacts.ts';

/** The pretrained network of a pack, on whichever tfjs backend is current. */
export interface Network {
  /**
   * CNN feature vectors, one a patch, in order: the taps of the manifest, each pooled over its map
   * and, where the manifest says so, scaled to unit length, concatenated. A patch is `size * size`
   * values in [0, 1], row-major. Throws on a patch of another length.
   */
  features(patches: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Runs once on a blank patch, so that shaders and memory are ready before the first lesion. */
  warmUp(): Promise<void>;
  /** Frees the weights. The network must not be used afterwards. */
  dispose(): void;
}

/** Patches in one run of the graph: bounds the memory; a lesion's views are far fewer. */
const MAX_BATCH = 16;

/** [n, h, w, c] (or [n, c] where the graph pools itself) -> [n, c]. */
const pool = (map: tf.Tensor, tap: Tap, n: number): tf.Tensor2D => {
  const channels = tap.shape[2];
  if (tap.pooling === 'none') return tf.reshape(map, [n, channels]);
  const pooled = tap.pooling === 'average' ? tf.mean(map, [1, 2]) : tf.max(map, [1, 2]);
  return tf.reshape(pooled, [n, channels]);
};

/** Scales each block whose tap asks for it to unit length, in place. */
const normaliseBlocks = (vector: Float32Array, taps: readonly Tap[]): void => {
  let start = 0;
  for (const { shape, l2Normalised } of taps) {
    const block = vector.subarray(start, (start += shape[2]));
    if (l2Normalised) normaliseBlock(block);
  }
};

const stack = (patches: readonly Float32Array[], size: number): Float32Array => {
  const stacked = new Float32Array(patches.length * size * size);
  patches.forEach((patch, i) => {
    if (patch.length !== size * size)
      throw new Error(`a patch has ${patch.length} values, the network takes ${size} x ${size}`);
    stacked.set(patch, i * size * size);
  });
  return stacked;
};

const runBatch = async (
  model: GraphModel,
  { backbone, patch: { size } }: PackManifest,
  patches: readonly Float32Array[],
): Promise<Float32Array[]> => {
  const n = patches.length;
  const { input, taps } = backbone;
  const pooled = tf.tidy(() => {
    const x = tf.tensor4d(stack(patches, size), [n, size, size, 1]);
    const outputs = model.execute(
      { [input]: x },
      taps.map((tap) => tap.node),
    );
    const maps = Array.isArray(outputs) ? outputs : [outputs];
    return tf.concat(
      taps.map((tap, i) => pool(maps[i] as tf.Tensor, tap, n)),
      1,
    );
  });
  try {
    const values = (await pooled.data()) as Float32Array;
    const length = values.length / n;
    return patches.map((_, i) => {
      const vector = values.slice(i * length, (i + 1) * length);
      normaliseBlocks(vector, taps);
      return vector;
    });
  } finally {
    pooled.dispose();
  }
};

/**
 * Loads the graph of a pack whose files are already verified (`files` by path inside the pack) on
 * the current tfjs backend. Throws when the graph is not one that tfjs can read.
 */
export const loadNetwork = async (
  manifest: PackManifest,
  files: ReadonlyMap<string, ArrayBuffer>,
): Promise<Network> => {
  const artifacts = await graphArtifacts(files, manifest.backbone.file);
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const features = async (patches: readonly Float32Array[]) => {
    const vectors: Float32Array[] = [];
    for (let i = 0; i < patches.length; i += MAX_BATCH)
      vectors.push(...(await runBatch(model, manifest, patches.slice(i, i + MAX_BATCH))));
    return vectors;
  };
  return {
    features,
    warmUp: async () => {
      await features([new Float32Array(manifest.patch.size ** 2)]);
    },
    dispose: () => model.dispose(),
  };
};
