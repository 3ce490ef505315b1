import { ARCHIVE_LIMITS } from './archive-limits.ts';
import { unpackArchives } from './unpack.ts';
import type { UnpackMessage, UnpackRequest } from './worker-protocol.ts';

/** The part of DedicatedWorkerGlobalScope that is used; the DOM library types `self` as a window. */
interface Scope {
  onmessage: ((event: MessageEvent<UnpackRequest>) => void) | null;
  postMessage(message: UnpackMessage): void;
}

const scope = globalThis as unknown as Scope;

const unpack = async ({ archives }: UnpackRequest): Promise<void> => {
  await unpackArchives(archives, {
    limits: ARCHIVE_LIMITS,
    onEntry: (entry, archive) => scope.postMessage({ kind: 'entry', archive, entry }),
    onProgress: (done, total) => scope.postMessage({ kind: 'progress', done, total }),
  });
  scope.postMessage({ kind: 'finished' });
};

// A promise that fails is no error event: the page would wait for ever.
scope.onmessage = ({ data }) => {
  unpack(data).catch(() => scope.postMessage({ kind: 'failed' }));
};
