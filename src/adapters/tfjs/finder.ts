import * as tf from '@tensorflow/tfjs-core';
import {
  HEAD_CHANNELS,
  mergeMaps,
  mirrorInput,
  type FinderMaps,
} from '../../core/finder/finder-maps.ts';
import { message, type Message } from '../../core/message/message.ts';
import type { Raster } from '../../core/image/resample.ts';
import type { FinderFile } from '../../core/pack/finder-file.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { type HandedOver, handingOver } from '../../workers/protocol.ts';
import { loadExecutor, type Executor } from './executor.ts';

/** The finder's network of a pack, on whichever tfjs backend is current. */
export interface FinderNetwork {
  /**
   * The merged maps (core/finder/finder-maps) of one input: height x width, multiples of 32, grey in
   * [0, 1]. With a mirror, the mean of the view and its mirror image.
   */
  maps(input: Raster): Promise<FinderMaps>;
  /** Frees the weights. The network must not be used afterwards. */
  dispose(): void;
}

const run = async (executor: Executor, { width, height, data }: Raster): Promise<FinderMaps> => {
  const [head, features] = tf.tidy(() =>
    executor.run(tf.tensor4d(data, [1, height, width, 1])),
  ) as [tf.Tensor4D, tf.Tensor4D];
  try {
    const [, rows, columns] = head.shape;
    const [h, f] = await Promise.all([head.data(), features.data()]);
    return { columns, rows, head: h as Float32Array, features: f as Float32Array };
  } finally {
    tf.dispose([head, features]);
  }
};

/** The maps of one input as the network gives them, not merged. */
export type Look = (view: Raster) => Promise<FinderMaps>;

/** Maps as a worker's answer, which gives their memory away. */
export const handingOverMaps = (maps: FinderMaps): HandedOver<FinderMaps> =>
  handingOver(maps, [maps.head.buffer as ArrayBuffer, maps.features.buffer as ArrayBuffer]);

/** Where the finder's graph lies among the files of a pack. */
export interface FinderGraph {
  readonly file: string;
  readonly input: string;
}

/** The finder's graph on the current backend. */
export const loadLook = async (
  { file, input }: FinderGraph,
  files: ReadonlyMap<string, ArrayBuffer>,
): Promise<{ readonly look: Look; readonly dispose: () => void }> => {
  const taps = [{ node: 'head' }, { node: 'features' }];
  const executor = await loadExecutor({ file, input, taps }, files);
  return { look: (view) => run(executor, view), dispose: executor.dispose };
};

/**
 * Looks with `other` once that is there and as long as it answers; before, and from its first failure
 * on, with `own`. `other` never rejects; undefined is one that does not come about.
 */
const lookWith = (other: Promise<Look | undefined>, own: Look): Look => {
  let elsewhere: Look | undefined;
  void other.then((look) => (elsewhere = look));
  return async (view) => {
    if (!elsewhere) return own(view);
    try {
      return await elsewhere(view);
    } catch {
      elsewhere = undefined;
      return own(view);
    }
  };
};

/**
 * Loads the finder's graph (`file` and its shards among verified `files`) on the current backend. With
 * `other`, the same graph in another worker, the mirror image is looked at there at the same time.
 */
export const loadFinder = async (
  { mirror, ...graph }: FinderGraph & { readonly mirror: boolean },
  files: ReadonlyMap<string, ArrayBuffer>,
  other: Promise<Look | undefined> = Promise.resolve(undefined),
): Promise<FinderNetwork> => {
  const { look, dispose } = await loadLook(graph, files);
  const lookAtMirror = lookWith(other, look);
  const maps = async (view: Raster) => {
    if (!mirror) return mergeMaps(await look(view));
    const turned = lookAtMirror(mirrorInput(view));
    const [straight, mirrored] = await Promise.all([look(view), turned]);
    return mergeMaps(straight, mirrored);
  };
  return { maps, dispose };
};

/**
 * Why the finder on this backend is not the one that the pack was made with, by the pack's golden
 * view; undefined where it is. NaN never agrees.
 */
export const finderGoldenProblem = async (
  network: FinderNetwork,
  { seed, size, centre, tolerance }: FinderFile['golden'],
): Promise<Message | undefined> => {
  const { head } = await network.maps({ width: size, height: size, data: goldenPatch(seed, size) });
  const far = centre.findIndex(
    (wanted, i) => !(Math.abs((head[i * HEAD_CHANNELS] as number) - wanted) <= tolerance),
  );
  if (far < 0) return undefined;
  const got = (head[far * HEAD_CHANNELS] as number).toFixed(4);
  return message('golden.finder', { got, cell: far, wanted: centre[far] as number, tolerance });
};
