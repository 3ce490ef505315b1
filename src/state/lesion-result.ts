import type { Message } from '../core/message/message.ts';
import type { ViewOrigin } from '../core/lesion/joining.ts';
import type { Box } from '../core/geometry/box.ts';
import type { PatchProblem } from '../core/lesion/judge-patch.ts';
import type { Likelihood } from '../core/units/units.ts';
import type { EngineAnswer } from '../ports/inference.ts';
import type { ImagePoint } from '../core/geometry/point.ts';

/** The score of one lesion, always tied to what it was computed from (see scoreOnShow). */
export type LesionResult =
  | { readonly phase: 'running'; readonly basis: string }
  | { readonly phase: 'failed'; readonly basis: string; readonly reason: Message }
  | {
      /** A marked place holds nothing to judge: no number. */
      readonly phase: 'withheld';
      readonly basis: string;
      /** Why, by SOP Instance UID of the view. */
      readonly problems: Readonly<Record<string, PatchProblem>>;
    }
  | {
      readonly phase: 'scored';
      readonly basis: string;
      /** Images in the order of the score's view lists. */
      readonly views: readonly string[];
      /** What they are of, in the same order. */
      readonly origins: readonly ViewOrigin[];
      /** Their marks, in the same order. */
      readonly boxes: readonly Box[];
      /** The outline of the lesion in each view, in the same order. */
      readonly outlines: readonly Outline[];
      /** The lesion's described features (core/features/analytic/described); absent without that arm. */
      readonly described?: readonly number[];
      readonly answer: EngineAnswer;
      readonly stability?: Stability;
    };

/** The fused likelihoods, at training prevalence, of the lesion's boxes moved and scaled a little. */
export type Stability =
  | { readonly phase: 'running' }
  | { readonly phase: 'failed'; readonly reason: Message }
  | {
      readonly phase: 'done';
      readonly likelihoods: readonly Likelihood[];
      /** How many of the boxes were left out, since one of their places holds nothing to judge. */
      readonly unjudged: number;
    };

/** An outline without its mask: pixels stay out of the store. */
export interface Outline {
  /** Closed, in stored pixels. */
  readonly polygon: readonly ImagePoint[];
  /** 0 to 1: how clearly the outline is an edge. */
  readonly quality: number;
}

export type Scored = LesionResult & { readonly phase: 'scored' };
