import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { hasWords } from '../core/lesion/reading.ts';
import type { LesionsStore } from './lesions-store.ts';
import type { LesionStorage, KeptChange, OtherTabs } from '../ports/storage.ts';

const hasMarks = (lesion: Lesion) => Object.keys(lesion.marks).length > 0;
/** A lesion whose marks were undone is kept for the reader's words about it. */
const isWorthKeeping = (lesion: Lesion) => hasMarks(lesion) || hasWords(lesion);

/** What must be written and what must go, to bring storage from one list to the next. */
export const changesToKeep = (before: readonly Lesion[], after: readonly Lesion[]) => {
  const old = new Map(before.map((l) => [l.id, l]));
  const kept = after.filter(isWorthKeeping);
  const keptIds = new Set(kept.map((l) => l.id));
  return {
    save: kept.filter((l) => old.get(l.id) !== l),
    remove: before.filter((l) => isWorthKeeping(l) && !keptIds.has(l.id)).map((l) => l.id),
  };
};

/**
 * Writes every change of the lesions to storage at once and in order. `restore` brings back the
 * lesions of images that were just opened. A failure to write goes to `onProblem`; the marks stay
 * on screen and the next change tries again, with everything that is still unsaved. Other tabs hear
 * of what was written, and what they wrote is taken over where its images are open here. `patientOf`
 * names the patient of an open image.
 */
export const keepLesions = (
  store: LesionsStore,
  storage: LesionStorage,
  onProblem: (problem: Message | undefined) => void,
  tabs?: OtherTabs,
  patientOf: (sopInstanceUid: string) => string | undefined = () => undefined,
) => {
  const opened = new Set<string>();
  let saved: readonly Lesion[] = [];
  let queue = Promise.resolve();
  const write = async () => {
    const { lesions } = store.getState();
    const { save, remove } = changesToKeep(saved, lesions);
    if (save.length === 0 && remove.length === 0) return;
    try {
      if (save.length > 0) await storage.save(save);
      if (remove.length > 0) await storage.remove(remove);
      saved = lesions;
      tabs?.tell({ saved: save, removed: remove });
      onProblem(undefined);
    } catch (error) {
      onProblem(message('keep.marks-unsaved', { reason: reasonOf(error) }));
    }
  };
  const stop = store.subscribe((now, before) => {
    if (now.lesions !== before.lesions) queue = queue.then(write);
  });
  /** Keys of patients are of the images that are open: one kept earlier may have another by now. */
  const ofOpenPatient = (lesion: Lesion): Lesion => {
    const keys = Object.keys(lesion.marks).flatMap((sop) => patientOf(sop) ?? []);
    const [patientKey] = keys;
    return patientKey === undefined || keys.includes(lesion.patientKey)
      ? lesion
      : { ...lesion, patientKey };
  };
  const isOpenHere = (lesion: Lesion) =>
    Object.keys(lesion.marks).some((sop) => opened.has(sop)) ||
    store.getState().lesions.some(({ id }) => id === lesion.id);
  tabs?.onTold(({ saved: changed, removed }: KeptChange) => {
    const arriving = changed.filter(isOpenHere).map(ofOpenPatient);
    const gone = new Set([...removed, ...arriving.map(({ id }) => id)]);
    // They are in storage already: not to be written, nor told, again.
    saved = [...saved.filter(({ id }) => !gone.has(id)), ...arriving];
    store.getState().adopt(arriving, removed);
  });
  const restore = async (sopInstanceUids: readonly string[]) => {
    await queue;
    for (const sop of sopInstanceUids) opened.add(sop);
    try {
      const kept = (await storage.findByImages(sopInstanceUids)).map(ofOpenPatient);
      saved = [...saved, ...kept.filter((l) => !saved.some((s) => s.id === l.id))];
      store.getState().restore(kept);
    } catch (error) {
      onProblem(message('keep.marks-unread', { reason: reasonOf(error) }));
    }
  };
  return { restore, stop, settled: () => queue };
};
