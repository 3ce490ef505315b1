import type { StartingLane } from './lane-worker.ts';
import { startLane } from './lane-worker.ts';
import { inLanes } from './lanes.ts';
import type { PackFiles } from './load-pack.ts';
import { loadNetwork, type Network } from './network.ts';

export interface OpenedNetwork {
  readonly network: Network;
  /** One a port, in order. They join the network as they open; nobody needs to wait for them. */
  readonly lanes: readonly StartingLane[];
}

/**
 * The network of a pack on the current backend. tfjs computes with one thread on WebAssembly (see
 * startBackend): there, batches are shared with the lanes behind `ports`. A lane that never opens is
 * left out, so the start does not hang on it.
 */
export const openNetwork = async (
  pack: PackFiles,
  ports: readonly MessagePort[],
): Promise<OpenedNetwork> => {
  const lanes = ports.map((port) => startLane(pack, port));
  const own = await loadNetwork(pack.manifest, pack.files);
  if (lanes.length === 0) return { network: own, lanes };
  return {
    network: inLanes(
      own,
      lanes.map((lane) => lane.opened),
    ),
    lanes,
  };
};
