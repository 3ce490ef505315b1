import { failureOf } from '../../core/message/failure.ts';
import type { Message } from '../../core/message/message.ts';
import { createLocalData } from '../../adapters/storage/local-data.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { download } from '../reporting/exports-files.ts';
import type { LocalDataPort } from '../../ports/files.ts';

const attempt = async <T>(work: () => Promise<T>): Promise<Result<T, Message>> => {
  try {
    return ok(await work());
  } catch (error) {
    return err(failureOf(error));
  }
};

/** `onBrought` is called after records came, to bring them to the images that are open. */
export const createLocalDataPort = (onBrought: () => Promise<void>): LocalDataPort => {
  const data = createLocalData();
  return {
    save: () =>
      attempt(async () => {
        const file = new File([await data.copy()], 'tandem-local-data.json', {
          type: 'application/json',
        });
        download(file);
        return file.name;
      }),
    bringBack: (file) =>
      attempt(async () => {
        const count = await data.bringBack(await file.text());
        await onBrought();
        return count;
      }),
    deleteAll: () =>
      attempt(async () => {
        await data.deleteAll();
        location.reload();
        return undefined;
      }),
  };
};
