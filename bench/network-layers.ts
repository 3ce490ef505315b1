import type { Page } from '@playwright/test';
import {
  byKind,
  LAYER_KINDS,
  type LayerKind,
  layersOf,
  type LayerTime,
  nameTfjsKernels,
} from './lib/layers.ts';
import type { PackGraph } from './lib/pack-graph.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { spreadOf } from './lib/spread.ts';
import { alternate, ask, close, open } from './network-peers.ts';

/** Runs before the ones that count. */
const WARM_UP = 3;

/** What tfjs is held against: a profiled session of onnxruntime-web. */
export interface LayerPeer {
  readonly name: string;
  readonly options: object;
}

/**
 * Where the time of one patch goes, by kinds of layers: tfjs, open on the page as `tfjs`, beside
 * others, the last of which is the one that counts. Kernels alone, each timed by its own runtime,
 * which slows onnxruntime-web with several threads a little.
 */
export const layerRows = async (
  page: Page,
  graph: PackGraph,
  tfjs: string,
  peers: readonly LayerPeer[],
  repetitions: number,
): Promise<Row[]> => {
  const layers = layersOf(graph);
  const profiled = peers.map(({ name }) => `${name}, profiled`);
  for (const [i, { options }] of peers.entries())
    await open(page, profiled[i] as string, 'ort', { ...options, profiled: true });
  const own: LayerTime[][] = [];
  for (let i = 0; i < WARM_UP + repetitions; i++) {
    own.push((await ask(page, tfjs, { type: 'kernels' })) as LayerTime[]);
    await alternate(page, profiled, { type: 'run', batch: 1 }, 1);
  }
  const runs = [own.map((kernels) => nameTfjsKernels(layers, kernels))];
  for (const name of profiled)
    runs.push((await ask(page, name, { type: 'layers' })) as LayerTime[][]);
  await close(page, profiled);

  const sums = runs.map((all) => all.slice(-repetitions).map((run) => byKind(layers, run)));
  const row = (what: string, samplesOf: (run: Map<LayerKind, number>) => number): Row => {
    const [samples = [], ...others] = sums.map((all) => all.map(samplesOf));
    const last = spreadOf(others.at(-1) ?? []);
    const apart = spreadOf(samples).median - last.median;
    return rowOf(`${tfjs}, one patch: ${what}`, 'ms', samples, {
      ratios: peers.map(({ name }, i) => ratioTo(samples, name, others[i] ?? [])),
      note: `${apart > 0 ? '+' : ''}${apart.toFixed(2)} ms to ${peers.at(-1)?.name}`,
    });
  };
  return [
    ...LAYER_KINDS.map((kind) => {
      const count = layers.filter((layer) => layer.kind === kind && !layer.sum).length;
      return row(`${kind} (${count})`, (run) => run.get(kind) ?? 0);
    }),
    row('all layers', (run) => [...run.values()].reduce((a, b) => a + b, 0)),
  ];
};
