import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb';

/** Every database and setting of this program has a name that begins so (local-data.ts). */
export const OURS = 'tandem';

/** A refusal of the browser in words that tell the reader what to do. */
const inWords = (error: unknown): Error => {
  const { name, message } = error as Error;
  if (name === 'VersionError')
    return new Error(
      'a newer version of this program is in use in another tab; load this page again',
    );
  if (name === 'QuotaExceededError') return new Error('the space of the browser is used up');
  if (name === 'SecurityError' || name === 'InvalidStateError')
    return new Error(`the browser allows no storage here, as in some private windows (${message})`);
  return error instanceof Error ? error : new Error(String(error));
};

/**
 * A database that is opened when first used, once, and again after it was lost: refused, closed by
 * the browser, or given up because another tab upgrades or deletes it. Rejections of `use` can be
 * shown to the reader.
 */
export const keptDatabase = <S extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>,
) => {
  let opening: Promise<IDBPDatabase<S>> | undefined;
  const forget = () => {
    opening = undefined;
  };
  const open = () =>
    openDB<S>(name, version, {
      upgrade,
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  return async <T>(use: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> => {
    try {
      opening ??= open();
      return await use(await opening);
    } catch (error) {
      forget();
      throw inWords(error);
    }
  };
};
