import { withMeasured } from './arms.ts';
import { z } from 'zod';
import { calibrationSchema } from './svm-file.ts';

/**
 * How far a likelihood moves when what it rests on is made anew, by the likelihood itself: at logits
 * `at` (rising) its 95 % interval reaches `low` below and `high` above, in logits, linear between.
 */
export const spreadSchema = z
  .object({
    at: z.array(z.number()).min(1),
    low: z.array(z.number().nonnegative()),
    high: z.array(z.number().nonnegative()),
  })
  .refine(({ at, low, high }) => low.length === at.length && high.length === at.length, {
    message: 'at, low and high must be of one length',
  })
  .refine(({ at }) => at.every((v, i) => i === 0 || v > (at[i - 1] as number)), {
    message: 'at must rise',
  });

/** What of a pack's manifest scoring goes by. */
export const scoreRuleSchema = z.object({
  fusion: z.object({
    views: z.literal('mean-score'),
    arms: z.literal('mean-likelihood'),
    /**
     * Of the logit of the mean of the arms, of a lesion and of a single view: the mean of two
     * calibrated likelihoods is less sure than it may be. Absent: the mean itself is the answer.
     */
    calibration: z.object({ lesion: calibrationSchema, view: calibrationSchema }).optional(),
  }),
  /**
   * The interval beside a likelihood: how far it moves with another calibration sample, another
   * training of the network and machines, and another box. Absent: the calibration alone.
   */
  interval: withMeasured(
    z.object({ cnn: spreadSchema, fused: spreadSchema }),
    spreadSchema,
  ).optional(),
  prevalence: z.object({
    /** Share of malignant lesions in the data that calibration was fitted on. */
    training: z.number().gt(0).lt(1),
    /** Prevalence assumed on screen until the reader chooses another. */
    assumed: z.number().gt(0).lt(1),
  }),
});

export type Spread = z.infer<typeof spreadSchema>;
export type ScoreRule = z.infer<typeof scoreRuleSchema>;
