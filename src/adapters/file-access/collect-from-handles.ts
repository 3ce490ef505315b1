import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import type { Handle } from './api.ts';

/** A file with its path below what was picked; or one that the browser would not hand over. */
export type HandleEntry =
  | { readonly path: string; readonly file: File }
  | { readonly path: string; readonly problem: Message };

/** What was picked is no longer there: moved, renamed, or on a disc that was taken out. */
export class Gone extends Error {}

const isGone = (error: unknown): boolean => (error as Error).name === 'NotFoundError';

const childrenOf = async (folder: FileSystemDirectoryHandle): Promise<readonly Handle[]> => {
  const children: Handle[] = [];
  for await (const child of folder.values()) children.push(child);
  return children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
};

const collect = async (handle: Handle, path: string): Promise<readonly HandleEntry[]> => {
  if (handle.kind === 'file') return [{ path, file: await handle.getFile() }];
  const found: HandleEntry[] = [];
  for (const child of await childrenOf(handle))
    found.push(...(await collectInside(child, `${path}/${child.name}`)));
  return found;
};

const collectInside = async (handle: Handle, path: string): Promise<readonly HandleEntry[]> => {
  try {
    return await collect(handle, path);
  } catch (error) {
    return [{ path, problem: message('file.unreadable-file', { reason: reasonOf(error) }) }];
  }
};

/**
 * All files of what was picked, folders recursively, in natural order. Rejects with Gone where a
 * picked file or folder itself is no longer there; a file inside that cannot be read is an entry.
 */
export const collectFromHandles = async (
  handles: readonly Handle[],
): Promise<readonly HandleEntry[]> => {
  const found: HandleEntry[] = [];
  for (const handle of handles)
    try {
      found.push(...(await collect(handle, handle.name)));
    } catch (error) {
      throw isGone(error) ? new Gone(handle.name) : error;
    }
  return found;
};
