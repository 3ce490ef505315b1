import type { LANE } from './lane-worker.ts';

/** The lane workers of one inference worker, as the page holds them. */
export interface PageLanes {
  /** The inference worker's ends, to be transferred to it. */
  readonly ports: MessagePort[];
  end(): void;
}

const startWorker = (): Worker =>
  new Worker(new URL('./inference-worker.ts', import.meta.url), {
    type: 'module',
    name: 'network-lane' satisfies typeof LANE,
  });

/**
 * Starts `count` lane workers, each with a port for the inference worker. A worker that dies is
 * reported by its place among the ports; one that cannot be had at all is left out.
 */
export const startPageLanes = (
  count: number,
  onGone: (lane: number, reason: string) => void,
  createWorker: () => Worker = startWorker,
): PageLanes => {
  const workers: Worker[] = [];
  const ports: MessagePort[] = [];
  try {
    while (workers.length < count) {
      const worker = createWorker();
      const { port1, port2 } = new MessageChannel();
      const place = workers.push(worker) - 1;
      worker.onerror = (event) => {
        event.preventDefault?.();
        worker.terminate();
        onGone(place, event.message);
      };
      worker.postMessage(undefined, [port1]);
      ports.push(port2);
    }
  } catch {
    // Fewer lanes are slower, and no reason not to score.
  }
  return { ports, end: () => workers.forEach((worker) => worker.terminate()) };
};
