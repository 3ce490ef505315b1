import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { NoSpace } from './failures.ts';

const outcomeSchema = z.object({
  outcome: z.enum(['stored', 'there']),
  images: z.number(),
  refused: z.number(),
  findings: z.number(),
  bytes: z.number(),
  seconds: z.number(),
});

/** One line: what happened to a study, and when (ms since 1970). */
const studyEntrySchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('begun'), study: z.string(), at: z.number() }),
  z.object({ event: z.literal('put back'), study: z.string(), at: z.number() }),
  z.object({ event: z.literal('done'), study: z.string(), at: z.number(), outcome: outcomeSchema }),
  z.object({
    event: z.literal('failed'),
    study: z.string(),
    at: z.number(),
    reason: z.string(),
    /** No further try. */
    final: z.boolean(),
  }),
  z.object({ event: z.literal('again'), study: z.string(), at: z.number() }),
]);
export type StudyEntry = z.infer<typeof studyEntrySchema>;
/** How many studies the folder has. */
const listedSchema = z.object({
  event: z.literal('listed'),
  studies: z.int().nonnegative(),
  at: z.number(),
});
const entrySchema = z.union([studyEntrySchema, listedSchema]);
type Entry = z.infer<typeof entrySchema>;

/**
 * The lines of a journal. One that is not whole, because the machine or the disk gave out while it was
 * written, says nothing: what it would have said is found out anew.
 */
export const readJournal = (path: string): Entry[] => {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [entrySchema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
};

export interface Journal {
  /** Adds a line and waits until it is on the disk. Throws NoSpace where there is no room. */
  add(entry: Entry): void;
  close(): void;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * When a process began, by the start of the machine and its own: PIDs are given out again. '' where the
 * system does not say (other than Linux).
 */
const beginningOf = (pid: number): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // proc(5): field 22, counted from behind the command, which may hold blanks and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
};

/** What the lock says of the process that has it. */
export const holder = (pid: number): string => `${pid} ${beginningOf(pid)}`.trim();

/** The process that has the lock and lives; undefined where it is gone, as is one with our own PID. */
const holds = (lock: string): number | undefined => {
  const [, digits = '', began = ''] = /^(\d+) ?(.*)$/.exec(lock) ?? [];
  const pid = Number(digits);
  if (pid === 0 || pid === process.pid || !isAlive(pid)) return undefined;
  const now = beginningOf(pid);
  return began === '' || now === '' || began === now ? pid : undefined;
};

/** Takes the journal for this process alone. Throws where another one that lives has it. */
const lock = (path: string): void => {
  const take = () => {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, holder(process.pid));
    closeSync(file);
  };
  try {
    take();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = holds(readFileSync(path, 'utf8'));
    if (pid !== undefined)
      throw new Error(`Process ${pid} is at work on this folder. If it is not, delete ${path}.`, {
        cause: error,
      });
    rmSync(path, { force: true });
    take();
  }
};

/** Opens a journal for adding to it, and ends a line that was cut off. */
export const openJournal = (path: string): Journal => {
  const lockPath = `${path}.lock`;
  lock(lockPath);
  const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const file = openSync(path, 'a', 0o600);
  let size = before.length;
  if (size > 0 && before.at(-1) !== 0x0a) {
    size = before.lastIndexOf(0x0a) + 1;
    ftruncateSync(file, size);
  }
  return {
    add: (entry) => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      try {
        // A disk that fills up takes the beginning of a line, and fails for the rest alone.
        for (let at = 0; at < line.length;) at += writeSync(file, line, at);
        fsyncSync(file);
        size += line.length;
      } catch (error) {
        ftruncateSync(file, size);
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOSPC' || code === 'EDQUOT')
          throw new NoSpace('There is no room left for the state of the work.');
        throw error;
      }
    },
    close: () => {
      closeSync(file);
      rmSync(lockPath, { force: true });
    },
  };
};
