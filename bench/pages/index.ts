import type { LANE } from '../../src/adapters/tfjs/lane-worker.ts';
import { type PageLanes, startPageLanes } from '../../src/adapters/tfjs/page-lanes.ts';
import { wasmLanes } from '../../src/adapters/tfjs/probe-backends.ts';
import { type Lent, measureByClient } from './measure-by-client.ts';
import type { BenchApi, Kind, WorkerAnswer } from './protocol.ts';
import { uploadAndDraw } from './upload.ts';

// The page hands messages to workers and back: what is timed runs in a worker, as in the product, and
// is timed there. Only textures are filled by the page, as there too.

const startTfjs = () =>
  new Worker(new URL('./tfjs-worker.ts', import.meta.url), { type: 'module' });
const startLane = () =>
  new Worker(new URL('./tfjs-worker.ts', import.meta.url), {
    type: 'module',
    name: 'network-lane' satisfies typeof LANE,
  });

const START: Record<Kind, () => Worker> = {
  tfjs: startTfjs,
  ort: () => new Worker(new URL('./ort-worker.ts', import.meta.url), { type: 'module' }),
  // Not a module, though built as one (of one file, without an import): LiteRT.js needs `importScripts`.
  litert: () => new Worker(new URL('./litert-worker.ts', import.meta.url)),
  parts: () => new Worker(new URL('./parts-worker.ts', import.meta.url), { type: 'module' }),
};

/** As the product's page gives them; tfjs as it runs by itself has none. */
const lanesOf = (kind: Kind, options: { backend?: string; plain?: boolean }): number =>
  kind === 'tfjs' && options.backend === 'wasm' && !options.plain ? wasmLanes() - 1 : 0;

const workers = new Map<string, Worker>();
const lanes = new Map<string, PageLanes>();

const ask = (name: string, message: object, transfer: Transferable[] = []): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = workers.get(name);
    if (!worker) return reject(new Error(`there is no worker ${name}`));
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
      'error' in data ? reject(new Error(`${name}: ${data.error}`)) : resolve(data.value);
    worker.onerror = (event) => reject(new Error(`${name}: ${event.message}`));
    worker.postMessage(message, transfer);
  });

/** Threads that wait by spinning (onnxruntime-web's do) would take the next one's processor. */
const PAUSE_MS = 30;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const api: BenchApi = {
  open: (name, kind, options) => {
    workers.set(name, START[kind]());
    const { ports, end } = startPageLanes(lanesOf(kind, options), () => undefined, startLane);
    lanes.set(name, { ports, end });
    return ask(name, { ...options, type: 'open', ports }, ports);
  },
  ask,
  alternate: async (names, message, repetitions) => {
    const samples: number[][] = names.map(() => []);
    for (let i = 0; i < repetitions; i++)
      for (let turn = 0; turn < names.length; turn++) {
        const k = (i + turn) % names.length;
        await pause(PAUSE_MS);
        samples[k]?.push((await ask(names[k] as string, message)) as number);
      }
    return samples;
  },
  roundTrips: async (name, floats, repetitions) => {
    const samples: number[] = [];
    const values = new Float32Array(floats);
    for (let i = 0; i < repetitions; i++) {
      const start = performance.now();
      await ask(name, { type: 'echo', values });
      samples.push(performance.now() - start);
    }
    return samples;
  },
  measured: async (name, box, repetitions, alone) =>
    measureByClient((await ask(name, { type: 'lend' })) as Lent, box, repetitions, alone),
  upload: uploadAndDraw,
  close: (name) => {
    workers.get(name)?.terminate();
    lanes.get(name)?.end();
    workers.delete(name);
  },
};

Object.assign(globalThis, { bench: api });
