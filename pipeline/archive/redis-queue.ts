import { hostname } from 'node:os';
import { Queue, UnrecoverableError, WaitingError, Worker, type Job } from 'bullmq';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { faultLine, PutBack, reasonLine, StudyFailure, StudyRefused } from './failures.ts';
import { jobIdentity } from './job-identity.ts';
import { rankOf, type Order } from './order.ts';
import type { Failures, Handler, Outcome, Step, StudyReference, Work, WorkQueue } from './ports.ts';
import { TRIES, waitAfter, type Retries } from './retries.ts';
import { groupFailures, paceOf, type DoneStudy } from './tally.ts';

export interface RedisOptions extends Retries {
  /** redis://host:port/db or rediss://; without credentials. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Tells the work of one archive from that of another on the same server. */
  readonly name: string;
  readonly pack: Pick<PackManifest, 'id' | 'version'>;
  readonly order: Order;
  /** A worker that was not heard of for so long is taken for dead, s. */
  readonly lease: number;
  /** Told once when the connection is lost and, with undefined, when it is back. */
  readonly tell: (trouble: string | undefined) => void;
}

/** All that the queue holds of a study. */
interface StudyData {
  readonly study: string;
}
type StudyJob = Job<StudyData, Outcome, string>;

/**
 * A worker may be killed while it holds a study; so many times it goes back to the queue before it counts
 * as failed. What a study itself does wrong ends a process of its own and counts as a try.
 */
const MOST_DEATHS = 20;
/** Finished studies that pace and failures are told from. */
const SAMPLE = { done: 200, failed: 1000 };

const parts = (url: string) => {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new Error('The address of Redis begins with redis:// or rediss://.');
  if (username || password)
    throw new Error(
      'Credentials of Redis go into the environment or a file, not into its address.',
    );
  return {
    host: hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    port: Number(port) || 6379,
    db: Number(pathname.slice(1)) || 0,
    ...(protocol === 'rediss:' && { tls: {} }),
  };
};

/** What BullMQ is to make of a failure. The texts hold UIDs and numbers alone (failures.ts). */
const asJobError = (error: unknown): Error => {
  if (error instanceof StudyRefused) return new UnrecoverableError(reasonLine(error.message));
  return new Error(error instanceof StudyFailure ? reasonLine(error.message) : faultLine(error));
};

const handleJob = async (
  handler: Handler,
  job: StudyJob,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Outcome> => {
  // Where the worker stands is for looking; a study does not fail for want of it.
  const step = async (name: Step) => job.updateProgress(name).catch(() => {});
  try {
    const { study } = job.data;
    return await handler({ study, attempt: job.attemptsMade + 1, step, signal });
  } catch (error) {
    if (!signal.aborted && !(error instanceof PutBack)) throw asJobError(error);
    await job.moveToWait(token);
    throw new WaitingError();
  }
};

/** Work on BullMQ; any number of processes may share it. Connects at once, and waits for the server. */
export const openRedisQueue = (options: RedisOptions): WorkQueue => {
  const { pack, order, lease, tell, username, password } = options;
  let isAway = false;
  let lost = false;
  const connection = {
    ...parts(options.url),
    ...(username && { username }),
    ...(password && { password }),
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
  };
  const name = `${options.name} ${pack.id} ${pack.version}`.replaceAll(/[^\w.-]+/g, '-');
  const prefix = 'tandem';
  const queue = new Queue<StudyJob>(name, { connection, prefix });
  const away = (error: Error) => {
    if (!isAway) tell(reasonLine(error.message));
    isAway = lost = true;
  };
  const back = () => {
    if (isAway) tell(undefined);
    isAway = false;
  };
  queue.on('error', away);
  queue.on('ioredis:close', () => away(new Error('Redis closed the connection.')));
  queue.backend.on('ready', back);
  const idOf = ({ study }: Pick<StudyReference, 'study'>) => jobIdentity([study], pack).id;

  const work = (handler: Handler, jobs: number): Work => {
    const worker = new Worker<StudyData, Outcome>(
      name,
      (job, token, signal) => handleJob(handler, job, token, signal as AbortSignal),
      {
        connection,
        prefix,
        // Where a study is at work, for whoever looks.
        name: `${hostname()}:${process.pid}`,
        concurrency: jobs,
        lockDuration: lease * 1000,
        stalledInterval: lease * 1000,
        maxStalledCount: MOST_DEATHS,
        runRetryDelay: 1000,
        settings: { backoffStrategy: (made) => waitAfter(options, made) },
      },
    );
    worker.on('error', away);
    return {
      pause: () => worker.pause(true),
      resume: () => worker.resume(),
      stop: async (now) => {
        await worker.pause(true);
        if (now) worker.cancelAllJobs('stopped');
        await worker.close();
      },
    };
  };

  return {
    add: async (studies) => {
      const known = await Promise.all(studies.map((study) => queue.getJob(idOf(study))));
      const fresh = studies.filter((_, i) => !known[i]);
      await queue.addBulk(
        fresh.map((study) => ({
          name: 'study',
          data: { study: study.study },
          opts: {
            jobId: idOf(study),
            priority: rankOf(study, order),
            attempts: TRIES,
            backoff: { type: 'custom' },
            stackTraceLimit: 0,
          },
        })),
      );
      return fresh.length;
    },
    countDone: async (studies) => {
      const jobs = await Promise.all(studies.map((study) => queue.getJob(idOf(study))));
      return jobs.filter((job) => job?.finishedOn !== undefined && !job.failedReason).length;
    },
    work,
    counts: async () => {
      const by = await queue.getJobCounts();
      const of = (...states: string[]) => states.reduce((sum, state) => sum + (by[state] ?? 0), 0);
      return {
        waiting: of('waiting', 'prioritized', 'paused'),
        active: of('active'),
        delayed: of('delayed'),
        done: of('completed'),
        failed: of('failed'),
      };
    },
    failures: async (): Promise<readonly Failures[]> => {
      const jobs = await queue.getJobs(['failed'], 0, SAMPLE.failed - 1);
      return groupFailures(
        jobs.map((job) => ({ study: job.data.study, reason: job.failedReason ?? '' })),
      );
    },
    pace: async () => {
      const jobs = await queue.getJobs(['completed'], 0, SAMPLE.done - 1);
      return paceOf(
        jobs.flatMap(({ finishedOn, returnvalue }): DoneStudy[] =>
          finishedOn === undefined ? [] : [{ at: finishedOn, outcome: returnvalue }],
        ),
        Date.now(),
      );
    },
    retryFailed: async () => {
      const failed = await queue.getFailedCount();
      await queue.retryJobs({ state: 'failed' });
      return failed;
    },
    pauseAll: (on) => (on ? queue.pause() : queue.resume()),
    mayHaveLost: () => {
      const before = lost;
      lost = false;
      return before;
    },
    close: () => queue.close(),
  };
};
