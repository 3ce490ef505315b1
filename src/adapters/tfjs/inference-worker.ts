import { listOf } from '../../core/message/list.ts';
import { Failure, reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
/// <reference lib="webworker" />
import { memory } from '@tensorflow/tfjs-core';
import type { Pack } from '../../core/pack/parse-pack.ts';
import { backendLabel, chooseBackend, type BackendChoice } from './backend-choice.ts';
import type { MeasuredVectors } from '../../core/lesion/view-input.ts';
import { checkGolden, readPack, scoreSets } from './engine.ts';
import { fetchFinder } from './fetch-finder.ts';
import { finderGoldenProblem, type FinderNetwork, handingOverMaps } from './finder.ts';
import { fetchPack, type PackCache, type PackFiles } from './load-pack.ts';
import { LANE, serveLane, type StartingLane } from './lane-worker.ts';
import type { Lane } from './lanes.ts';
import { openNetwork } from './open-network.ts';
import { probeBackends } from './probe-backends.ts';
import { rememberAnswers, type RememberingNetwork } from './remember-answers.ts';
import { startBackend, type StartedBackend } from './start-backend.ts';
import type { Handlers } from '../../workers/protocol.ts';
import { serve, type Tell } from '../../workers/serve.ts';
import type { Inference, InferenceTells, Started, StartRequest } from './worker-messages.ts';

// One worker serves one pack on one backend for its whole life. The page replaces the worker to
// change the backend or to recover from a lost device.

interface Running {
  readonly pack: Pack;
  readonly packUrl: string;
  readonly manifestSha256: string | undefined;
  readonly choice: BackendChoice;
  readonly network: RememberingNetwork;
  readonly backend: StartedBackend;
}

const CACHE_NAME = 'model-packs';
/**
 * The news of a lost device may come after the error that it causes, on a busy machine well after.
 * A DOMException is what the browser's graphics interface throws (mapAsync of a lost device, WebGPU
 * section 5.4), and hardly ever without a loss: it is waited for much longer.
 */
const LOSS_GRACE_MS = 5_000;
const LOSS_GRACE_AFTER_DOM_EXCEPTION_MS = 60_000;
const lossGrace = (error: unknown): number =>
  error instanceof DOMException ? LOSS_GRACE_AFTER_DOM_EXCEPTION_MS : LOSS_GRACE_MS;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const NEVER = new Promise<never>(() => undefined);

/**
 * What comes of `work`; no answer where the backend is lost over it: the page hears of the loss, and
 * asks another worker.
 */
const unlessLost = async <T>(
  { lost, isLost }: StartedBackend,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    const answer = await work();
    // Reading back from a lost device may give zeros instead of an error; `lost` is on its way.
    return isLost() ? await NEVER : answer;
  } catch (error) {
    await Promise.race([lost, pause(lossGrace(error))]);
    if (isLost()) await NEVER;
    throw error;
  }
};

const openCache = async (): Promise<PackCache | undefined> => {
  try {
    return await caches.open(CACHE_NAME);
  } catch {
    return undefined;
  }
};

type Progress = (step: Message, fraction: number) => void;

const fetchFiles = async (
  { packUrl, manifestSha256 }: StartRequest,
  progress: Progress,
): Promise<{ files: PackFiles; pack: Pack } | Message> => {
  const step = message('engine.step.pack');
  const files = await fetchPack(packUrl, {
    fetch: (url) => fetch(url),
    cache: await openCache(),
    manifestSha256,
    onProgress: (done, total) => progress(step, total > 0 ? (0.5 * done) / total : 0),
  });
  if (!files.ok) return files.error;
  const pack = readPack(files.value);
  return pack.ok ? { files: files.value, pack: pack.value } : pack.error;
};

const openFinder = async (
  { packUrl, manifestSha256, choice }: Running,
  lane: Promise<Lane | undefined> | undefined,
): Promise<FinderNetwork> => {
  const opened = await fetchFinder(packUrl, {
    fetch: (url) => fetch(url),
    cache: await openCache(),
    manifestSha256,
  });
  if (!opened.ok) throw new Failure(opened.error);
  const network = await opened.value.load(lane);
  const problem = await finderGoldenProblem(network, opened.value.rules.golden);
  if (!problem) return network;
  network.dispose();
  const { backend, adapter } = choice;
  throw new Failure(
    message('look.wrong-answers', { backend: backendLabel(backend), adapter, problem }),
  );
};

type Measured = readonly MeasuredVectors[] | undefined;

const answerInference = (tell: Tell<InferenceTells>): Handlers<Inference> => {
  const progress: Progress = (step, fraction) => tell('progress', step, fraction);
  let running: Running | undefined;
  let finder: FinderNetwork | undefined;
  /** The lanes come from the page: see lane-worker.ts. */
  let giveLanes: (ports: readonly MessagePort[]) => void = () => undefined;
  const lanePorts = new Promise<readonly MessagePort[]>((resolve) => (giveLanes = resolve));
  let lanes: readonly StartingLane[] = [];
  /** Who waits for the measurements of a run; they always come after the run was asked for. */
  const awaiting = new Map<number, (measured: Measured) => void>();

  const engine = (): Running => {
    if (!running) throw new Failure(message('engine.not-ready'));
    return running;
  };

  const startOn = async (
    choice: BackendChoice,
    { packUrl, manifestSha256 }: StartRequest,
    { files, pack }: { readonly files: PackFiles; readonly pack: Pack },
  ): Promise<Started> => {
    const backendName = backendLabel(choice.backend);
    progress(message('engine.step.backend', { backend: backendName }), 0.5);
    const backend = await startBackend(choice.backend);
    void backend.lost.then((reason) => tell('lost', reason));
    progress(message('engine.step.network', { backend: backendName }), 0.55);
    const opened = await openNetwork(files, await lanePorts);
    lanes = opened.lanes;
    const { network } = opened;
    await network.warmUp();
    const step = message('engine.step.golden', { backend: backendName });
    const problem = await checkGolden(pack, network, (done) => progress(step, 0.7 + 0.3 * done));
    if (backend.isLost()) throw new Failure(message('backend.lost-while-starting'));
    if (problem)
      return {
        kind: 'blocked',
        reason: message('engine.wrong-answers', {
          backend: backendName,
          adapter: choice.adapter,
          problem,
        }),
      };
    // Only now: the golden patches were to be run each time.
    const remembering = rememberAnswers(network);
    running = { pack, packUrl, manifestSha256, choice, network: remembering, backend };
    return { kind: 'ready', info: choice, reference: pack.reference };
  };

  return {
    start: async (asked) => {
      const { requested, excluded, lanes: mostLanes } = asked;
      const probing = probeBackends(mostLanes);
      const fetched = await fetchFiles(asked, progress);
      if ('code' in fetched)
        return { kind: 'failed', reason: message('pack.refused', { reason: fetched }) };
      const { choice, passedOver } = chooseBackend(await probing, requested, excluded);
      if (!choice)
        return {
          kind: 'failed',
          reason: message('engine.no-backend', { reasons: listOf(passedOver) }),
        };
      tell('chosen', choice.backend);
      try {
        return await startOn(choice, asked, fetched);
      } catch (error) {
        return { kind: 'backend-failed', reason: reasonOf(error) };
      }
    },
    lanes: (ports) => giveLanes(ports),
    'lane-gone': (lane, reason) => lanes[lane]?.die(reason),
    score: async (run, sets, origins) => {
      const { pack, network, backend } = engine();
      const measuring = new Promise<Measured>((resolve) => awaiting.set(run, resolve));
      try {
        const answer = await unlessLost(backend, () =>
          scoreSets(pack, network, sets, origins, measuring),
        );
        if (answer && !answer.ok) throw new Failure(answer.error);
        return answer?.value;
      } finally {
        awaiting.delete(run);
      }
    },
    measured: (run, sets) => awaiting.get(run)?.(sets),
    'forget-patches': () => running?.network.forget(),
    finder: async () => {
      const own = engine();
      await unlessLost(
        own.backend,
        async () => void (finder ??= await openFinder(own, lanes[0]?.opened)),
      );
    },
    look: async (view) => {
      const { backend } = engine();
      const network = finder;
      if (!network) throw new Failure(message('engine.not-ready'));
      return handingOverMaps(await unlessLost(backend, () => network.maps(view)));
    },
    memory: () => memory().numTensors,
    'simulate-loss': () => running?.backend.simulateLoss(),
  };
};

if (self.name === LANE) serveLane();
else serve<Inference, InferenceTells>(answerInference);
