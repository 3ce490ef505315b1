import { z } from 'zod';
import { OURS } from './kept-database.ts';

/** Calls that write to a database, by name; their arguments go through JSON and come out the same. */
type Writes = Readonly<Record<string, (...args: never[]) => Promise<void>>>;
export type Journal = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const UNWRITTEN = `${OURS}.unwritten.`;
const entrySchema = z.object({ call: z.string(), args: z.array(z.unknown()) });

const ofTab = (): Journal => sessionStorage;

/** Where the browser refuses the journal, a call is written as soon as the database is, and no sooner. */
const attempt = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

const keysOf = (journal: Journal, prefix: string): readonly string[] =>
  Array.from({ length: journal.length }, (_, i) => journal.key(i) ?? '')
    .filter((key) => key.startsWith(prefix))
    .sort((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)));

/** Larger than in any page before, so that calls stay in order. */
let next = Date.now();

/**
 * Closes the gap between a change and its place in a database: a page that is reloaded or crashes in
 * between would lose it. Each call is noted at once in the journal of the tab (sessionStorage), until it was
 * written or refused; what an earlier page left there is written first.
 */
export const withJournal = <W extends Writes>(
  database: string,
  writes: W,
  journal: () => Journal = ofTab,
): W => {
  const prefix = `${UNWRITTEN}${database}.`;
  const run = (key: string, call: string, args: readonly unknown[]): Promise<void> =>
    (writes[call] as (...all: readonly unknown[]) => Promise<void>)(...args).finally(() =>
      attempt(() => journal().removeItem(key), undefined),
    );
  for (const key of attempt(() => keysOf(journal(), prefix), [])) {
    const entry = attempt(
      () => entrySchema.parse(JSON.parse(journal().getItem(key) ?? '')),
      undefined,
    );
    if (entry && Object.hasOwn(writes, entry.call))
      run(key, entry.call, entry.args).catch(() => undefined);
    else attempt(() => journal().removeItem(key), undefined);
  }
  const noted = (call: string) =>
    ((...args: never[]) => {
      const key = `${prefix}${next++}`;
      attempt(() => journal().setItem(key, JSON.stringify({ call, args })), undefined);
      return run(key, call, args);
    }) as W[keyof W];
  return Object.fromEntries(Object.keys(writes).map((call) => [call, noted(call)])) as unknown as W;
};

/** Forgets everything that is noted in this tab. */
export const forgetUnwritten = (journal: () => Journal = ofTab): void =>
  attempt(() => {
    for (const key of keysOf(journal(), UNWRITTEN)) journal().removeItem(key);
  }, undefined);
