import { reasonOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { hasWords } from '../core/lesion/reading.ts';
import type { LesionsStore } from './lesions-store.ts';
import { writeChanges } from './write-changes.ts';
import type { LesionStorage, KeptChange, OtherTabs } from '../ports/storage.ts';

const hasMarks = (lesion: Lesion) => Object.keys(lesion.marks).length > 0;
/** A lesion whose marks were undone is kept for the reader's words about it. */
const isWorthKeeping = (lesion: Lesion) => hasMarks(lesion) || hasWords(lesion);

/**
 * Writes every change of the lesions to storage at once and in order (write-changes.ts). `restore` brings back the
 * lesions of images that were just opened. A failure to write goes to `onProblem`; the marks stay
 * on screen and the next change tries again, with everything that is still unsaved. Other tabs hear
 * of what was written, and what they wrote is taken over where its images are open here. `patientOf`
 * names the patient of an open image.
 */
export const keepLesions = (
  store: LesionsStore,
  storage: LesionStorage,
  onProblem: (problem: Message | undefined) => void,
  tabs?: OtherTabs<KeptChange>,
  patientOf: (sopInstanceUid: string) => string | undefined = () => undefined,
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
  /**
   * Takes over what storage holds of what another tab has changed, not what was told of it: two tabs that
   * change one lesion at once hear of each other's box, and only one of the two is the last word.
   */
  const hear = async ({ saved, removed }: KeptChange): Promise<void> => {
    const ids = new Set([...removed, ...saved.filter(isOpenHere).map(({ id }) => id)]);
    if (ids.size === 0) return;
    const kept = await storage.findByImages([...opened]).catch(() => saved);
    const changed = [...ids].filter((id) => !writer.isUnderway(id));
    const arriving = kept.filter(({ id }) => changed.includes(id)).map(ofOpenPatient);
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
      const kept = (await storage.findByImages(sopInstanceUids)).map(ofOpenPatient);
      const here = new Set(store.getState().lesions.map(({ id }) => id));
      writer.know(kept.filter(({ id }) => !here.has(id)));
      store.getState().restore(kept);
    } catch (error) {
      onProblem(message('keep.marks-unread', { reason: reasonOf(error) }));
    }
  };
  const settled = async (): Promise<void> => {
    await writer.settled();
    await heard;
  };
  return { restore, stop, settled };
};
