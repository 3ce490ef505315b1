/// <reference lib="webworker" />
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { fuseModel } from '../../src/adapters/tfjs/fuse-graph.ts';
import { type Executor, loadExecutor } from '../../src/adapters/tfjs/executor.ts';
import { graphArtifacts } from '../../src/adapters/tfjs/graph-artifacts.ts';
import { LANE, serveLane } from '../../src/adapters/tfjs/lane-worker.ts';
import { fetchPack, type PackFiles } from '../../src/adapters/tfjs/load-pack.ts';
import { openNetwork } from '../../src/adapters/tfjs/open-network.ts';
import { wasmLanes } from '../../src/adapters/tfjs/probe-backends.ts';
import { startBackend } from '../../src/adapters/tfjs/start-backend.ts';
import { goldenPatch } from '../../src/core/pack/golden-patch.ts';
import type { LayerTime } from '../lib/layers.ts';
import { timed } from './feed-network.ts';
import { type About, type KernelTime, serveMessages } from './protocol.ts';
import type { BackendName } from '../../src/ports/inference.ts';

type Message =
  | {
      readonly type: 'open';
      readonly backend: BackendName;
      readonly packUrl: string;
      /** The pack's graph as tfjs runs it by itself, without the product's own fusing. */
      readonly plain?: boolean;
      /** Of the lanes that the page has started. */
      readonly ports: readonly MessagePort[];
    }
  | { readonly type: 'run'; readonly batch: number }
  | { readonly type: 'split'; readonly batch: number }
  | { readonly type: 'about' }
  | { readonly type: 'features' }
  | { readonly type: 'product'; readonly side: number }
  | { readonly type: 'kernels' }
  | { readonly type: 'profile' };

interface Opened {
  readonly size: number;
  /** Pooled features, then the whole map, one row a patch; one readback. */
  run(patches: readonly Float32Array[]): Promise<unknown>;
  features(patches: readonly Float32Array[]): Promise<Float32Array[]>;
  /** The same rows, always by tfjs' own kernels, which its profile can see. */
  runByKernels(patches: readonly Float32Array[]): Promise<unknown>;
  readonly model: GraphModel;
  readonly tap: string;
}
let opened: Opened | undefined;

const patchesOf = (count: number, size: number) =>
  Array.from({ length: count }, (_, i) => goldenPatch(i + 1, size));

const upload = (patches: readonly Float32Array[], size: number): tf.Tensor4D => {
  const all = new Float32Array(patches.length * size * size);
  patches.forEach((patch, i) => all.set(patch, i * size * size));
  return tf.tensor4d(all, [patches.length, size, size, 1]);
};

/** What the product reads back of a map: its means, then the map itself. */
const rows = (map: tf.Tensor): tf.Tensor2D =>
  tf.concat2d(
    [tf.mean(map, [1, 2]) as tf.Tensor2D, tf.reshape(map, [map.shape[0] as number, -1])],
    1,
  );

const readRows = async (
  map: (x: tf.Tensor4D) => tf.Tensor,
  patches: readonly Float32Array[],
  size: number,
) => {
  const read = tf.tidy(() => rows(map(upload(patches, size))));
  const values = await read.data();
  read.dispose();
  return values as Float32Array;
};

const openPack = async (
  pack: PackFiles,
  ports: readonly MessagePort[],
  plain: boolean,
): Promise<Opened> => {
  const { manifest, files } = pack;
  const { size } = manifest.patch;
  const tap = manifest.backbone.taps[0]?.node ?? '';
  const artifacts = await graphArtifacts(files, manifest.backbone.file);
  const model = await loadGraphModel(
    tf.io.fromMemory(plain ? artifacts : fuseModel(artifacts, [tap])),
  );
  if (!plain) {
    const { network, lanes } = await openNetwork(pack, ports);
    // Measured with all lanes; the product does not wait for them.
    await Promise.all(lanes.map((lane) => lane.opened));
    let executor: Promise<Executor> | undefined;
    const runByKernels = async (patches: readonly Float32Array[]) => {
      // Only a profile asks for it: the start is timed.
      const { run } = await (executor ??= loadExecutor(manifest.backbone, files));
      return readRows((x) => run(x)[0] as tf.Tensor, patches, size);
    };
    const { answers: run, features } = network;
    return { size, model, tap, run, features, runByKernels };
  }
  const channels = manifest.features.cnn.length;
  const run = (patches: readonly Float32Array[]) =>
    readRows((x) => model.execute(x, tap) as tf.Tensor, patches, size);
  const features = async (patches: readonly Float32Array[]) => {
    const values = await run(patches);
    const length = values.length / patches.length;
    return patches.map((_, i) => values.slice(i * length, i * length + channels));
  };
  return { size, model, tap, run, features, runByKernels: run };
};

/** Milliseconds from the pack's bytes to a network that has run once. */
const open = async ({ packUrl, backend, ports, plain = false }: Message & { type: 'open' }) => {
  const fetched = await fetchPack(packUrl, { fetch: (url) => fetch(url) });
  if (!fetched.ok) throw new Error(fetched.error.code);
  if (backend === 'webgpu') allowTimestamps();
  return timed(async () => {
    await startBackend(backend);
    opened = await openPack(fetched.value, ports, plain);
    await opened.run(patchesOf(1, opened.size));
  });
};

/** One product, and one number of it read back: without that a GPU has only been asked. */
const product = async (side: number): Promise<number> => {
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  await Promise.all([a.data(), b.data()]);
  const ms = await timed(async () => {
    const corner = tf.tidy(() => tf.slice(tf.matMul(a, b), [0, 0], [1, 1]));
    await corner.data();
    corner.dispose();
  });
  tf.dispose([a, b]);
  return ms;
};

/**
 * Milliseconds of each part of a run. The readback is that of a tensor of the same size that is
 * ready already; on a GPU the run's own time includes waiting for it.
 */
const split = async ({ model, run, tap, size }: Opened, batch: number) => {
  const input = patchesOf(batch, size);
  const x = upload(input, size);
  const uploading = await timed(async () => {
    const y = upload(input, size);
    const corner = tf.tidy(() => tf.slice(y, [0, 0, 0, 0], [1, 1, 1, 1]));
    await corner.data();
    tf.dispose([y, corner]);
  });
  const read = tf.tidy(() => rows(model.execute(x, tap) as tf.Tensor));
  await read.data();
  const ready = tf.tidy(() => tf.add(read, 0));
  const reading = await timed(() => ready.data());
  const all = await timed(() => run(input));
  tf.dispose([x, read, ready]);
  return { upload: uploading, run: Math.max(0, all - uploading - reading), readback: reading };
};

/** The kernels of a run of one patch, in order. */
const kernelsOf = async ({ runByKernels, size }: Opened): Promise<LayerTime[]> => {
  const patches = patchesOf(1, size);
  // The first run of a network goes through tfjs' interpreter.
  await runByKernels(patches);
  const { kernels } = await tf.profile(async () => {
    await runByKernels(patches);
    return tf.scalar(0);
  });
  return Promise.all(
    kernels.map(async ({ name, kernelTimeMs }) => ({
      name,
      milliseconds: Number(await kernelTimeMs),
    })),
  );
};

/** tfjs times kernels on the graphics card where its device may; the product does not ask for that. */
const allowTimestamps = () => {
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = function (wanted = {}) {
    const requiredFeatures: GPUFeatureName[] = this.features.has('timestamp-query')
      ? ['timestamp-query']
      : [];
    return requestDevice.call(this, { ...wanted, requiredFeatures });
  };
};

const profile = async (own: Opened): Promise<KernelTime[]> => {
  const byName = new Map<string, { calls: number; milliseconds: number }>();
  for (const { name, milliseconds } of await kernelsOf(own)) {
    const sofar = byName.get(name) ?? { calls: 0, milliseconds: 0 };
    byName.set(name, {
      calls: sofar.calls + 1,
      milliseconds: sofar.milliseconds + milliseconds,
    });
  }
  return [...byName].map(([name, sums]) => ({ name, ...sums }));
};

const answer = async (message: Message): Promise<unknown> => {
  if (message.type === 'open') return open(message);
  if (!opened) throw new Error('the network is not open');
  const own = opened;
  switch (message.type) {
    case 'run': {
      const input = patchesOf(message.batch, own.size);
      return timed(() => own.run(input));
    }
    case 'split':
      return split(own, message.batch);
    case 'about':
      return {
        workers: wasmLanes(),
        threads: getThreadsCount(),
        simd: tf.env().getBool('WASM_HAS_SIMD_SUPPORT'),
      } satisfies About;
    case 'features':
      return (await own.features(patchesOf(4, own.size))).map((row) => Array.from(row));
    case 'product':
      return product(message.side);
    case 'kernels':
      return kernelsOf(own);
    case 'profile':
      return profile(own);
  }
};

if (self.name === LANE) serveLane();
else serveMessages(answer);
