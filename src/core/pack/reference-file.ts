import { withMeasured } from '../classifier/arms.ts';
import { z } from 'zod';
import { PACK_SCHEMA_VERSION } from '../units/schema-version.ts';

const likelihood = z.number().min(0).max(1);

/** Out-of-fold mean decision value and calibrated likelihood of one arm. */
const byOneArm = z.object({ score: z.number(), likelihood });

/** reference.json: out-of-fold results of the training lesions, at training prevalence. */
export const referenceFileSchema = z.object({
  schemaVersion: z.literal(PACK_SCHEMA_VERSION),
  lesions: z.array(
    withMeasured(
      z.object({
        pathology: z.enum(['benign', 'malignant']),
        views: z.int().positive(),
        cnn: byOneArm.optional(),
        /** The ensemble's. */
        likelihood,
        /** Means over the views, in the order of `described`. */
        described: z.array(z.number()).optional(),
        margins: z.string().optional(),
        shape: z.string().optional(),
      }),
      byOneArm,
    ),
  ),
  /** Names of the analytic features that each lesion is described by. */
  described: z.array(z.string()).optional(),
  operatingPoints: z.array(
    z.object({
      name: z.string(),
      likelihood,
      sensitivity: likelihood,
      specificity: likelihood,
    }),
  ),
});

export type ReferenceFile = z.infer<typeof referenceFileSchema>;
