import type { Handle } from './api.ts';

/** Whether this browser hands out files and folders that can be found again. */
export const canKeepHandles = (): boolean =>
  typeof window !== 'undefined' &&
  'showDirectoryPicker' in window &&
  'showOpenFilePicker' in window;

/** The browser remembers the last folder under this name. */
const ID = 'mammograms';

/** Nothing where the reader closes the picker; rejects where the browser cannot show one. */
const picked = async (picking: Promise<readonly Handle[]>): Promise<readonly Handle[]> => {
  try {
    return await picking;
  } catch (error) {
    if ((error as Error).name === 'AbortError') return [];
    throw error;
  }
};

export const pickFiles = (): Promise<readonly Handle[]> =>
  picked(window.showOpenFilePicker?.({ id: ID, multiple: true }) ?? Promise.resolve([]));

export const pickFolder = (): Promise<readonly Handle[]> =>
  picked(
    window.showDirectoryPicker?.({ id: ID, mode: 'read' }).then((folder) => [folder]) ??
      Promise.resolve([]),
  );

/**
 * The handles of what is dropped; [] where any of it has none. The browser empties `data` when the
 * drop event ends, so call this inside the handler.
 */
export const handlesOfDrop = async (data: DataTransfer): Promise<readonly Handle[]> => {
  const asking = Array.from(data.items)
    .filter((item) => item.kind === 'file')
    .map((item) => item.getAsFileSystemHandle?.() ?? Promise.resolve(null));
  try {
    const handles = await Promise.all(asking);
    const known = handles.filter((handle) => handle !== null);
    return known.length === handles.length ? known : [];
  } catch {
    return [];
  }
};

/** Asks for what was granted once and may have lapsed. Call it in the handler of a click. */
export const mayRead = async (handles: readonly Handle[]): Promise<boolean> => {
  for (const handle of handles) {
    const granted = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (granted === 'granted') continue;
    if ((await handle.requestPermission?.({ mode: 'read' })) !== 'granted') return false;
  }
  return true;
};

/** Whether two lists mean the same files and folders on disk. */
export const sameHandles = async (a: readonly Handle[], b: readonly Handle[]): Promise<boolean> => {
  if (a.length !== b.length) return false;
  for (const [i, handle] of a.entries())
    if (!(await handle.isSameEntry(b[i] as Handle))) return false;
  return true;
};
