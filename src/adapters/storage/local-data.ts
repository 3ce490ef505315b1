import { Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import { checkedBy } from '../../core/message/schema-problems.ts';
import { type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';
import type { Brought } from '../../ports/files.ts';
import { OURS, ownDatabase } from './kept-database.ts';
import { forgetUnwritten } from './unwritten.ts';

/** What tells our copy of the local data from any other JSON. */
const LOCAL_DATA_KIND = 'tandem-local-data';

const keyPath = z.union([z.string(), z.array(z.string())]);
const storeSchema = z.object({
  name: z.string(),
  keyPath: keyPath.nullable(),
  indexes: z.array(
    z.object({ name: z.string(), keyPath, unique: z.boolean(), multiEntry: z.boolean() }),
  ),
  /** A key only where the store keeps keys apart from its records. */
  records: z.array(
    z.object({ key: z.union([z.string(), z.number()]).optional(), value: z.unknown() }),
  ),
});
const databaseSchema = z.object({
  name: z.string().startsWith(OURS),
  version: z.int().positive(),
  stores: z.array(storeSchema),
});
const copySchema = z.object({
  kind: z.literal(LOCAL_DATA_KIND),
  version: z.literal(1),
  databases: z.array(databaseSchema),
  settings: z.record(z.string().startsWith(OURS), z.string()),
});

type StoreCopy = z.infer<typeof storeSchema>;
type DatabaseCopy = z.infer<typeof databaseSchema>;
type LocalDataCopy = z.infer<typeof copySchema>;
type SettingsStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const settingKeys = (store: SettingsStore): string[] =>
  Array.from({ length: store.length }, (_, i) => store.key(i) ?? '').filter((key) =>
    key.startsWith(OURS),
  );

const ourDatabases = async (): Promise<string[]> =>
  (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(OURS) ? [name] : []));

/** What JSON can hold and give back the same: a file handle, for one, lives in this browser only. */
const isPlain = (value: unknown): boolean => {
  if (value === null || typeof value !== 'object') return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (Array.isArray(value) || prototype === Object.prototype) && Object.values(value).every(isPlain)
  );
};

const copyStore = async (db: IDBPDatabase, name: string): Promise<StoreCopy> => {
  const store = db.transaction(name).store;
  const indexes = [...store.indexNames].map((index) => {
    const { keyPath: path, unique, multiEntry } = store.index(index);
    return { name: index, keyPath: path, unique, multiEntry };
  });
  const values = (await store.getAll()) as unknown[];
  const keys = store.keyPath === null ? ((await store.getAllKeys()) as (string | number)[]) : [];
  const records = values.map((value, i) => ({
    ...(keys[i] !== undefined && { key: keys[i] }),
    value,
  }));
  return {
    name,
    keyPath: store.keyPath,
    indexes,
    records: records.filter((r) => isPlain(r.value)),
  };
};

const copyDatabase = async (name: string): Promise<DatabaseCopy> => {
  const db = await openDB(name);
  try {
    const stores: StoreCopy[] = [];
    for (const store of db.objectStoreNames) stores.push(await copyStore(db, store));
    return { name, version: db.version, stores };
  } finally {
    db.close();
  }
};

/** The database of a copy: as this program makes it, and one that it does not know as it was. */
const openFor = async (copy: DatabaseCopy): Promise<IDBPDatabase> => {
  const own = ownDatabase(copy.name);
  if (own) return openDB(copy.name, own.version, { upgrade: own.upgrade });
  const isHere = (await ourDatabases()).includes(copy.name);
  if (isHere) return openDB(copy.name);
  return openDB(copy.name, copy.version, {
    upgrade: (db) => {
      for (const { name, keyPath: path, indexes } of copy.stores) {
        const store = db.createObjectStore(name, path === null ? {} : { keyPath: path });
        for (const { name: index, keyPath: on, unique, multiEntry } of indexes)
          store.createIndex(index, on, { unique, multiEntry });
      }
    },
  });
};

const written = z.object({ changedAt: z.number().optional(), at: z.unknown().optional() });

/** When a record was written, as far as it tells: of what the finder made it is `at`, in milliseconds too. */
const writtenAt = (record: unknown): number | undefined => {
  const { changedAt, at } = written.safeParse(record).data ?? {};
  return changedAt ?? (typeof at === 'number' ? at : undefined);
};

/** All that it says but when. */
const contentOf = (record: unknown): string =>
  JSON.stringify(record, (name, value: unknown) =>
    name === 'changedAt' || (name === 'at' && typeof value === 'number') ? undefined : value,
  );

/** The later of two; the one that is here where either does not tell. */
const isNewer = (coming: unknown, here: unknown): boolean =>
  (writtenAt(coming) ?? -Infinity) > (writtenAt(here) ?? Infinity);

const keyOf = ({ keyPath: path }: StoreCopy, { key, value }: StoreCopy['records'][number]) =>
  key ??
  (typeof path === 'string' && typeof value === 'object'
    ? (value as Readonly<Record<string, IDBValidKey | undefined>> | null)?.[path]
    : undefined);

const NOTHING: Brought = { brought: 0, left: 0 };
const sumOf = (all: readonly Brought[]): Brought =>
  all.reduce(
    (sum, { brought, left }) => ({ brought: sum.brought + brought, left: sum.left + left }),
    NOTHING,
  );

const fillStore = async (db: IDBPDatabase, store: StoreCopy): Promise<Brought> => {
  const tx = db.transaction(store.name, 'readwrite');
  const fill = async (record: StoreCopy['records'][number]): Promise<Brought> => {
    const key = keyOf(store, record);
    const here: unknown = key === undefined ? undefined : await tx.store.get(key);
    if (here !== undefined && !isNewer(record.value, here))
      return { brought: 0, left: Number(contentOf(record.value) !== contentOf(here)) };
    await tx.store.put(record.value, record.key);
    return { brought: 1, left: 0 };
  };
  const [filled] = await Promise.all([Promise.all(store.records.map(fill)), tx.done]);
  return sumOf(filled);
};

/** Whether a newer program made it: a database of its version would be out of this one's reach from then on. */
const isOfNewer = ({ name, version }: DatabaseCopy): boolean =>
  version > (ownDatabase(name)?.version ?? version);

/** Who reads the records checks them, as everything that storage holds. */
const fillDatabase = async (copy: DatabaseCopy): Promise<Brought> => {
  const db = await openFor(copy);
  try {
    const stores = copy.stores.filter(({ name }) => db.objectStoreNames.contains(name));
    const filled: Brought[] = [];
    for (const store of stores) filled.push(await fillStore(db, store));
    return sumOf(filled);
  } finally {
    db.close();
  }
};

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    // Connections of this program give way (kept-database.ts), so the deletion waits but for a moment.
    request.onsuccess = () => resolve();
    request.onerror = () =>
      reject(request.error ?? new Failure(message('copy.undeleted', { name })));
  });

const parseCopy = (text: string): LocalDataCopy => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Failure(message('copy.not-json'));
  }
  const checked = checkedBy(copySchema, value);
  if (checked.ok) return checked.value;
  throw new Failure(message('copy.foreign'));
};

/** Everything the program keeps in this browser, as one thing: to copy, to bring back, to delete. */
export const createLocalData = (settings: () => SettingsStore = () => localStorage) => ({
  /** All of it as JSON text. Records that only live in this browser (file handles) are left out. */
  copy: async (): Promise<string> => {
    const databases: DatabaseCopy[] = [];
    for (const name of await ourDatabases()) databases.push(await copyDatabase(name));
    const copy: LocalDataCopy = {
      kind: LOCAL_DATA_KIND,
      version: 1,
      databases,
      settings: Object.fromEntries(
        settingKeys(settings()).map((key) => [key, settings().getItem(key) ?? '']),
      ),
    };
    return JSON.stringify(copy);
  },
  /**
   * Adds a copy to what is here. Of two records of one key the one that was written later stays, and the one
   * that is here where they do not tell. Settings are those of the copy. Rejects with a Failure.
   */
  bringBack: async (text: string): Promise<Brought> => {
    const copy = parseCopy(text);
    if (copy.databases.some(isOfNewer)) throw new Failure(message('copy.newer'));
    const filled: Brought[] = [];
    for (const database of copy.databases) filled.push(await fillDatabase(database));
    for (const [key, value] of Object.entries(copy.settings)) settings().setItem(key, value);
    return sumOf(filled);
  },
  /** Deletes all of it. What is on screen is still in memory: load the page again. */
  deleteAll: async (): Promise<void> => {
    forgetUnwritten();
    for (const name of await ourDatabases()) await deleteDatabase(name);
    for (const key of settingKeys(settings())) settings().removeItem(key);
  },
});
