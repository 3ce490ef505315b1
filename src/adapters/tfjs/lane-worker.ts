import { errorOf } from '../../core/message/failure.ts';
import { createAsker } from '../../workers/ask.ts';
import type {
  AnswerOf,
  Asked,
  AskedOf,
  Said,
  WorkerLike,
  WorkerScope,
} from '../../workers/protocol.ts';
import { serve } from '../../workers/serve.ts';
import type { FinderMaps } from '../../core/finder/finder-maps.ts';
import type { Raster } from '../../core/image/resample.ts';
import { type FinderGraph, handingOverMaps, loadLook, type Look } from './finder.ts';
import type { Lane } from './lanes.ts';
import type { PackFiles } from './load-pack.ts';
import { loadNetwork, type Network, type PatchAnswer } from './network.ts';
import { startBackend } from './start-backend.ts';

// A lane runs the script of the inference worker under another name: a script of its own would be a
// second copy of tfjs to fetch and to keep. The page starts it and hands the inference worker a port
// to it; a worker that starts workers was seen to stand still in Firefox.

/** Name of a worker whose script must call `serveLane` and nothing else. */
export const LANE = 'network-lane';

/** What a lane is asked through its port. */
interface LaneAnswers {
  open(pack: PackFiles): void;
  features(patches: readonly Float32Array[]): Float32Array[];
  answers(patches: readonly Float32Array[]): PatchAnswer[];
  'open-finder'(graph: FinderGraph, files: ReadonlyMap<string, ArrayBuffer>): void;
  look(view: Raster): FinderMaps;
}

/** A lane that has not started by then never will, ms. */
const START_LIMIT_MS = 30_000;
/** A lane that is silent for longer in a run is given up, ms: the others take its share. */
const RUN_LIMIT_MS = 60_000;

/** The worker's side: opens one network on WebAssembly and runs what comes through the port it gets. */
export const serveLane = (): void => {
  let network: Promise<Network> | undefined;
  let finder: Promise<{ readonly look: Look }> | undefined;
  const opened = async () => {
    if (!network) throw new Error('the lane is not open');
    return network;
  };
  const open = async ({ manifest, files }: PackFiles) => {
    await startBackend('wasm');
    const own = await loadNetwork(manifest, files);
    await own.warmUp();
    return own;
  };
  globalThis.onmessage = ({ ports: [port] }: MessageEvent) => {
    if (!port) return;
    const scope: WorkerScope = {
      onmessage: null,
      postMessage: (said, transfer) => port.postMessage(said, transfer),
    };
    serve<LaneAnswers>(
      () => ({
        open: async (pack) => void (await (network = open(pack))),
        features: async (patches) => (await opened()).features(patches),
        answers: async (patches) => (await opened()).answers(patches),
        'open-finder': async (graph, files) => {
          await opened();
          await (finder ??= loadLook(graph, files));
        },
        look: async (view) => {
          if (!finder) throw new Error('the lane has no finder');
          return handingOverMaps(await (await finder).look(view));
        },
      }),
      scope,
    );
    port.onmessage = scope.onmessage;
  };
};

/** The far end of a port as a worker that is there once: a lane that is gone is not started again. */
const oneWorkerAt = (port: MessagePort): { start(): WorkerLike; die(reason: string): void } => {
  let gone: string | undefined;
  const worker: WorkerLike = {
    postMessage: (asked: Asked, transfer) => port.postMessage(asked, transfer),
    terminate: () => {
      gone ??= 'the lane was closed';
      port.close();
    },
    onmessage: null,
    onmessageerror: null,
    onerror: null,
  };
  port.onmessage = (event: MessageEvent<Said>) => worker.onmessage?.(event);
  port.onmessageerror = (event) => worker.onmessageerror?.(event);
  return {
    start: () => {
      if (gone !== undefined) throw new Error(gone);
      return worker;
    },
    die: (reason) => {
      gone = reason;
      worker.onerror?.({ message: reason } as ErrorEvent);
    },
  };
};

/** A lane that the page has started, as the inference worker holds it. */
export interface StartingLane {
  /** A network that has run once; undefined where that does not come about. */
  readonly opened: Promise<Lane | undefined>;
  /** The page says that the worker is gone: its port does not tell. */
  die(reason: string): void;
}

/** Opens the pack in the lane at the other end of `port`. */
export const startLane = (pack: PackFiles, port: MessagePort): StartingLane => {
  const { start, die } = oneWorkerAt(port);
  const asker = createAsker<LaneAnswers>({ start, patience: RUN_LIMIT_MS });
  const run = async <N extends Exclude<keyof LaneAnswers, 'open'>>(
    name: N,
    ...asked: AskedOf<LaneAnswers, N>
  ): Promise<AnswerOf<LaneAnswers, N>> => {
    const answer = await asker.ask(name, asked);
    if (!answer.ok) throw errorOf(answer.error.reason);
    return answer.value;
  };
  const open = async (): Promise<Lane | undefined> => {
    const answer = await asker.ask('open', [pack], { patience: START_LIMIT_MS });
    if (!answer.ok) {
      asker.end();
      return undefined;
    }
    return {
      features: (patches) => run('features', patches),
      answers: (patches) => run('answers', patches),
      openFinder: async (graph, files) => {
        await run('open-finder', graph, files);
        return (view) => run('look', view);
      },
      dispose: () => asker.end(),
    };
  };
  return { opened: open(), die };
};
