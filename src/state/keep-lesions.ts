import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { hasWords } from '../core/lesion/reading.ts';
import { type LesionsStore, ofOpenPatient, type PatientOf } from './lesions-store.ts';
import { writeChanges } from './write-changes.ts';
import type { LesionStorage, KeptChange, OtherTabs } from '../ports/storage.ts';

const hasMarks = (lesion: Lesion) => Object.keys(lesion.marks).length > 0;
/** A lesion whose marks were undone is kept for the reader's words about it. */
const isWorthKeeping = (lesion: Lesion) => hasMarks(lesion) || hasWords(lesion);

/**
 * Writes every change of the lesions to storage at once and in order (write-changes.ts). `restore` brings back the
 * lesions of images that were just opened; `close` takes those of closed images off the page, and leaves them in
 * storage. A failure to write goes to `onProblem`; the marks stay
 * on screen and the next change tries again, with everything that is still unsaved. Other tabs hear
 * of what was written, and what they wrote is taken over where its images are open here. `patientOf`
 * names the patient of an open image. `onRenumbered` hears of a kept lesion whose number another one has here.
 */
export const keepLesions = (
  store: LesionsStore,
  storage: Omit<LesionStorage, 'findByIds'>,
  onProblem: (problem: Message | undefined) => void,
  tabs?: OtherTabs<KeptChange>,
  patientOf: PatientOf = () => undefined,
  onRenumbered: (lesion: Lesion, was: number) => void = () => undefined,
) => {
  const opened = new Set<string>();
  const writer = writeChanges<Lesion>(
    storage,
    (change) => {
      tabs?.tell(change);
      onProblem(undefined);
    },
    (error) => onProblem(message('keep.marks-unsaved', { reason: reasonOf(error) })),
  );
  const stop = store.subscribe((now, before) => {
    if (now.lesions !== before.lesions) writer.bring(now.lesions.filter(isWorthKeeping));
  });
  const asOpen = (lesion: Lesion) => ofOpenPatient(lesion, patientOf);
  const isOpenHere = (lesion: Lesion) =>
    Object.keys(lesion.marks).some((sop) => opened.has(sop)) ||
    store.getState().lesions.some(({ id }) => id === lesion.id);
  /**
   * Takes over what storage holds of what another tab has changed, not what was told of it: two tabs that
   * change one lesion at once hear of each other's box, and only one of the two is the last word.
   */
  const hear = async ({ saved, removed }: KeptChange): Promise<void> => {
    const ids = new Set([...removed, ...saved.filter(isOpenHere).map(({ id }) => id)]);
    if (ids.size === 0) return;
    // A lesion may be here before what is kept of its images is.
    const own = [...saved, ...store.getState().lesions].filter(({ id }) => ids.has(id));
    const marked = own.flatMap(({ marks }) => Object.keys(marks));
    const kept = await storage.findByImages([...opened, ...marked]).catch(() => saved);
    const changed = [...ids].filter((id) => !writer.isUnderway(id));
    const arriving = kept.filter(({ id }) => changed.includes(id)).map(asOpen);
    const here = new Set(arriving.map(({ id }) => id));
    const gone = changed.filter((id) => !here.has(id));
    // They are in storage already: not to be written, nor told, again.
    writer.know(arriving, gone);
    store.getState().adopt(arriving, gone);
  };
  let heard = Promise.resolve();
  tabs?.onTold((change) => {
    heard = heard.then(() => hear(change));
  });
  const restore = async (sopInstanceUids: readonly string[]) => {
    await writer.settled();
    for (const sop of sopInstanceUids) opened.add(sop);
    try {
      const found = await storage.findByImages(sopInstanceUids);
      const kept = found.filter((lesion) => !writer.isUnremoved(lesion)).map(asOpen);
      const here = new Set(store.getState().lesions.map(({ id }) => id));
      writer.know(kept.filter(({ id }) => !here.has(id)));
      store.getState().restore(kept);
      const numbers = new Map(kept.map(({ id, number }) => [id, number]));
      for (const lesion of store.getState().lesions) {
        const was = numbers.get(lesion.id);
        if (was !== undefined && was !== lesion.number && !here.has(lesion.id))
          onRenumbered(lesion, was);
      }
    } catch (error) {
      onProblem(message('keep.marks-unread', { reason: reasonOf(error) }));
    }
  };
  /** Those that storage has refused stay on the page: nothing else holds them. */
  const close = async (sopInstanceUids: readonly string[]): Promise<void> => {
    await writer.settled();
    for (const sop of sopInstanceUids) opened.delete(sop);
    const closed = new Set(sopInstanceUids);
    const { lesions, past, future } = store.getState();
    const refused = new Set(lesions.filter((l) => !writer.isWritten(l)).map(({ id }) => id));
    const ofClosed = [lesions, ...past, ...future]
      .flat()
      .filter(({ id, marks }) => !refused.has(id) && Object.keys(marks).some((s) => closed.has(s)));
    const ids = new Set(ofClosed.map(({ id }) => id));
    writer.leave(({ id }) => ids.has(id));
    store.getState().forget(ids);
  };
  const settled = async (): Promise<void> => {
    await writer.settled();
    await heard;
  };
  return { restore, close, stop, settled };
};
