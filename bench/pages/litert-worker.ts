/// <reference lib="webworker" />
import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { wasmLanes } from '../../src/adapters/tfjs/probe-backends.ts';
import { bytesOf, rowsOf, stackPatches, timed } from './feed-network.ts';
import { type About, serveMessages } from './protocol.ts';

type Backend = 'wasm' | 'webgpu';
type Message =
  | {
      readonly type: 'open';
      readonly backend: Backend;
      /** Folder of LiteRT.js' binaries and the scripts that load them. */
      readonly litertUrl: string;
      /** Folder of `network-BATCH.tflite` and `product-SIDE.tflite`. */
      readonly filesUrl: string;
      readonly size: number;
      readonly input: string;
    }
  | { readonly type: 'run'; readonly batch: number }
  | { readonly type: 'about' }
  | { readonly type: 'features' }
  | { readonly type: 'product'; readonly side: number };

interface Opened {
  readonly backend: Backend;
  readonly size: number;
  readonly input: string;
  readonly filesUrl: string;
  /** Those of the folder that have been asked for, each with its batch in itself. */
  readonly models: Map<string, CompiledModel>;
}
let opened: Opened | undefined;

const THREADED = 'litert_wasm_threaded_internal.js';
const threads = (backend: Backend): number => (backend === 'wasm' ? wasmLanes() : 1);

/** Its scripts look for the binary, and for themselves in each thread, beside the worker's own script. */
const pointToBinaries = (folder: string) =>
  Object.assign(globalThis, {
    Module: {
      locateFile: (file: string) => folder + file,
      mainScriptUrlOrBlob: folder + THREADED,
    },
  });

const compile = async (bytes: Uint8Array, backend: Backend): Promise<CompiledModel> => {
  const model = await loadAndCompile(bytes, {
    accelerator: backend,
    cpuOptions: { numThreads: threads(backend) },
    gpuOptions: { precision: 'fp32' },
  });
  if (!model.isFullyAccelerated)
    throw new Error(`not all of the model is computed by its ${backend} backend`);
  return model;
};

const fetchModel = (folder: string, name: string) => bytesOf(`${folder}${name}.tflite`);

const modelOf = async ({ models, filesUrl, backend }: Opened, name: string) => {
  const known = models.get(name);
  if (known) return known;
  const model = await compile(await fetchModel(filesUrl, name), backend);
  models.set(name, model);
  return model;
};

/** Gives the tensors' numbers, and deletes them. */
const readAll = async (tensors: Readonly<Record<string, Tensor>>) => {
  const entries = Object.entries(tensors);
  const values = await Promise.all(
    entries.map(async ([name, tensor]) => [name, await tensor.data()] as const),
  );
  entries.forEach(([, tensor]) => tensor.delete());
  return Object.fromEntries(values);
};

/** As the product does: patches go up, pooled features and map come back. */
const runNetwork = async (own: Opened, patches: Float32Array) => {
  const { size, input } = own;
  const n = patches.length / (size * size);
  const network = await modelOf(own, `network-${n}`);
  const x = new Tensor(patches, [n, size, size, 1]);
  const { pooled, map } = await readAll(await network.run({ [input]: x }));
  x.delete();
  if (!pooled || !map) throw new Error('the network gave no outputs');
  return { pooled, map };
};

const open = async ({ backend, litertUrl, filesUrl, size, input }: Message & { type: 'open' }) => {
  const bytes = await fetchModel(filesUrl, 'network-1');
  return timed(async () => {
    pointToBinaries(litertUrl);
    await loadLiteRt(litertUrl, { threads: threads(backend) > 1 });
    const models = new Map([['network-1', await compile(bytes, backend)]]);
    opened = { backend, size, input, filesUrl, models };
    await runNetwork(opened, stackPatches(1, size));
  });
};

const runProduct = async (own: Opened, side: number): Promise<number> => {
  const product = await modelOf(own, `product-${side}`);
  const random = () => Float32Array.from({ length: side * side }, () => Math.random());
  const [a, b] = [new Tensor(random(), [side, side]), new Tensor(random(), [side, side])];
  const ms = await timed(async () => readAll(await product.run({ a, b })));
  [a, b].forEach((tensor) => tensor.delete());
  return ms;
};

serveMessages(async (message: Message): Promise<unknown> => {
  if (message.type === 'open') return open(message);
  if (!opened) throw new Error('LiteRT.js is not open');
  const own = opened;
  switch (message.type) {
    case 'run': {
      const patches = stackPatches(message.batch, own.size);
      return timed(() => runNetwork(own, patches));
    }
    case 'about':
      return { workers: 1, threads: threads(own.backend), simd: true } satisfies About;
    case 'features': {
      const { pooled } = await runNetwork(own, stackPatches(4, own.size));
      return rowsOf(pooled, 4);
    }
    case 'product':
      return runProduct(own, message.side);
  }
});
