import type { DBSchema } from 'idb';
import { z } from 'zod';
import { keptDatabase, OURS } from './kept-database.ts';

type Handle = FileSystemFileHandle | FileSystemDirectoryHandle;

const handleSchema = z.custom<Handle>((value) => {
  const { kind, name } = (value ?? {}) as Partial<Handle>;
  return (kind === 'file' || kind === 'directory') && typeof name === 'string';
});

const recentSchema = z.object({
  version: z.literal(1),
  id: z.string().min(1),
  /** ISO 8601, UTC. */
  openedAt: z.iso.datetime(),
  /** The files and folders picked together. Their names are all that is kept of their content. */
  handles: z.array(handleSchema).min(1),
});
export type Recent = Omit<z.infer<typeof recentSchema>, 'version'>;

interface Schema extends DBSchema {
  opened: { key: string; value: z.infer<typeof recentSchema> };
}

const newestFirst = (a: Recent, b: Recent): number => b.openedAt.localeCompare(a.openedAt);

/**
 * What was opened lately, as handles that only this browser can use. A record that does not parse
 * is left alone and not returned. Methods reject where the browser refuses storage.
 */
export const createRecentsStorage = () => {
  const withDatabase = keptDatabase<Schema>(
    `${OURS}-recents`,
    1,
    (db) => void db.createObjectStore('opened', { keyPath: 'id' }),
  );
  return {
    all: (): Promise<readonly Recent[]> =>
      withDatabase(async (db) => {
        const records: unknown[] = await db.getAll('opened');
        const parsed = records.map((record) => recentSchema.safeParse(record));
        return parsed
          .flatMap(({ data }) => (data ? [data] : []))
          .map(({ version: _version, ...recent }) => recent)
          .sort(newestFirst);
      }),
    save: (recent: Recent): Promise<void> =>
      withDatabase(async (db) => {
        await db.put('opened', { version: 1, ...recent, handles: [...recent.handles] });
      }),
    remove: (id: string): Promise<void> => withDatabase((db) => db.delete('opened', id)),
    clear: (): Promise<void> => withDatabase((db) => db.clear('opened')),
  };
};

export type RecentsStorage = ReturnType<typeof createRecentsStorage>;
