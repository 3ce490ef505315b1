import type { ExamReadingStorage, KeptExamReading, OtherTabs } from '../ports/storage.ts';
import type { ExamReadingsStore } from './exam-readings-store.ts';

/**
 * Keeps what the reader said of whole exams, each with the patient: a study of the same UID but of
 * another patient gets none of it, and `onAway` hears of that. Other tabs hear of every word, so that none
 * writes an older one over it. `onProblem` gets the refusal of the
 * browser in words, and undefined once it keeps again.
 */
export const keepExamReadings = (
  store: ExamReadingsStore,
  storage: ExamReadingStorage,
  patientOf: (studyInstanceUid: string) => string | undefined,
  onProblem: (problem: string | undefined) => void,
  onAway: (studyInstanceUid: string) => void,
  tabs?: OtherTabs<{ readonly study: string } & KeptExamReading>,
) => {
  let isAdopting = false;
  const save = async (study: string): Promise<void> => {
    const [patientKey, reading] = [patientOf(study), store.getState().readings[study]];
    if (patientKey === undefined || !reading) return;
    tabs?.tell({ study, patientKey, reading });
    try {
      await storage.save(study, { patientKey, reading });
      onProblem(undefined);
    } catch (error) {
      onProblem((error as Error).message);
    }
  };
  store.subscribe(({ readings }, before) => {
    if (isAdopting) return;
    for (const study of Object.keys(readings))
      if (readings[study] !== before.readings[study]) void save(study);
  });
  tabs?.onTold(({ study, patientKey, reading }) => {
    if (patientKey !== patientOf(study)) return;
    // It is in storage already: not to be written, nor told, again.
    isAdopting = true;
    store.getState().adopt(study, reading);
    isAdopting = false;
  });
  return {
    restore: async (studyInstanceUids: readonly string[]): Promise<void> => {
      const found = await storage.find(studyInstanceUids).catch(() => ({}));
      const standing = Object.entries(found).filter(([study, { patientKey }]) => {
        const stands = patientKey === patientOf(study);
        if (!stands) onAway(study);
        return stands;
      });
      store
        .getState()
        .restore(Object.fromEntries(standing.map(([study, { reading }]) => [study, reading])));
    },
  };
};
