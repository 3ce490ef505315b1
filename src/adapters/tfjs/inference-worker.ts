import { listOf } from '../../core/message/list.ts';
import { Failure, failureOf, reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
/// <reference lib="webworker" />
import { memory } from '@tensorflow/tfjs-core';
import type { Pack } from '../../core/pack/parse-pack.ts';
import { backendLabel, chooseBackend, type BackendChoice } from './backend-choice.ts';
import type { AnalyticVectors } from '../../core/lesion/view-input.ts';
import { checkGolden, readPack, scoreSets } from './engine.ts';
import { fetchFinder } from './fetch-finder.ts';
import { finderGoldenProblem, type FinderNetwork } from './finder.ts';
import { fetchPack, type PackCache, type PackFiles } from './load-pack.ts';
import { LANE, serveLane, type StartingLane } from './lane-worker.ts';
import type { Network } from './network.ts';
import { openNetwork } from './open-network.ts';
import { probeBackends } from './probe-backends.ts';
import { startBackend, type StartedBackend } from './start-backend.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

// One worker serves one pack on one backend for its whole life. The page replaces the worker to
// change the backend or to recover from a lost device.

interface Running {
  readonly pack: Pack;
  readonly packUrl: string;
  readonly manifestSha256: string | undefined;
  readonly choice: BackendChoice;
  readonly network: Network;
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

let running: Running | undefined;

const post = (message: FromWorker, transfer: Transferable[] = []) =>
  self.postMessage(message, transfer);
const progress = (step: Message, fraction: number) => post({ type: 'progress', step, fraction });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const openCache = async (): Promise<PackCache | undefined> => {
  try {
    return await caches.open(CACHE_NAME);
  } catch {
    return undefined;
  }
};

const fetchFiles = async (
  packUrl: string,
  manifestSha256: string | undefined,
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

/** The lanes come from the page: see lane-worker.ts. */
let giveLanes: (ports: readonly MessagePort[]) => void = () => undefined;
const lanePorts = new Promise<readonly MessagePort[]>((resolve) => (giveLanes = resolve));
let lanes: readonly StartingLane[] = [];

const startOn = async (
  choice: BackendChoice,
  { packUrl, manifestSha256 }: ToWorker & { type: 'start' },
  { files, pack }: { readonly files: PackFiles; readonly pack: Pack },
) => {
  const backendName = backendLabel(choice.backend);
  progress(message('engine.step.backend', { backend: backendName }), 0.5);
  const backend = await startBackend(choice.backend);
  void backend.lost.then((reason) => post({ type: 'lost', reason }));
  progress(message('engine.step.network', { backend: backendName }), 0.55);
  const opened = await openNetwork(files, await lanePorts);
  lanes = opened.lanes;
  const { network } = opened;
  await network.warmUp();
  const step = message('engine.step.golden', { backend: backendName });
  const problem = await checkGolden(pack, network, (done) => progress(step, 0.7 + 0.3 * done));
  if (backend.isLost()) throw new Failure(message('backend.lost-while-starting'));
  if (problem)
    return post({
      type: 'blocked',
      reason: message('engine.wrong-answers', {
        backend: backendName,
        adapter: choice.adapter,
        problem,
      }),
    });
  running = { pack, packUrl, manifestSha256, choice, network, backend };
  post({ type: 'ready', info: choice, reference: pack.reference });
};

const start = async (asked: ToWorker & { type: 'start' }) => {
  const { packUrl, manifestSha256, requested, excluded, lanes: mostLanes } = asked;
  const probing = probeBackends(mostLanes);
  const fetched = await fetchFiles(packUrl, manifestSha256);
  if ('code' in fetched)
    return post({ type: 'failed', reason: message('pack.refused', { reason: fetched }) });
  const { choice, passedOver } = chooseBackend(await probing, requested, excluded);
  if (!choice)
    return post({
      type: 'failed',
      reason: message('engine.no-backend', { reasons: listOf(passedOver) }),
    });
  post({ type: 'chosen', backend: choice.backend });
  try {
    await startOn(choice, asked, fetched);
  } catch (error) {
    post({ type: 'backend-failed', reason: reasonOf(error) });
  }
};

/** Not yet told of, if the backend was lost over it: another worker is asked then. */
const afterLoss = async ({ lost, isLost }: StartedBackend, error: unknown, tell: () => void) => {
  await Promise.race([lost, pause(lossGrace(error))]);
  if (!isLost()) tell();
};

type Measured = readonly AnalyticVectors[] | undefined;
/** Who waits for the measurements of a run; they always come after the run was asked for. */
const awaiting = new Map<number, (measured: Measured) => void>();

const score = async ({ id, sets, origins }: ToWorker & { type: 'score' }) => {
  if (!running) return post({ type: 'score-failed', id, reason: message('engine.not-ready') });
  const { pack, network, backend } = running;
  try {
    const measuring = new Promise<Measured>((resolve) => awaiting.set(id, resolve));
    const answer = await scoreSets(pack, network, sets, origins, measuring);
    if (!answer) return;
    if (!answer.ok) return post({ type: 'score-failed', id, reason: answer.error });
    // Reading back from a lost device may give zeros instead of an error; `lost` is on its way.
    if (!backend.isLost()) post({ type: 'scored', id, ...answer.value });
  } catch (error) {
    await afterLoss(backend, error, () =>
      post({ type: 'score-failed', id, reason: reasonOf(error) }),
    );
  } finally {
    awaiting.delete(id);
  }
};

const openFinder = async ({ packUrl, manifestSha256, choice }: Running): Promise<FinderNetwork> => {
  const opened = await fetchFinder(packUrl, {
    fetch: (url) => fetch(url),
    cache: await openCache(),
    manifestSha256,
  });
  if (!opened.ok) throw new Failure(opened.error);
  const network = await opened.value.load();
  const problem = await finderGoldenProblem(network, opened.value.rules.golden);
  if (!problem) return network;
  network.dispose();
  const { backend, adapter } = choice;
  throw new Failure(
    message('look.wrong-answers', { backend: backendLabel(backend), adapter, problem }),
  );
};

let finder: FinderNetwork | undefined;

const prepareFinder = async () => {
  if (!running) return post({ type: 'finder-refused', reason: message('engine.not-ready') });
  const { backend } = running;
  try {
    finder ??= await openFinder(running);
    if (!backend.isLost()) post({ type: 'finder-ready' });
  } catch (error) {
    await afterLoss(backend, error, () =>
      post({ type: 'finder-refused', reason: failureOf(error) }),
    );
  }
};

const look = async ({ id, view }: ToWorker & { type: 'look' }) => {
  if (!running || !finder)
    return post({ type: 'look-failed', id, reason: message('engine.not-ready') });
  const { backend } = running;
  try {
    const maps = await finder.maps(view);
    // As with scores: what is read back from a lost device may be zeros.
    if (backend.isLost()) return;
    post({ type: 'looked', id, maps }, [
      maps.head.buffer as ArrayBuffer,
      maps.features.buffer as ArrayBuffer,
    ]);
  } catch (error) {
    await afterLoss(backend, error, () =>
      post({ type: 'look-failed', id, reason: reasonOf(error) }),
    );
  }
};

const receive = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'start') void start(data);
  else if (data.type === 'score') void score(data);
  else if (data.type === 'finder') void prepareFinder();
  else if (data.type === 'look') void look(data);
  else if (data.type === 'measured') awaiting.get(data.id)?.(data.sets);
  else if (data.type === 'lanes') giveLanes(data.ports);
  else if (data.type === 'lane-gone') lanes[data.lane]?.die(data.reason);
  else if (data.type === 'memory')
    post({ type: 'memory', id: data.id, numTensors: memory().numTensors });
  else running?.backend.simulateLoss();
};

if (self.name === LANE) serveLane();
else self.onmessage = receive;
