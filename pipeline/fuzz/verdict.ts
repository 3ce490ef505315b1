import type { Answer } from './kind.ts';

/** What became of an input. Crash, hang and memory are findings. */
export const OUTCOMES = ['accepted', 'refused', 'crash', 'hang', 'memory'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Verdict {
  readonly outcome: Outcome;
  /** The refusal's sentence, or what went wrong. */
  readonly detail: string;
}

export interface ToChild {
  readonly index: number;
}

export type FromChild =
  | { readonly type: 'started' }
  | { readonly type: 'begun'; readonly index: number }
  | ({
      readonly type: 'done';
      readonly index: number;
      readonly milliseconds: number;
      readonly peakBytes: number;
    } & Verdict);

/** Longer than a reader reads, and room for a file to fill the screen. */
export const LONGEST_REASON = 600;

/** What engines say when something was taken for granted: no reason that a reader can use. */
const ENGINE_WORDS =
  /^(Cannot read|Cannot convert|Cannot set|\S+ is not (a function|iterable|a constructor|defined)|.{0,40}undefined is not|Invalid array length|Maximum call stack|Array buffer allocation|Offset is outside|Invalid typed array|.{0,40}\)\.\w+ is not a function)/;

/** A refusal counts only where its sentence names a reason. */
export const judge = (answer: Answer): Verdict => {
  if (answer.outcome === 'accepted') return { outcome: 'accepted', detail: '' };
  const { reason } = answer;
  if (reason.trim() === '') return { outcome: 'crash', detail: 'refused without a reason' };
  if (reason.length > LONGEST_REASON)
    return { outcome: 'crash', detail: `the reason has ${reason.length} characters` };
  if (ENGINE_WORDS.test(reason))
    return { outcome: 'crash', detail: `the reason is the engine's: ${reason}` };
  return { outcome: 'refused', detail: reason };
};
