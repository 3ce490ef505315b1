import { z } from 'zod';
import { PACK_SCHEMA_VERSION } from './manifest.ts';

const finite = z.number().refine(Number.isFinite);

/** svm-cnn.json and svm-analytic.json: everything between a feature vector and a likelihood. */
export const svmFileSchema = z.object({
  schemaVersion: z.literal(PACK_SCHEMA_VERSION),
  arm: z.enum(['cnn', 'analytic']),
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
  /** Platt: p = 1 / (1 + exp(a * score + b)), fitted on out-of-fold lesion scores. */
  calibration: z.object({ a: finite, b: finite }),
  /** Bootstrap refits of the calibration, for the interval of a likelihood. */
  calibrationBootstrap: z.array(z.object({ a: finite, b: finite })),
});

export type SvmFile = z.infer<typeof svmFileSchema>;
