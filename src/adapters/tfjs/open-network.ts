import type { BackendName } from './backend-choice.ts';
import { startLane } from './lane-worker.ts';
import { inLanes } from './lanes.ts';
import type { PackFiles } from './load-pack.ts';
import { loadNetwork, type Network } from './network.ts';
import { wasmLanes } from './probe-backends.ts';

/**
 * The network of a pack on the current backend, which is `backend`. tfjs computes with one thread on
 * WebAssembly (see startBackend): there, batches are shared with as many workers as the processor
 * bears. Only for a worker whose script serves lanes.
 */
export const openNetwork = async (pack: PackFiles, backend: BackendName): Promise<Network> => {
  const count = backend === 'wasm' ? wasmLanes() - 1 : 0;
  const starting = Array.from({ length: count }, () => startLane(pack));
  const own = await loadNetwork(pack.manifest, pack.files);
  const lanes = (await Promise.all(starting)).filter((lane) => lane !== undefined);
  return lanes.length > 0 ? inLanes(own, lanes) : own;
};
