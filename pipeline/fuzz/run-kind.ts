import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KindName } from './kinds/index.ts';
import { OUTCOMES, type FromChild, type Outcome, type Verdict } from './verdict.ts';

/** Longest time for one input, ms of the processor: the machine may be busy with other things. */
export const PATIENCE_MS = 5_000;
/** An input that waits for ever uses no processor: it is given up after this long, ms. */
const LONGEST_WAIT_MS = 60_000;
/** How often a process is looked at, ms. */
const GLANCE_MS = 500;
/** Most memory of the process, bytes: programs, decoders and the largest input that is in bounds. */
export const MEMORY_LIMIT = 1.5 * 2 ** 30;
/** Old and new objects of JavaScript alone, MiB. */
const HEAP_MIB = 768;
/** A process is replaced after so many inputs, so that its peak is that of few. */
const INPUTS_PER_PROCESS = 500;

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

export interface Finding extends Verdict {
  readonly index: number;
}

export interface KindResult {
  readonly kind: KindName;
  readonly seed: number;
  readonly inputs: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Longest time of one input, ms, and the largest memory of a process, MiB. */
  readonly slowestMs: number;
  readonly peakMiB: number;
  readonly findings: readonly Finding[];
}

interface Done extends Verdict {
  readonly milliseconds: number;
  readonly peakBytes: number;
}

/**
 * Processor time of a process so far, ms (man 5 proc: utime and stime in hundredths of a second);
 * undefined where the system does not tell.
 */
const processorTime = (pid: number | undefined): number | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return undefined;
  }
};

/** Calls `onHang` once an input has taken too long. Returns the way to stop. */
const watch = (pid: number | undefined, onHang: () => void): (() => void) => {
  const [start, before] = [performance.now(), processorTime(pid)];
  const timer = setInterval(() => {
    const waited = performance.now() - start;
    const [now, then] = [processorTime(pid) ?? waited, before ?? 0];
    if (now - then < PATIENCE_MS && waited < LONGEST_WAIT_MS) return;
    clearInterval(timer);
    onHang();
  }, GLANCE_MS);
  return () => clearInterval(timer);
};

/** A process that runs inputs one at a time. */
const startProcess = async (kind: KindName, seed: number) => {
  const process_: ChildProcess = fork(child, [kind, String(seed)], {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MIB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  process_.stderr?.on(
    'data',
    (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)),
  );
  await new Promise<void>((resolve, reject) => {
    process_.once('message', () => resolve());
    process_.once('exit', (code) =>
      reject(new Error(`the ${kind} process ended with ${code}: ${errors}`)),
    );
  });
  process_.removeAllListeners('exit');

  const run = (index: number): Promise<Done> =>
    new Promise((resolve, reject) => {
      let stop = () => {};
      const finish = (done: Done) => {
        stop();
        process_.removeAllListeners();
        resolve(done);
      };
      const lost = (outcome: Outcome, detail: string) =>
        finish({ outcome, detail, milliseconds: PATIENCE_MS, peakBytes: 0 });
      process_.on('message', (message: FromChild) => {
        if (message.type === 'begun')
          stop = watch(process_.pid, () => lost('hang', `no answer in ${PATIENCE_MS} ms`));
        else if (message.type === 'done') finish(message);
      });
      process_.once('exit', (code, signal) => {
        stop();
        if (code === 3)
          return reject(new Error(`the fuzzer failed at ${kind} ${index}: ${errors}`));
        const memory = /heap out of memory|Allocation failed/.test(errors);
        lost(memory ? 'memory' : 'crash', `the process ended (${signal ?? code}) ${errors}`);
      });
      process_.send({ index });
    });
  return { run, end: () => void process_.kill('SIGKILL') };
};

type Process = Awaited<ReturnType<typeof startProcess>>;

const isFinding = ({ outcome }: Verdict) => outcome !== 'accepted' && outcome !== 'refused';

const withMemory = (done: Done): Done =>
  done.peakBytes > MEMORY_LIMIT && !isFinding(done)
    ? { ...done, outcome: 'memory', detail: `${Math.round(done.peakBytes / 2 ** 20)} MiB` }
    : done;

/**
 * Runs inputs [from, from + count) of a kind. A hang or a memory finding counts when it comes again in
 * a fresh process: a busy machine, or what earlier inputs left behind, must not pass for one.
 */
export const runKind = async (
  kind: KindName,
  seed: number,
  count: number,
  { from = 0, onProgress = () => {} }: { from?: number; onProgress?: (done: number) => void } = {},
): Promise<KindResult> => {
  const outcomes = Object.fromEntries(OUTCOMES.map((o) => [o, 0])) as Record<Outcome, number>;
  const findings: Finding[] = [];
  let [slowestMs, peakBytes, served] = [0, 0, 0];
  let process_: Process | undefined;
  const restart = async (): Promise<Process> => {
    process_?.end();
    served = 0;
    return (process_ = await startProcess(kind, seed));
  };
  const once = async (index: number): Promise<Done> => {
    const current = !process_ || served >= INPUTS_PER_PROCESS ? await restart() : process_;
    served++;
    const done = withMemory(await current.run(index));
    if (isFinding(done)) {
      current.end();
      process_ = undefined;
    }
    return done;
  };
  try {
    for (let index = from; index < from + count; index++) {
      const first = await once(index);
      const done = isFinding(first) ? await once(index) : first;
      outcomes[done.outcome]++;
      slowestMs = Math.max(slowestMs, done.milliseconds);
      peakBytes = Math.max(peakBytes, done.peakBytes);
      if (isFinding(done)) findings.push({ index, outcome: done.outcome, detail: done.detail });
      onProgress(index - from + 1);
    }
  } finally {
    process_?.end();
  }
  const peakMiB = Math.round(peakBytes / 2 ** 20);
  return {
    kind,
    seed,
    inputs: count,
    outcomes,
    slowestMs: Math.round(slowestMs),
    peakMiB,
    findings,
  };
};
