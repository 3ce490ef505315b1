import { Failure } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import { type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb';

/** Every database and setting of this program has a name that begins so (local-data.ts). */
export const OURS = 'tandem';

/** A record as it is written, with the time: by it a copy that comes back knows the newer of two (local-data.ts). */
export const stamped = <T extends object>(record: T): T & { readonly changedAt: number } => ({
  ...record,
  changedAt: Date.now(),
});

/** A refusal of the browser in words that tell the reader what to do. */
const inWords = (error: unknown): Error => {
  const { name, message: reason } = error as Error;
  if (name === 'VersionError') return new Failure(message('storage.newer'));
  if (name === 'QuotaExceededError') return new Failure(message('storage.full'));
  if (name === 'SecurityError' || name === 'InvalidStateError')
    return new Failure(message('storage.forbidden', { reason }));
  return error instanceof Error ? error : new Error(String(error));
};

type Upgrade = NonNullable<OpenDBCallbacks<unknown>['upgrade']>;

const known = new Map<string, { readonly version: number; readonly upgrade: Upgrade }>();

/** How this program makes one of its databases; undefined of one that it does not know. */
export const ownDatabase = (name: string) => known.get(name);

/**
 * A database that is opened when first used, once, and again after it was lost: refused, closed by
 * the browser, or given up because another tab upgrades or deletes it. Rejections of `use` can be
 * shown to the reader.
 */
export const keptDatabase = <S>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>,
) => {
  known.set(name, { version, upgrade: upgrade as Upgrade });
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
