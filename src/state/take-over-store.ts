import { createStore } from 'zustand/vanilla';
import type { Despite } from '../core/lesion/taken-over.ts';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';

export interface Spacing {
  readonly row: number;
  readonly column: number;
}

/** A report that does not agree with the images, and what the reader must know to decide about it. */
export interface TakeOver {
  /** The file that it came from. */
  readonly path: string;
  readonly differs: readonly Despite[];
  /** Whom the report names; of a report without names the strings are empty. */
  readonly patient: { readonly id: string; readonly name: string };
  /** Of the image that its marks would stand on. */
  readonly header: MammogramHeader;
  /** Millimetres a pixel, in the report and of the image; undefined where there are none. */
  readonly spacing: { readonly told: Spacing | undefined; readonly open: Spacing | undefined };
  /** Lesions that wait for the answer. */
  readonly lesions: number;
  readonly answer: (taken: boolean) => void;
}

export interface TakeOverState {
  readonly asked: readonly TakeOver[];
  /** Asks, or asks this in the place of a question that stands and that it covers. */
  ask(question: TakeOver, insteadOf?: TakeOver): void;
  answer(question: TakeOver, taken: boolean): void;
}

export type TakeOverStore = ReturnType<typeof createTakeOverStore>;

/** What the reader is asked about reports that were read back, one after the other. */
export const createTakeOverStore = () =>
  createStore<TakeOverState>()((set) => ({
    asked: [],
    ask: (question, insteadOf) =>
      set(({ asked }) => ({
        asked: asked.some((each) => each === insteadOf)
          ? asked.map((each) => (each === insteadOf ? question : each))
          : [...asked, question],
      })),
    answer: (question, taken) => {
      set(({ asked }) => ({ asked: asked.filter((each) => each !== question) }));
      question.answer(taken);
    },
  }));
