import type { Archive, StudyReference, WorkQueue } from './ports.ts';

export interface Listed {
  readonly studies: number;
  readonly objects: number;
  /** Studies that were new to the queue, or are not done yet. */
  readonly fresh: number;
}

const objectsIn = (page: readonly StudyReference[]): number =>
  page.reduce((sum, { objects = 0 }) => sum + objects, 0);

/** Puts the archive's studies into the queue, page by page, at most `most` new ones. */
export const enumerate = async (
  archive: Archive,
  queue: Pick<WorkQueue, 'add'>,
  most: number | undefined,
  signal: AbortSignal,
): Promise<Listed> => {
  let listed: Listed = { studies: 0, objects: 0, fresh: 0 };
  for await (const page of archive.studies(signal)) {
    let rest = page;
    let fresh = 0;
    // Known studies cost nothing of `most`: what is taken in is found out in small parts.
    while (rest.length > 0 && (most === undefined || listed.fresh + fresh < most)) {
      const room = most === undefined ? rest.length : most - listed.fresh - fresh;
      fresh += await queue.add(rest.slice(0, room));
      rest = rest.slice(room);
    }
    listed = {
      studies: listed.studies + page.length - rest.length,
      objects: listed.objects + objectsIn(page.slice(0, page.length - rest.length)),
      fresh: listed.fresh + fresh,
    };
    if (most !== undefined && listed.fresh >= most) break;
  }
  return listed;
};

/** What a run would find to do; changes nothing. */
export const survey = async (
  archive: Archive,
  queue: Pick<WorkQueue, 'countDone'>,
  signal: AbortSignal,
): Promise<Listed> => {
  let listed: Listed = { studies: 0, objects: 0, fresh: 0 };
  for await (const page of archive.studies(signal)) {
    const done = await queue.countDone(page);
    listed = {
      studies: listed.studies + page.length,
      objects: listed.objects + objectsIn(page),
      fresh: listed.fresh + page.length - done,
    };
  }
  return listed;
};
