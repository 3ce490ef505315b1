import { setTimeout as sleep } from 'node:timers/promises';
import { faultLine, NoSpace, PutBack, reasonLine, StudyFailure, StudyRefused } from './failures.ts';
import { readJournal, type Journal, type StudyEntry } from './journal.ts';
import { rankOf, type Order } from './order.ts';
import type { Handler, Outcome, StudyReference, Work, WorkQueue } from './ports.ts';
import { TRIES, waitAfter, type Retries } from './retries.ts';
import { groupFailures, paceOf, type DoneStudy } from './tally.ts';

/** What the journal says of a study so far. */
interface Standing {
  readonly tries: number;
  readonly begun: boolean;
  readonly done?: DoneStudy;
  readonly failed?: string;
}
const NEW: Standing = { tries: 0, begun: false };
/** A study that was begun and never came to an end: the machine, or the run, ended with it. */
const CUT_OFF = 'The run ended three times while it was at this study.';

const after = (standing: Standing, entry: StudyEntry): Standing => {
  if (entry.event === 'begun') return { ...standing, tries: standing.tries + 1, begun: true };
  if (entry.event === 'put back') return { ...standing, tries: standing.tries - 1, begun: false };
  if (entry.event === 'again') return NEW;
  if (entry.event === 'done')
    return { ...standing, begun: false, done: { at: entry.at, outcome: entry.outcome } };
  return { ...standing, begun: false, ...(entry.final && { failed: entry.reason }) };
};

export interface FolderQueueOptions extends Retries {
  readonly path: string;
  /** Undefined: only to look, which changes nothing. */
  readonly journal: Journal | undefined;
  readonly order: Order;
  /** Told once when there is no room for the state and, with undefined, when there is again. */
  readonly tell: (trouble: string | undefined) => void;
}

const LOOK_AGAIN_MS = 5000;

/** Work of one machine: a journal of JSON lines beside the results says what was done. */
export const openFolderQueue = (options: FolderQueueOptions): WorkQueue => {
  const { path, journal, order, tell } = options;
  const standings = new Map<string, Standing>();
  const waiting = new Map<string, StudyReference>();
  /** When a study that failed may be tried again, ms since 1970. */
  const notBefore = new Map<string, number>();
  const active = new Set<string>();
  const apply = (entry: StudyEntry) =>
    standings.set(entry.study, after(standings.get(entry.study) ?? NEW, entry));
  let listed = 0;
  for (const entry of readJournal(path))
    if (entry.event === 'listed') listed = entry.studies;
    else apply(entry);
  for (const [study, { begun, tries, failed }] of standings)
    if (begun && tries >= TRIES && failed === undefined)
      standings.set(study, { tries, begun: false, failed: CUT_OFF });

  /** Writes what happened, however long there is no room for it. */
  const note = async (entry: StudyEntry) => {
    let told = false;
    for (;;)
      try {
        journal?.add(entry);
        if (told) tell(undefined);
        apply(entry);
        return;
      } catch (error) {
        if (!(error instanceof NoSpace)) throw error;
        if (!told) tell(error.message);
        told = true;
        await sleep(LOOK_AGAIN_MS);
      }
  };

  const next = (): string | undefined => {
    const now = Date.now();
    const ready = [...waiting.values()].filter(
      ({ study }) => !active.has(study) && (notBefore.get(study) ?? 0) <= now,
    );
    const ranked = ready.map((one) => ({ study: one.study, rank: rankOf(one, order) }));
    return ranked.reduce<(typeof ranked)[number] | undefined>(
      (best, one) => (best && best.rank <= one.rank ? best : one),
      undefined,
    )?.study;
  };

  const ended = async (study: string, signal: AbortSignal, ending: Promise<Outcome>) => {
    const at = () => Date.now();
    try {
      const outcome = await ending;
      await note({ event: 'done', study, at: at(), outcome });
      waiting.delete(study);
    } catch (error) {
      if (signal.aborted || error instanceof PutBack)
        return note({ event: 'put back', study, at: at() });
      const { tries } = standings.get(study) ?? NEW;
      const final = error instanceof StudyRefused || tries >= TRIES;
      const known = error instanceof StudyRefused || error instanceof StudyFailure;
      const reason = known ? reasonLine(error.message) : faultLine(error);
      await note({ event: 'failed', study, at: at(), reason, final });
      if (final) waiting.delete(study);
      else notBefore.set(study, Date.now() + waitAfter(options, tries));
    }
  };

  const work = (handler: Handler, jobs: number): Work => {
    const stopping = new AbortController();
    const giveUp = new AbortController();
    let paused = false;
    const lane = async () => {
      while (!stopping.signal.aborted) {
        const study = paused ? undefined : next();
        if (study === undefined) {
          await sleep(100, undefined, { signal: stopping.signal }).catch(() => {});
          continue;
        }
        active.add(study);
        await note({ event: 'begun', study, at: Date.now() });
        const { signal } = giveUp;
        const attempt = standings.get(study)?.tries ?? 1;
        await ended(study, signal, handler({ study, attempt, signal, step: async () => {} }));
        active.delete(study);
      }
    };
    const lanes = Array.from({ length: jobs }, lane);
    return {
      pause: async () => void (paused = true),
      resume: () => void (paused = false),
      stop: async (now) => {
        stopping.abort();
        if (now) giveUp.abort();
        await Promise.all(lanes);
      },
    };
  };

  const all = () => [...standings.entries()];
  const count = (what: 'done' | 'failed') =>
    all().filter(([, standing]) => standing[what] !== undefined).length;
  return {
    add: async (studies) => {
      let added = 0;
      for (const study of studies) {
        const standing = standings.get(study.study);
        if (!standing) added++;
        if (standing?.done === undefined && standing?.failed === undefined)
          waiting.set(study.study, study);
      }
      const total = waiting.size + count('done') + count('failed');
      if (total !== listed) journal?.add({ event: 'listed', studies: total, at: Date.now() });
      listed = total;
      return added;
    },
    countDone: async (studies) => studies.filter(({ study }) => standings.get(study)?.done).length,
    work,
    counts: async () => {
      const [done, failed] = [count('done'), count('failed')];
      // Whoever only looks knows what was listed, and not what is at hand.
      if (!journal)
        return {
          waiting: Math.max(listed - done - failed, 0),
          active: 0,
          delayed: 0,
          done,
          failed,
        };
      const delayed = [...waiting.keys()].filter(
        (study) => !active.has(study) && (notBefore.get(study) ?? 0) > Date.now(),
      ).length;
      return {
        waiting: waiting.size - active.size - delayed,
        active: active.size,
        delayed,
        done,
        failed,
      };
    },
    failures: async () =>
      groupFailures(
        all().flatMap(([study, { failed: reason }]) => (reason ? [{ study, reason }] : [])),
      ),
    pace: async () =>
      paceOf(
        all().flatMap(([, { done }]) => done ?? []),
        Date.now(),
      ),
    retryFailed: async () => {
      const failed = all().filter(([, { failed: reason }]) => reason !== undefined);
      for (const [study] of failed) await note({ event: 'again', study, at: Date.now() });
      return failed.length;
    },
    mayHaveLost: () => false,
    close: async () => journal?.close(),
  };
};
