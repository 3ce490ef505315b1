import type { BenchApi, Kind, WorkerAnswer } from './protocol.ts';
import { uploadAndDraw } from './upload.ts';

// The page hands messages to workers and back: what is timed runs in a worker, as in the product, and
// is timed there. Only textures are filled by the page, as there too.

const START: Record<Kind, () => Worker> = {
  tfjs: () => new Worker(new URL('./tfjs-worker.ts', import.meta.url), { type: 'module' }),
  ort: () => new Worker(new URL('./ort-worker.ts', import.meta.url), { type: 'module' }),
  parts: () => new Worker(new URL('./parts-worker.ts', import.meta.url), { type: 'module' }),
};

const workers = new Map<string, Worker>();

const ask = (name: string, message: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = workers.get(name);
    if (!worker) return reject(new Error(`there is no worker ${name}`));
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
      'error' in data ? reject(new Error(`${name}: ${data.error}`)) : resolve(data.value);
    worker.onerror = (event) => reject(new Error(`${name}: ${event.message}`));
    worker.postMessage(message);
  });

/** Threads that wait by spinning (onnxruntime-web's do) would take the next one's processor. */
const PAUSE_MS = 30;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const api: BenchApi = {
  open: (name, kind, options) => {
    workers.set(name, START[kind]());
    return ask(name, { ...options, type: 'open' });
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
  upload: uploadAndDraw,
  close: (name) => {
    workers.get(name)?.terminate();
    workers.delete(name);
  },
};

Object.assign(globalThis, { bench: api });
