import type { Page } from '@playwright/test';
import { byKind, LAYER_KINDS, layersOf, type LayerTime, nameTfjsKernels } from './lib/layers.ts';
import type { PackGraph } from './lib/pack-graph.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { spreadOf } from './lib/spread.ts';
import { alternate, ask, close, open } from './network-peers.ts';

/** Runs before the ones that count. */
const WARM_UP = 3;

/**
 * Where the time of one patch goes on WebAssembly, by kinds of layers: tfjs, which has one thread,
 * beside onnxruntime-web with one and with as many as the product has workers. Kernels alone, each
 * timed by its own runtime, which slows onnxruntime-web with several threads a little.
 */
export const layerRows = async (
  page: Page,
  graph: PackGraph,
  options: object,
  threads: number,
  repetitions: number,
): Promise<Row[]> => {
  const layers = layersOf(graph);
  const peers = threads > 1 ? [1, threads] : [1];
  const nameOf = (count: number) => `ort wasm, ${count} ${count === 1 ? 'thread' : 'threads'}`;
  const tfjs = 'tfjs wasm';
  for (const count of peers)
    await open(page, `layers ${count}`, 'ort', { ...options, threads: count, profiled: true });
  const names = peers.map((count) => `layers ${count}`);
  const own: LayerTime[][] = [];
  for (let i = 0; i < WARM_UP + repetitions; i++) {
    own.push((await ask(page, tfjs, { type: 'kernels', batch: 1 })) as LayerTime[]);
    await alternate(page, names, { type: 'run', batch: 1 }, 1);
  }
  const runs = [own.map((kernels) => nameTfjsKernels(layers, kernels))];
  for (const name of names) runs.push((await ask(page, name, { type: 'layers' })) as LayerTime[][]);
  await close(page, names);

  const sums = runs.map((all) => all.slice(-repetitions).map((run) => byKind(layers, run)));
  const samples = (peer: number, kind: (typeof LAYER_KINDS)[number]) =>
    (sums[peer] ?? []).map((run) => run.get(kind) ?? 0);
  const apart = LAYER_KINDS.map(
    (kind) => spreadOf(samples(0, kind)).median - spreadOf(samples(peers.length, kind)).median,
  );
  const allApart = apart.reduce((a, b) => a + b, 0);
  const total = (peer: number) =>
    (sums[peer] ?? []).map((run) => [...run.values()].reduce((a, b) => a + b, 0));
  const ratios = (values: (peer: number) => number[]) =>
    peers.map((count, i) => ratioTo(values(0), nameOf(count), values(i + 1)));
  const differs = (ms: number) => `${ms > 0 ? '+' : ''}${ms.toFixed(2)} ms to ${nameOf(threads)}`;
  return [
    ...LAYER_KINDS.map((kind, i) => {
      const count = layers.filter((layer) => layer.kind === kind && !layer.sum).length;
      return rowOf(`${tfjs}, one patch: ${kind} (${count})`, 'ms', samples(0, kind), {
        ratios: ratios((peer) => samples(peer, kind)),
        note: differs(apart[i] as number),
      });
    }),
    rowOf(`${tfjs}, one patch: all layers`, 'ms', total(0), {
      ratios: ratios(total),
      note: differs(allApart),
    }),
  ];
};
