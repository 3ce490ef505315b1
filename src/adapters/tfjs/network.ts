import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { normaliseBlock } from '../../core/features/pool-taps.ts';
import type { PackManifest } from '../../core/pack/manifest.ts';
import { shortened } from '../../core/message/shortened.ts';
import { type Executor, loadExecutor } from './executor.ts';
import { replayedRows, tfjsRows } from './replayed-rows.ts';
import type { Tap } from '../../core/features/tap.ts';

/** What the network gives for one patch. */
export interface PatchAnswer {
  /** The CNN feature vector. */
  readonly features: Float32Array;
  /** The map of the manifest's activation tap, [h, w, c] row-major; empty where it has none. */
  readonly map: Float32Array;
}

/** The pretrained network of a pack, on whichever tfjs backend is current. */
export interface Network {
  /**
   * CNN feature vectors, one a patch, in order: the taps of the manifest, each pooled over its map
   * and, where the manifest says so, scaled to unit length, concatenated. A patch is `size * size`
   * values in [0, 1], row-major. Throws on a patch of another length.
   */
  features(patches: readonly Float32Array[]): Promise<Float32Array[]>;
  /** The same with the maps that explain a score; still one run and one readback. */
  answers(patches: readonly Float32Array[]): Promise<PatchAnswer[]>;
  /** Runs once on a blank patch, so that shaders and memory are ready before the first lesion. */
  warmUp(): Promise<void>;
  /** Frees the weights. The network must not be used afterwards. */
  dispose(): void;
}

/** Patches in one run of the graph: bounds the memory; a lesion's views are far fewer. */
const MAX_BATCH = 16;
/** Characters of a message of tfjs that are passed on: it may quote the file. */
const LONGEST_REASON = 300;

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

/** Values of the activation tap's map, after the features in each row of what is read back. */
const mapLength = ({ backbone: { taps, activationTap } }: PackManifest): number => {
  const tap = activationTap === undefined ? undefined : taps[activationTap];
  return tap ? tap.shape[0] * tap.shape[1] * tap.shape[2] : 0;
};

/** One row a patch of `x` [n, size, size, 1]: the pooled taps, then (`withMap`) the activation tap's whole map. */
const rowsOf = (
  executor: Executor,
  { backbone: { taps, activationTap = 0 } }: PackManifest,
  x: tf.Tensor4D,
  withMap: boolean,
): tf.Tensor => {
  const [n] = x.shape;
  const maps = executor.run(x);
  const pooled = taps.map((tap, i) => pool(maps[i] as tf.Tensor, tap, n));
  const map = withMap ? [tf.reshape(maps[activationTap] as tf.Tensor, [n, -1])] : [];
  return tf.concat([...pooled, ...map] as tf.Tensor2D[], 1);
};

const answersOf = (
  rows: Float32Array,
  { backbone: { taps } }: PackManifest,
  { n, map }: { readonly n: number; readonly map: number },
): PatchAnswer[] => {
  const length = rows.length / n;
  return Array.from({ length: n }, (_, i) => {
    const row = rows.slice(i * length, (i + 1) * length);
    const features = row.subarray(0, length - map);
    normaliseBlocks(features, taps);
    return { features, map: row.subarray(length - map) };
  });
};

/** What tfjs throws about a graph does not say which file it came from. */
const blame = async <T>(file: string, doing: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} ${doing}: ${shortened(reason, LONGEST_REASON)}`, { cause: error });
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
  const { file } = manifest.backbone;
  const executor = await blame(file, 'is not a network that can be loaded', () =>
    loadExecutor(manifest.backbone, files),
  );
  const { size } = manifest.patch;
  const map = mapLength(manifest);
  const graph = (x: tf.Tensor4D) => rowsOf(executor, manifest, x, map > 0);
  const byTfjs = tfjsRows(size, graph);
  const rows =
    tf.getBackend() === 'webgpu'
      ? replayedRows(tf.backend() as WebGPUBackend, size, graph, byTfjs)
      : byTfjs;
  const answers = async (patches: readonly Float32Array[]) => {
    const all: PatchAnswer[] = [];
    for (let i = 0; i < patches.length; i += MAX_BATCH) {
      const some = patches.slice(i, i + MAX_BATCH);
      const n = some.length;
      all.push(...answersOf(await rows.of(stack(some, size), n), manifest, { n, map }));
    }
    return all;
  };
  const features = async (patches: readonly Float32Array[]) =>
    (await answers(patches)).map((answer) => answer.features);
  return {
    features,
    answers,
    warmUp: async () => {
      const blank = new Float32Array(manifest.patch.size ** 2);
      await blame(file, 'holds a network that did not run', () => features([blank]));
    },
    dispose: () => {
      rows.dispose();
      executor.dispose();
    },
  };
};
