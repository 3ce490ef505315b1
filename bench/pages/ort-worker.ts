/// <reference lib="webworker" />
import { wasmLanes } from '../../src/adapters/tfjs/probe-backends.ts';
import { runsOfOrtProfile } from '../lib/layers.ts';
import { bytesOf, rowsOf, stackPatches, timed } from './feed-network.ts';
import { type About, serveMessages } from './protocol.ts';

// onnxruntime-web is fetched as it was published, not bundled: its build finds its own binaries.

interface OrtTensor {
  readonly data: Float32Array;
  getData(): Promise<Float32Array>;
  dispose(): void;
}
interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
  endProfiling(): void;
}
interface Ort {
  readonly env: { readonly wasm: { wasmPaths: string; numThreads: number }; logLevel: string };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: object): Promise<OrtSession>;
  };
}

type Backend = 'wasm' | 'webgpu';
type Message =
  | {
      readonly type: 'open';
      readonly backend: Backend;
      /** Folder of onnxruntime-web's dist. */
      readonly ortUrl: string;
      readonly modelUrl: string;
      readonly productUrl: string;
      readonly size: number;
      readonly input: string;
      /** Threads on WebAssembly, where not as many as the product's lanes. */
      readonly threads?: number;
      /** Times every kernel of every run: slower, and only for \`layers\`. */
      readonly profiled?: boolean;
    }
  | { readonly type: 'run'; readonly batch: number }
  | { readonly type: 'about' }
  | { readonly type: 'layers' }
  | { readonly type: 'features' }
  | { readonly type: 'product'; readonly side: number };

interface Opened {
  readonly ort: Ort;
  readonly network: OrtSession;
  readonly product: OrtSession;
  readonly size: number;
  readonly input: string;
}
let opened: Opened | undefined;

/** A profile comes as lines of the console and in no other way; the script of the binary binds `log` as it loads. */
const printed: string[] = [];
const keepPrinted = () => {
  console.log = (line: unknown) => void printed.push(String(line));
};

/** As the product does: patches go up, pooled features and map come back. */
const runNetwork = async ({ ort, network, size, input }: Opened, patches: Float32Array) => {
  const n = patches.length / (size * size);
  const x = new ort.Tensor('float32', patches, [n, 1, size, size]);
  const { pooled, map } = await network.run({ [input]: x });
  if (!pooled || !map) throw new Error('the network gave no outputs');
  const values = { pooled: pooled.data, map: map.data };
  [x, pooled, map].forEach((tensor) => tensor.dispose());
  return values;
};

const open = async (m: Message & { type: 'open' }): Promise<number> => {
  const [model, product] = await Promise.all([bytesOf(m.modelUrl), bytesOf(m.productUrl)]);
  if (m.profiled) keepPrinted();
  return timed(async () => {
    const file = m.backend === 'wasm' ? 'ort.wasm.min.mjs' : 'ort.webgpu.min.mjs';
    const ort = (await import(/* @vite-ignore */ m.ortUrl + file)) as Ort;
    ort.env.wasm.wasmPaths = m.ortUrl;
    ort.env.wasm.numThreads = m.threads ?? wasmLanes();
    ort.env.logLevel = 'error';
    const options = { executionProviders: [m.backend], graphOptimizationLevel: 'all' };
    opened = {
      ort,
      network: await ort.InferenceSession.create(model, {
        ...options,
        enableProfiling: m.profiled === true,
      }),
      product: await ort.InferenceSession.create(product, options),
      size: m.size,
      input: m.input,
    };
    await runNetwork(opened, stackPatches(1, m.size));
  });
};

const runProduct = async ({ ort, product }: Opened, side: number): Promise<number> => {
  const random = () => Float32Array.from({ length: side * side }, () => Math.random());
  const [a, b] = [random(), random()].map((data) => new ort.Tensor('float32', data, [side, side]));
  if (!a || !b) throw new Error('no matrices');
  return timed(async () => {
    const { c } = await product.run({ a, b });
    c?.dispose();
  });
};

/** Ends the profile, which is printed then. */
const layers = ({ network }: Opened) => {
  network.endProfiling();
  return runsOfOrtProfile(printed);
};

serveMessages(async (message: Message): Promise<unknown> => {
  if (message.type === 'open') return open(message);
  if (!opened) throw new Error('the session is not open');
  const own = opened;
  switch (message.type) {
    case 'run': {
      const patches = stackPatches(message.batch, own.size);
      return timed(() => runNetwork(own, patches));
    }
    case 'about':
      // Since 1.19 it has no build without SIMD.
      return { workers: 1, threads: own.ort.env.wasm.numThreads, simd: true } satisfies About;
    case 'layers':
      return layers(own);
    case 'features': {
      const { pooled } = await runNetwork(own, stackPatches(4, own.size));
      return rowsOf(pooled, 4);
    }
    case 'product':
      return runProduct(own, message.side);
  }
});
