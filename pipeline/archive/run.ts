import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSiteCalibration } from '../../src/core/classifier/site-calibration.ts';
import { message } from '../../src/core/message/message.ts';
import { parseManifest } from '../../src/core/pack/parse-pack.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { readSecrets } from './credentials.ts';
import { openDicomWeb } from './dicomweb-archive.ts';
import { enumerate, survey } from './enumerate.ts';
import { openFolder } from './folder-archive.ts';
import { openFolderQueue } from './folder-queue.ts';
import { openJournal } from './journal.ts';
import type { Options } from './options.ts';
import { withPatience, type Waiting } from './outage.ts';
import type { Archive, WorkQueue } from './ports.ts';
import { openRedisQueue } from './redis-queue.ts';
import { createScorer } from './score/scorer.ts';
import { countsText, duration, leftIn, paceText, readStatus, statusText } from './status.ts';
import { serveStatus } from './status-page.ts';
import { listenForStop } from './stopping.ts';
import { createHandler } from './study.ts';

type Say = (text: string) => void;

const MODELS = fileURLToPath(new URL('../../public/models/', import.meta.url));

/** The pack that the page takes unless told otherwise. */
const shippedPack = (): string => {
  const { packs } = JSON.parse(readFileSync(join(MODELS, 'index.json'), 'utf8')) as {
    packs: string[];
  };
  return join(MODELS, packs[0] ?? '');
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The short digest of a site's calibration of this pack. Throws where the file is none. */
const calibrationOf = (path: string, packSha256: string): string => {
  const bytes = readFileSync(path);
  const site = readSiteCalibration(bytes.toString('utf8'), packSha256);
  if (!site.ok) throw new Error(sayIn('en', site.error));
  return sha256(bytes).slice(0, 8);
};

/** The pack, and what tells its work from other work: scores of a site's calibration are others. */
const packOf = ({ pack: folder = shippedPack(), siteCalibration }: Options) => {
  const text = readFileSync(join(folder, 'manifest.json'));
  const manifest = parseManifest(text.toString('utf8'));
  if (!manifest.ok) throw new Error(sayIn('en', manifest.error));
  const { id, version, finder } = manifest.value;
  if (!finder) throw new Error(`The pack ${id} ${version} has no finder.`);
  if (siteCalibration === undefined) return { folder, id, version };
  const site = calibrationOf(siteCalibration, sha256(text));
  return { folder, id, version: `${version}-site-${site}` };
};
type Pack = ReturnType<typeof packOf>;

/** Says what is in the way when it comes and when it is gone. */
const teller =
  (say: Say, what: string) =>
  (trouble: string | undefined): void =>
    say(trouble === undefined ? `${what} is there again.` : `${what}: ${trouble} Waiting.`);

const openQueue = (options: Options, pack: Pack, say: Say) => {
  const { source, order, retryDelay: delay } = options;
  if (source.kind === 'server') {
    const { redis } = readSecrets(options.credentials);
    const { name, lease } = options;
    const tell = teller(say, 'Redis');
    return openRedisQueue({ url: source.redis, ...redis, name, pack, order, lease, delay, tell });
  }
  const works = options.task === 'run';
  if (works) mkdirSync(source.results, { recursive: true });
  const path = join(source.results, `archive-${pack.id}-${pack.version}.jsonl`);
  const journal = works ? openJournal(path) : undefined;
  return openFolderQueue({ path, journal, order, delay, tell: teller(say, 'The disk') });
};

const openArchive = async (options: Options, say: Say): Promise<Archive> => {
  const { source, query, connections, bytesPerSecond, silence } = options;
  if (source.kind === 'server') {
    const { dicomweb: credentials } = readSecrets(options.credentials);
    const url = source.dicomweb ?? '';
    const leftOut = (count: number) => say(sayIn('en', message('count.studies-unread', { count })));
    return openDicomWeb({ url, credentials, query, connections, bytesPerSecond, silence, leftOut });
  }
  let passedOver = 0;
  const compact = (day: string | undefined) => day?.replaceAll('-', '') || undefined;
  const archive = await openFolder({
    folder: source.folder,
    results: source.results,
    since: compact(query.from),
    until: compact(query.to),
    passedOver: () => void passedOver++,
  });
  if (passedOver > 0) say(`${passedOver} files are no DICOM objects and were passed over.`);
  return archive;
};

const EVERY_MS = 500;
const REPORT_MS = 15_000;

/** Resolves when nothing is left in the queue, or the work is to stop. */
const untilDone = async (queue: WorkQueue, signal: AbortSignal, say: Say): Promise<void> => {
  let told = Date.now();
  while (!signal.aborted) {
    if (leftIn(await queue.counts()) === 0) return;
    if (Date.now() - told > REPORT_MS) {
      const status = await readStatus(queue);
      say(`${countsText(status.counts)}; ${paceText(status)}.`);
      told = Date.now();
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
};

/** Lists the studies, again where the queue may have lost some, until all are worked off. */
const listAndWait = async (
  options: Options,
  archive: Archive,
  queue: WorkQueue,
  waiting: Waiting,
  say: Say,
): Promise<void> => {
  const { stopping: signal } = waiting;
  do {
    const { studies, fresh } = await withPatience(archive, waiting, signal, () =>
      enumerate(archive, queue, options.most, signal),
    );
    say(`${studies} studies listed, ${fresh} new.`);
    await untilDone(queue, signal, say);
  } while (queue.mayHaveLost() && !signal.aborted);
};

const work = async (options: Options, pack: Pack, say: Say): Promise<number> => {
  const queue = openQueue(options, pack, say);
  const stop = listenForStop(say);
  const { deadline, memory, siteCalibration } = options;
  try {
    const archive = await openArchive(options, say);
    const waiting: Waiting = {
      first: 1000,
      longest: 60_000,
      tell: teller(say, 'The archive'),
      stopping: stop.signal,
    };
    if (options.retryFailed) say(`${await queue.retryFailed()} that failed are tried again.`);
    const handler = createHandler({ archive, pack, waiting }, () =>
      createScorer({ pack: pack.folder, siteCalibration }, { deadline, memory }),
    );
    const own = queue.work(handler.handle, options.jobs);
    stop.control(own);
    try {
      if (options.task === 'run') await listAndWait(options, archive, queue, waiting, say);
      else {
        say('Taking studies from the queue.');
        if (!stop.signal.aborted) await once(stop.signal, 'abort');
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
    await own.stop(false);
    handler.end();
    const status = await readStatus(queue);
    say(statusText(status));
    return status.counts.failed > 0 ? 3 : 0;
  } finally {
    stop.end();
    await queue.close();
  }
};

const status = async (options: Options, pack: Pack, say: Say): Promise<number> => {
  const look = async <T>(read: (queue: WorkQueue) => Promise<T>): Promise<T> => {
    // A folder's journal is read anew each time.
    const queue = openQueue(options, pack, say);
    try {
      return await read(queue);
    } finally {
      await queue.close();
    }
  };
  if (options.serve === undefined) {
    say(statusText(await look(readStatus)));
    return 0;
  }
  const stop = listenForStop(() => {});
  const title = `Archive, ${pack.id} ${pack.version}`;
  const { server, address } = await serveStatus(options.serve, title, () => look(readStatus));
  say(`The state of the work is at ${address} Ctrl+C ends this page, not the work.`);
  await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  server.close();
  server.closeAllConnections();
  stop.end();
  return 0;
};

const dryRun = async (options: Options, pack: Pack, say: Say): Promise<number> => {
  const queue = openQueue(options, pack, say);
  try {
    const archive = await openArchive(options, say);
    const { studies, objects, fresh } = await survey(archive, queue, new AbortController().signal);
    const { secondsAStudy } = await queue.pace();
    const todo = Math.min(fresh, options.most ?? fresh);
    say(`${studies} studies with ${objects} objects; ${studies - fresh} are done, ${todo} to do.`);
    say(
      secondsAStudy === undefined
        ? 'How long it takes is not known before some are done: try --most 20 first.'
        : `About ${duration((todo * secondsAStudy) / options.jobs)} with ${options.jobs} at a time here, at ${secondsAStudy.toFixed(1)} s a study so far.`,
    );
    return 0;
  } finally {
    await queue.close();
  }
};

const pauseAll = async (options: Options, pack: Pack, say: Say): Promise<number> => {
  const queue = openQueue(options, pack, say);
  try {
    await queue.pauseAll?.(options.task === 'pause');
    say(options.task === 'pause' ? 'All workers rest after the study at hand.' : 'Going on.');
    return 0;
  } finally {
    await queue.close();
  }
};

/** Does what the command line asks for. Exit code 0, or 3 where studies failed. Throws where nothing could be done. */
export const runArchive = async (options: Options, say: Say): Promise<number> => {
  const pack = packOf(options);
  if (options.task === 'status') return status(options, pack, say);
  if (options.task === 'dry-run') return dryRun(options, pack, say);
  if (options.task === 'pause' || options.task === 'resume') return pauseAll(options, pack, say);
  return work(options, pack, say);
};
