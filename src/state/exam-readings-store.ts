import { createStore } from 'zustand/vanilla';
import { type ExamReading, UNREAD } from '../core/lesion/exam-reading.ts';

type ByStudy = Readonly<Record<string, ExamReading>>;

export interface ExamReadingsState {
  /** By Study Instance UID: of an exam in several studies, the first (core/dicom/grouping). */
  readonly readings: ByStudy;
  say(studyInstanceUid: string, change: Partial<ExamReading>): void;
  /** Brings back what was kept or reported; what was said since stays. */
  restore(readings: ByStudy): void;
  /** Takes over what was said in another tab. */
  adopt(studyInstanceUid: string, reading: ExamReading): void;
}

export type ExamReadingsStore = ReturnType<typeof createExamReadingsStore>;

/** What the reader said of whole exams. */
export const createExamReadingsStore = () =>
  createStore<ExamReadingsState>()((set) => ({
    readings: {},
    say: (study, change) =>
      set(({ readings }) => ({
        readings: { ...readings, [study]: { ...UNREAD, ...readings[study], ...change } },
      })),
    adopt: (study, reading) =>
      set(({ readings }) => ({ readings: { ...readings, [study]: reading } })),
    restore: (found) => set(({ readings }) => ({ readings: { ...found, ...readings } })),
  }));
