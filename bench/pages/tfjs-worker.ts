/// <reference lib="webworker" />
import * as tf from '@tensorflow/tfjs-core';
import { fetchPack } from '../../src/adapters/tfjs/load-pack.ts';
import { loadNetwork, type Network } from '../../src/adapters/tfjs/network.ts';
import { startBackend } from '../../src/adapters/tfjs/start-backend.ts';
import type { BackendName } from '../../src/adapters/tfjs/backend-choice.ts';
import { goldenPatch } from '../../src/core/pack/golden-patch.ts';
import { type KernelTime, serveMessages } from './protocol.ts';

type Message =
  | { readonly type: 'open'; readonly backend: BackendName; readonly packUrl: string }
  | { readonly type: 'run'; readonly batch: number }
  | { readonly type: 'features' }
  | { readonly type: 'product'; readonly side: number }
  | { readonly type: 'profile'; readonly batch: number };

let network: Network | undefined;
let size = 0;

const patches = (count: number) =>
  Array.from({ length: count }, (_, i) => goldenPatch(i + 1, size));

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

/** Milliseconds from nothing to a network that has run once. */
const open = async (backend: BackendName, packUrl: string): Promise<number> => {
  const fetched = await fetchPack(packUrl, { fetch: (url) => fetch(url) });
  if (!fetched.ok) throw new Error(fetched.error);
  const { manifest, files } = fetched.value;
  size = manifest.patch.size;
  return timed(async () => {
    await startBackend(backend);
    network = await loadNetwork(manifest, files);
    await network.warmUp();
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

const profile = async (batch: number): Promise<KernelTime[]> => {
  const { kernels } = await tf.profile(async () => {
    await network?.answers(patches(batch));
    return tf.scalar(0);
  });
  const byName = new Map<string, { calls: number; milliseconds: number }>();
  for (const { name, kernelTimeMs } of kernels) {
    const ms = Number((await kernelTimeMs) as number | { error: string });
    const sofar = byName.get(name) ?? { calls: 0, milliseconds: 0 };
    byName.set(name, { calls: sofar.calls + 1, milliseconds: sofar.milliseconds + ms });
  }
  return [...byName].map(([name, sums]) => ({ name, ...sums }));
};

serveMessages(async (message: Message): Promise<unknown> => {
  if (message.type === 'open') return open(message.backend, message.packUrl);
  if (!network) throw new Error('the network is not open');
  const own = network;
  switch (message.type) {
    case 'run': {
      const input = patches(message.batch);
      return timed(() => own.answers(input));
    }
    case 'features':
      return (await own.features(patches(4))).map((row) => Array.from(row));
    case 'product':
      return product(message.side);
    case 'profile':
      return profile(message.batch);
  }
});
