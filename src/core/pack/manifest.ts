import { z } from 'zod';
import { PACK_SCHEMA_VERSION } from './schema-version.ts';
import { calibrationSchema } from './svm-file.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One tapped tensor of the backbone: the graph's output node and how it is pooled to a vector. */
export const tapSchema = z.object({
  node: z.string(),
  /** [height, width, channels] of one patch's map; [1, 1, channels] when the graph pools itself. */
  shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  pooling: z.enum(['average', 'max', 'none']),
  /** Whether the pooled block is L2-normalised before it joins the vector (Antropova 2017). */
  l2Normalised: z.boolean(),
});

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

export const manifestSchema = z.object({
  schemaVersion: z.literal(PACK_SCHEMA_VERSION),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  version: z.string(),
  name: z.string(),
  licence: z.string(),
  attribution: z.array(z.string()),
  /** How an image becomes working grey (core/image/working-image) and a box a patch (core/roi). */
  working: z.object({
    mmPerPixel: z.number().positive(),
    rowsWithoutSpacing: z.int().positive(),
    lowPercentile: z.number().min(0).max(100),
    highPercentile: z.number().min(0).max(100),
  }),
  patch: z.object({ size: z.int().min(16).max(1024), context: z.number().min(1).max(4) }),
  backbone: z.object({
    format: z.literal('tfjs-graph-model'),
    file: z.literal('model.json'),
    /** Input node; its shape is [batch, size, size, 1], float32 in [0, 1]. */
    input: z.string(),
    multiplyAdds: z.number().positive(),
    /** Feature vector: the taps in this order, each pooled, concatenated. */
    taps: z.array(tapSchema).min(1),
    /** Node whose maps (before pooling) carry the class-activation map, [h, w, c]. */
    activationTap: z.int().nonnegative().optional(),
  }),
  /** Candidates over a whole view; a pack may be without. Its rules are in a file of their own. */
  finder: z
    .object({
      file: z.literal('finder.json'),
      rules: z.literal('finder-rules.json'),
      /** Input node; its shape is [1, height, width, 1], float32 in [0, 1], sides multiples of 32. */
      input: z.string(),
      multiplyAdds: z.number().positive(),
    })
    .optional(),
  features: z.object({
    /** Name of the CNN vector's layout; svm-cnn.json must carry the same. */
    cnn: z.object({ schemaId: z.string(), length: z.int().positive() }),
    /** Names of the analytic features in order; svm-analytic.json must carry the same. */
    analytic: z.object({ schemaId: z.string(), names: z.array(z.string()) }).optional(),
  }),
  arms: z.array(z.enum(['cnn', 'analytic'])).min(1),
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
  interval: z
    .object({ cnn: spreadSchema, analytic: spreadSchema.optional(), fused: spreadSchema })
    .optional(),
  prevalence: z.object({
    /** Share of malignant lesions in the data that calibration was fitted on. */
    training: z.number().gt(0).lt(1),
    /** Prevalence assumed on screen until the reader chooses another. */
    assumed: z.number().gt(0).lt(1),
  }),
  tolerance: z.object({
    featureCosine: z.number().gt(0).lte(1),
    score: z.number().positive(),
    likelihood: z.number().positive(),
  }),
  trainingData: z.string(),
  intendedUse: z.string(),
  outOfScope: z.array(z.string()),
  /** SHA-256 and size of every other file of the pack, by path inside it. */
  files: z.record(z.string(), z.object({ sha256, bytes: z.int().positive() })),
});

export type PackManifest = z.infer<typeof manifestSchema>;
export type Tap = z.infer<typeof tapSchema>;
export type Spread = z.infer<typeof spreadSchema>;
