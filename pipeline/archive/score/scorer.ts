import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StudyFailure, StudyRefused } from '../failures.ts';
import type { ImageReference } from '../ports.ts';
import type { JobIdentity } from '../job-identity.ts';
import { withoutSecrets } from '../credentials.ts';
import type { Finished, FromScorer, ToScorer } from './messages.ts';

export interface ScorerLimits {
  /** Longest time that one study may keep the process busy, s; waiting for images is not counted. */
  readonly deadline: number;
  /** Most memory of the process, MiB. */
  readonly memory: number;
}

/** A process that scores one study after the other. */
export interface Scorer {
  begin(job: JobIdentity): Promise<void>;
  look(image: ImageReference, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  refuse(image: ImageReference): Promise<void>;
  finish(): Promise<Finished>;
  /** Resident memory of the process at its last answer, bytes. */
  memory(): number;
  /** Ends the process; the next study starts another. */
  end(): void;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const MIB = 2 ** 20;
const PAGE = 4096;
const GLANCE_MS = 250;
/** Starting tsx and loading both networks. */
const START_MS = 120_000;

/** Resident memory of another process, bytes; undefined where the system does not tell (not Linux). */
const residentBytes = (pid: number): number | undefined => {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE;
  } catch {
    return undefined;
  }
};

const gone = (code: number | null, signal: string | null, errors: string): string =>
  /heap out of memory|Allocation failed|RangeError: (WebAssembly|Array buffer)/.test(errors)
    ? 'The process that reads and scores ran out of memory.'
    : `The process that reads and scores ended by itself (${signal ?? code}).`;

/** One answer, or the failure that took its place. The process is ended where it is of no more use. */
const answerOf = (
  child: ChildProcess,
  { memory }: ScorerLimits,
  patience: number,
): Promise<FromScorer> =>
  new Promise((resolve, reject) => {
    let errors = '';
    const onErrors = (text: Buffer) => (errors = (errors + String(text)).slice(-4000));
    const onExit = (code: number | null, signal: string | null) =>
      giveUp(gone(code, signal, errors));
    const onMessage = (answer: FromScorer) => settle(() => resolve(answer));
    const settle = (end: () => void) => {
      clearTimeout(clock);
      clearInterval(glance);
      child.off('message', onMessage).off('exit', onExit);
      child.stderr?.off('data', onErrors).resume();
      end();
    };
    const giveUp = (reason: string) =>
      settle(() => {
        child.kill('SIGKILL');
        reject(new StudyFailure(reason));
      });
    const clock = setTimeout(
      () => giveUp('Reading and scoring took longer than the deadline.'),
      patience,
    );
    const glance = setInterval(() => {
      const bytes = residentBytes(child.pid ?? 0);
      if (bytes !== undefined && bytes > memory * MIB)
        giveUp(`Reading and scoring took more than ${memory} MiB.`);
    }, GLANCE_MS);
    child.stderr?.on('data', onErrors);
    child.once('message', onMessage).once('exit', onExit);
  });

/** What is scored with: the folder of a pack, and the file of a site's calibration of it. */
export interface ScoredWith {
  readonly pack: string;
  readonly siteCalibration?: string | undefined;
}

/** Starts nothing yet. `program`: for tests, another one than that which scores. */
export const createScorer = (
  { pack, siteCalibration }: ScoredWith,
  limits: ScorerLimits,
  program: string = CHILD,
): Scorer => {
  let child: ChildProcess | undefined;
  let left = 0;
  let resident = 0;
  const end = () => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  const ask = async (question: ToScorer | undefined): Promise<Finished | undefined> => {
    const own = child;
    if (!own?.connected) throw new StudyFailure('The process that reads and scores is gone.');
    const start = performance.now();
    try {
      const answer = answerOf(own, limits, question ? left : START_MS);
      if (question) own.send(question);
      const got = await answer;
      resident = got.memory;
      if (got.answer === 'refused') throw new StudyRefused(got.reason);
      if (got.answer === 'failed') throw new StudyFailure(got.reason);
      return 'finished' in got ? got.finished : undefined;
    } catch (error) {
      if (own.killed || !own.connected) child = undefined;
      throw error;
    } finally {
      left -= performance.now() - start;
    }
  };
  const start = async () => {
    const allowance = String((limits.memory * MIB) / 2);
    child = fork(program, [pack, allowance, ...(siteCalibration ? [siteCalibration] : [])], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${Math.round(limits.memory / 2)}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      env: withoutSecrets(process.env),
    });
    // A message that could not be sent: the exit that follows tells.
    child.on('error', () => {});
    await ask(undefined);
  };
  return {
    begin: async (job) => {
      if (!child?.connected) await start();
      left = limits.deadline * 1000;
      await ask({ ask: 'begin', job });
    },
    look: async (image, bytes) => void (await ask({ ask: 'look', image, bytes })),
    refuse: async (image) => void (await ask({ ask: 'refuse', image })),
    finish: async () => {
      const finished = await ask({ ask: 'finish' });
      if (!finished) throw new StudyFailure('The process that scores gave no report.');
      return finished;
    },
    memory: () => resident,
    end,
  };
};
