import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveTrouble, NoSpace, PutBack, StudyFailure } from './failures.ts';
import type { Archive } from './ports.ts';

export interface Waiting {
  /** First and longest wait between two looks, ms; each is twice the one before. */
  readonly first: number;
  readonly longest: number;
  /** Told once when waiting begins and, with undefined, when it is over. */
  readonly tell: (why: string | undefined) => void;
  /** Aborted where the worker is to stop: then nothing is waited for. */
  readonly stopping: AbortSignal;
}

/** Whether waiting is of use, and for what; undefined where it is the study's own failure. */
const reasonToWait = async (
  error: unknown,
  archive: Archive,
  signal: AbortSignal,
): Promise<string | undefined> => {
  if (error instanceof NoSpace) return error.message;
  return error instanceof ArchiveTrouble ? archive.trouble(signal) : undefined;
};

/**
 * Runs an action against the archive. Where it fails because the archive as a whole is away, busy or
 * full, it waits, however long, and tries again: no study is to blame. Where the archive is well and this
 * action alone fails, that is a StudyFailure. Rejects when `signal` aborts, and, instead of waiting, with
 * PutBack once the worker is to stop.
 */
export const withPatience = async <T>(
  archive: Archive,
  { first, longest, tell, stopping }: Waiting,
  signal: AbortSignal,
  action: () => Promise<T>,
): Promise<T> => {
  let isWaiting = false;
  for (let pause = first; ; pause = Math.min(2 * pause, longest)) {
    try {
      const value = await action();
      if (isWaiting) tell(undefined);
      return value;
    } catch (error) {
      signal.throwIfAborted();
      const why = await reasonToWait(error, archive, signal);
      if (why === undefined)
        throw error instanceof ArchiveTrouble ? new StudyFailure(error.message) : error;
      if (!isWaiting) tell(why);
      isWaiting = true;
      const either = AbortSignal.any([signal, stopping]);
      await sleep(pause, undefined, { signal: either }).catch(() => {});
      signal.throwIfAborted();
      if (stopping.aborted) throw new PutBack();
    }
  }
};
