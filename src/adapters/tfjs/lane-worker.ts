import type { Lane } from './lanes.ts';
import type { PackFiles } from './load-pack.ts';
import { loadNetwork, type Network, type PatchAnswer } from './network.ts';
import { startBackend } from './start-backend.ts';

// A lane runs the script of the worker that starts it, under another name: a script of its own would
// be a second copy of tfjs to fetch and to keep.

/** Name of a worker whose script must call `serveLane` and nothing else. */
export const LANE = 'network-lane';

type Asked =
  | { readonly type: 'open'; readonly pack: PackFiles }
  | { readonly type: 'features' | 'answers'; readonly patches: readonly Float32Array[] };
type ToLane = Asked & { readonly id: number };
type FromLane = { readonly id: number } & (
  { readonly value: unknown } | { readonly error: string }
);

/** A lane that has not started by then never will. */
const START_LIMIT_MS = 60_000;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The worker's side: opens one network on WebAssembly and runs what it is sent. */
export const serveLane = (): void => {
  let network: Network | undefined;
  const answer = async (asked: ToLane): Promise<unknown> => {
    if (asked.type !== 'open') return network?.[asked.type](asked.patches);
    await startBackend('wasm');
    network = await loadNetwork(asked.pack.manifest, asked.pack.files);
    await network.warmUp();
    return undefined;
  };
  const post = (message: FromLane) => globalThis.postMessage(message);
  globalThis.onmessage = ({ data }: MessageEvent<ToLane>) => {
    answer(data).then(
      (value) => post({ id: data.id, value }),
      (error: unknown) => post({ id: data.id, error: messageOf(error) }),
    );
  };
};

/** Asks a worker by number; a worker that dies fails all that is asked of it, then and later. */
const askerOf = (worker: Worker) => {
  const waiting = new Map<number, (message: FromLane) => void>();
  let dead: string | undefined;
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<FromLane>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  worker.onerror = (event) => {
    event.preventDefault?.();
    dead = event.message || 'the worker stopped';
    for (const [id, settle] of waiting) settle({ id, error: dead });
    waiting.clear();
  };
  return <T>(asked: Asked): Promise<T> =>
    new Promise((resolve, reject) => {
      if (dead !== undefined) return reject(new Error(dead));
      const id = ++lastId;
      waiting.set(id, (message) =>
        'error' in message ? reject(new Error(message.error)) : resolve(message.value as T),
      );
      worker.postMessage({ ...asked, id } satisfies ToLane);
    });
};

interface TrustedScripts {
  createPolicy(
    name: string,
    rules: { createScriptURL: () => string },
  ): { createScriptURL(url: string): string };
}

/** Under Trusted Types a worker, too, must say which texts may become scripts: its own address alone. */
const trustThisScript = () => {
  const { href } = self.location;
  const { trustedTypes } = self as { trustedTypes?: TrustedScripts };
  const policy = trustedTypes?.createPolicy('default', { createScriptURL: () => href });
  return policy?.createScriptURL(href) ?? href;
};
let ownAddress: string | undefined;

const sameScript = () =>
  new Worker((ownAddress ??= trustThisScript()), { type: 'module', name: LANE });

/** Starts a lane with a network that has run once; undefined where that does not come about. */
export const startLane = async (
  pack: PackFiles,
  createWorker: () => Worker = sameScript,
): Promise<Lane | undefined> => {
  let worker: Worker | undefined;
  try {
    worker = createWorker();
    const ask = askerOf(worker);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the lane did not start')), START_LIMIT_MS);
    });
    await Promise.race([ask({ type: 'open', pack }), late]);
    clearTimeout(timer);
    return {
      features: (patches) => ask<Float32Array[]>({ type: 'features', patches }),
      answers: (patches) => ask<PatchAnswer[]>({ type: 'answers', patches }),
      dispose: () => worker?.terminate(),
    };
  } catch {
    worker?.terminate();
    return undefined;
  }
};
