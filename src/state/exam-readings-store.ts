import { createStore } from 'zustand/vanilla';
import { type ExamReading, isUnread, UNREAD } from '../core/lesion/exam-reading.ts';

type ByStudy = Readonly<Record<string, ExamReading>>;

export interface ExamReadingsState {
  /** By Study Instance UID: of an exam in several studies, see `studyOfWords`. */
  readonly readings: ByStudy;
  say(studyInstanceUid: string, change: Partial<ExamReading>): void;
  /** Brings back what was reported; where something is said already, that stays. */
  restore(readings: ByStudy): void;
  /** Puts what was said here before it was known onto what was kept. */
  fill(studyInstanceUid: string, kept: ExamReading): void;
  /** Takes over what was said in another tab. */
  adopt(studyInstanceUid: string, reading: ExamReading): void;
  /** Takes the words about closed studies off the page. */
  forget(studyInstanceUids: readonly string[]): void;
}

export type ExamReadingsStore = ReturnType<typeof createExamReadingsStore>;

/** Of the studies of one exam the one that its words stand with, in whatever order they were opened. */
export const studyOfWords = (
  readings: ByStudy,
  studyInstanceUids: readonly string[],
): string | undefined => {
  const ordered = studyInstanceUids.toSorted();
  const hasWords = (study: string) => !isUnread(readings[study] ?? UNREAD);
  return ordered.find(hasWords) ?? ordered[0];
};

/** What the reader said of whole exams. */
export const createExamReadingsStore = () =>
  createStore<ExamReadingsState>()((set) => {
    const put = (study: string, reading: ExamReading) =>
      set(({ readings }) => ({ readings: { ...readings, [study]: reading } }));
    return {
      readings: {},
      say: (study, change) =>
        set(({ readings }) => ({
          readings: { ...readings, [study]: { ...UNREAD, ...readings[study], ...change } },
        })),
      adopt: put,
      fill: (study, kept) =>
        set(({ readings }) => {
          const { categories, conclusion, ...said } = readings[study] ?? UNREAD;
          const reading = {
            ...kept,
            ...said,
            categories: { ...kept.categories, ...categories },
            conclusion: conclusion === '' ? kept.conclusion : conclusion,
          };
          return { readings: { ...readings, [study]: reading } };
        }),
      restore: (found) => set(({ readings }) => ({ readings: { ...found, ...readings } })),
      forget: (studies) =>
        set(({ readings }) => ({
          readings: Object.fromEntries(
            Object.entries(readings).filter(([study]) => !studies.includes(study)),
          ),
        })),
    };
  });
