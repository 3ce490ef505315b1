import { failureOf } from '../../core/message/failure.ts';
import type { Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { createTabChannel } from '../../adapters/storage/tab-channel.ts';
import { forgetUnwritten } from '../../adapters/storage/unwritten.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { download } from '../reporting/exports-files.ts';
import type { LocalDataPort } from '../../ports/files.ts';

/** Few ask for it, and none before the start screen is there. */
const localData = async () => {
  const { createLocalData } = await import('../../adapters/storage/local-data.ts');
  return createLocalData();
};

const attempt = async <T>(work: () => Promise<T>): Promise<Result<T, Message>> => {
  try {
    return ok(await work());
  } catch (error) {
    return err(failureOf(error));
  }
};

/**
 * The other tabs begin anew when all is deleted here. `onBrought` is called after records came, here or in
 * another tab, to bring them to the images that are open.
 */
export const createLocalDataPort = (onBrought: () => Promise<void>): LocalDataPort => {
  const tabs = createTabChannel('deleted', z.literal('all'));
  // What another tab shows would be written again with its next change.
  tabs.onTold(() => {
    forgetUnwritten();
    location.reload();
  });
  const bringing = createTabChannel('brought', z.literal('all'));
  bringing.onTold(() => void onBrought());
  return {
    save: () =>
      attempt(async () => {
        const file = new File([await (await localData()).copy()], 'tandem-local-data.json', {
          type: 'application/json',
        });
        download(file);
        return file.name;
      }),
    bringBack: (file) =>
      attempt(async () => {
        const came = await (await localData()).bringBack(await file.text());
        bringing.tell('all');
        await onBrought();
        return came;
      }),
    deleteAll: () =>
      attempt(async () => {
        tabs.tell('all');
        await (await localData()).deleteAll();
        location.reload();
        return undefined;
      }),
  };
};
