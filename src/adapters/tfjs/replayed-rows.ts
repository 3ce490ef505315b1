import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type Tensor, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { type Recording, recordRun } from './record-run.ts';
import { sameValues } from './same-values.ts';

/** A network's rows for `n` patches, which lie one after the other in `stacked`; [n, length] row-major. */
export interface Rows {
  of(stacked: Float32Array, n: number): Promise<Float32Array>;
  dispose(): void;
}

/** The part of a network that runs on tfjs: [n, size, size, 1] -> [n, length]. Called inside `tidy`. */
type Graph = (x: Tensor4D) => Tensor;

/** Rows by tfjs, on whichever backend is current. */
export const tfjsRows = (size: number, graph: Graph): Rows => ({
  of: async (stacked, n) => {
    const read = tidy(() => graph(tensor4d(stacked, [n, size, size, 1])));
    try {
      return (await read.data()) as Float32Array;
    } finally {
      read.dispose();
    }
  },
  dispose: () => undefined,
});

/** More patches in one run are not recorded: a recording keeps the memory of its maps. */
const MOST_RECORDED = 4;

/**
 * A run that takes longer is not recorded, ms: there the kernels are what takes long, as where a processor
 * plays the graphics card, and trying the recording would take as long again.
 */
const QUICK_MS = 100;

/**
 * Rows that `own` gives, with each number of patches (four at most) written down after its second run, where
 * that was quick (the first one compiles), and replayed from then on: what tfjs does around its kernels takes
 * longer than they do on a graphics card. A recording is kept only where it gives `own`'s rows for the same
 * patches, to the last bit, although it was made with others.
 */
export const replayedRows = (
  backend: WebGPUBackend,
  size: number,
  graph: Graph,
  own: Rows,
): Rows => {
  const recordings = new Map<number, Recording | undefined>();
  const ran = new Set<number>();
  let disposed = false;

  const record = (n: number): Recording | undefined =>
    recordRun(backend, () => {
      const blank = new Float32Array(n * size * size);
      const fed = tensor4d(blank, [n, size, size, 1]);
      return { fed, read: graph(fed) };
    });

  const keepIfSame = async (n: number, stacked: Float32Array, rows: Float32Array) => {
    let recording: Recording | undefined;
    try {
      recording = record(n);
      if (recording && sameValues(rows, await recording.replay(stacked)) && !disposed)
        return void recordings.set(n, recording);
    } catch {
      // The rows are there: a card without room for a recording goes on without one.
    }
    recording?.dispose();
  };

  return {
    of: async (stacked, n) => {
      const recording = recordings.get(n);
      if (recording) return recording.replay(stacked);
      const begun = performance.now();
      const rows = await own.of(stacked, n);
      const isQuick = ran.has(n) && performance.now() - begun <= QUICK_MS;
      ran.add(n);
      if (isQuick && n <= MOST_RECORDED && !recordings.has(n) && !disposed) {
        recordings.set(n, undefined);
        await keepIfSame(n, stacked, rows);
      }
      return rows;
    },
    dispose: () => {
      disposed = true;
      for (const recording of recordings.values()) recording?.dispose();
      own.dispose();
    },
  };
};
