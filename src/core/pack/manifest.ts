import { armSchema, withMeasured } from '../classifier/arms.ts';
import { z } from 'zod';
import { PACK_SCHEMA_VERSION } from '../units/schema-version.ts';
import { scoreRuleSchema } from '../classifier/score-rule.ts';
import { tapSchema } from '../features/tap.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

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
  features: withMeasured(
    /** Name of the CNN vector's layout; svm-cnn.json must carry the same. */
    z.object({ cnn: z.object({ schemaId: z.string(), length: z.int().positive() }) }),
    /** How each arm that measures does so, and its features in order; its svm-ARM.json must carry the same. */
    z.object({ schemaId: z.string(), names: z.array(z.string()) }),
  ),
  arms: z.array(armSchema).min(1),
  ...scoreRuleSchema.shape,
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

/**
 * Whether a file of a pack is the finder's alone: they begin with its name. The page fetches them when a
 * finder is asked for, and scores without them.
 */
export const isOfFinder = (path: string): boolean => path.startsWith('finder');
