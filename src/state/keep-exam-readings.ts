import type { ExamReadingStorage, KeptExamReading, OtherTabs } from '../ports/storage.ts';
import type { ExamReadingsStore } from './exam-readings-store.ts';

/**
 * Keeps what the reader said of whole exams, each with the patient: a study of the same UID but of
 * another patient gets none of it, and `onAway` hears of that. Nothing is written before what is kept of the
 * study was read: a word said until then is put onto it. Other tabs hear of every word, so that none
 * writes an older one over it. `keysOf`: the keys by which the images of an open study say whose they are, its own
 * first; none of a study that is closed. `onProblem` gets the refusal of the
 * browser in words, and undefined once it keeps again; words that it refused come back when their study is open again.
 */
export const keepExamReadings = (
  store: ExamReadingsStore,
  storage: ExamReadingStorage,
  keysOf: (studyInstanceUid: string) => readonly string[],
  onProblem: (problem: string | undefined) => void,
  onAway: (studyInstanceUid: string) => void,
  tabs?: OtherTabs<{ readonly study: string } & KeptExamReading>,
) => {
  /** Whose each study is, also of those that are closed: a field may hand its words over as it goes. */
  const keys = new Map<string, readonly string[]>();
  const keysNow = (study: string): readonly string[] => {
    const now = keysOf(study);
    if (now.length > 0) keys.set(study, now);
    return keys.get(study) ?? [];
  };
  const known = new Set<string>();
  /** Of this page, on their way to storage or refused. */
  const unwritten = new Map<string, KeptExamReading>();
  let isAdopting = false;
  /** Puts on the page what is in storage already: not to be written, nor told, again. */
  const adopting = (adopt: () => void) => {
    isAdopting = true;
    adopt();
    isAdopting = false;
  };
  const read = async (studies: readonly string[]): Promise<void> => {
    const kept = await storage.find(studies).catch(() => ({}));
    const own = [...unwritten].filter(([study]) => studies.includes(study));
    const found = { ...kept, ...Object.fromEntries(own) };
    for (const [study, { patientKey, reading }] of Object.entries(found)) {
      if (known.has(study)) continue;
      if (keysNow(study).includes(patientKey))
        adopting(() => store.getState().fill(study, reading));
      else if (keysOf(study).length > 0) onAway(study);
    }
    for (const study of studies) known.add(study);
  };
  const save = async (study: string): Promise<void> => {
    const [patientKey] = keysNow(study);
    if (patientKey === undefined) return;
    if (!known.has(study)) await read([study]);
    const reading = store.getState().readings[study];
    if (!reading) return;
    const own = { patientKey, reading };
    unwritten.set(study, own);
    tabs?.tell({ study, ...own });
    try {
      await storage.save(study, own);
      if (unwritten.get(study) === own) unwritten.delete(study);
      onProblem(undefined);
    } catch (error) {
      onProblem((error as Error).message);
    }
    if (keysOf(study).length === 0) close([study]);
  };
  const close = (studies: readonly string[]): void => {
    for (const study of studies) known.delete(study);
    adopting(() => store.getState().forget(studies));
  };
  store.subscribe(({ readings }, before) => {
    if (isAdopting) return;
    for (const study of Object.keys(readings))
      if (readings[study] !== before.readings[study]) void save(study);
  });
  tabs?.onTold(({ study, patientKey, reading }) => {
    if (!keysOf(study).includes(patientKey)) return;
    unwritten.delete(study);
    adopting(() => store.getState().adopt(study, reading));
  });
  return {
    restore: (studyInstanceUids: readonly string[]): Promise<void> =>
      read(studyInstanceUids.filter((study) => !known.has(study) && keysNow(study).length > 0)),
    /** Takes the words about closed studies off the page; they stay kept. */
    close,
  };
};
