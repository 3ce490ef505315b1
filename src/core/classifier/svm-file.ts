import { z } from 'zod';
import { armSchema } from './arms.ts';
import { PACK_SCHEMA_VERSION } from '../units/schema-version.ts';

const finite = z.number().refine(Number.isFinite);

/** Platt: p = 1 / (1 + exp(a * x + b)). */
export const calibrationSchema = z.object({ a: finite, b: finite });

/** svm-cnn.json and those of the other arms: everything between a feature vector and a likelihood. */
export const svmFileSchema = z.object({
  schemaVersion: z.literal(PACK_SCHEMA_VERSION),
  arm: armSchema,
  featureSchemaId: z.string(),
  /** Standardisation: (x - mean) / scale, one each a feature. */
  scaler: z.object({ mean: z.array(finite), scale: z.array(finite.positive()) }),
  kernel: z.enum(['linear', 'rbf']),
  /** RBF width; unused and 0 for the linear kernel. */
  gamma: finite.nonnegative(),
  /** Row-major [count][features], standardised. A linear SVM may fold them into one weight row. */
  supportVectors: z.array(z.array(finite)),
  /** alpha_i * y_i of each support vector; positive class is malignant. */
  coefficients: z.array(finite),
  bias: finite,
  /** Of the mean score of a lesion's views, fitted on out-of-fold lesion scores. */
  calibration: calibrationSchema,
  /** Of the score of a single view, fitted on out-of-fold view scores; the lesion's where absent. */
  viewCalibration: calibrationSchema.optional(),
  /** Bootstrap refits of the calibration, for the interval of a likelihood. */
  calibrationBootstrap: z.array(calibrationSchema),
});

export type SvmFile = z.infer<typeof svmFileSchema>;
