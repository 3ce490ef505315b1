import type { SvmFile } from './svm-file.ts';
import type { SvmScore } from '../units/units.ts';
import { exponential } from '../units/portable-math.ts';

type Scaler = SvmFile['scaler'];

/** (x - mean) / scale, feature by feature. Throws when the vector has another length than the scaler. */
export const standardise = (features: ArrayLike<number>, scaler: Scaler): Float64Array => {
  if (features.length !== scaler.mean.length)
    throw new Error(`${features.length} features where the SVM takes ${scaler.mean.length}`);
  return Float64Array.from(
    features,
    (x, i) => (x - (scaler.mean[i] as number)) / (scaler.scale[i] as number),
  );
};

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

const squaredDistance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const away = (a[i] as number) - (b[i] as number);
    sum += away * away;
  }
  return sum;
};

/**
 * Decision value of one feature vector (not yet standardised): sum_i alpha_i y_i K(s_i, x) + bias,
 * with K the inner product or exp(-gamma |s - x|^2). Positive leans malignant. Equal to libsvm's
 * decision values to 1e-6 (Chang & Lin 2011). Throws when the vector has another length.
 */
export const decisionValue = (svm: SvmFile, features: ArrayLike<number>): SvmScore => {
  const x = standardise(features, svm.scaler);
  let sum = svm.bias;
  svm.supportVectors.forEach((vector, i) => {
    const kernel =
      svm.kernel === 'linear'
        ? dot(vector, x)
        : exponential(-svm.gamma * squaredDistance(vector, x));
    sum += (svm.coefficients[i] as number) * kernel;
  });
  return sum as SvmScore;
};

/**
 * Gradient of the decision value with respect to the features (not standardised): for the linear
 * kernel sum_i alpha_i y_i s_i / scale, for the RBF kernel analytic at the point. Same length as
 * `features`. Throws when the vector has another length.
 */
export const decisionGradient = (svm: SvmFile, features: ArrayLike<number>): Float64Array => {
  const x = standardise(features, svm.scaler);
  const gradient = new Float64Array(x.length);
  svm.supportVectors.forEach((vector, i) => {
    const c = svm.coefficients[i] as number;
    const linear = svm.kernel === 'linear';
    const k = linear ? c : 2 * svm.gamma * c * exponential(-svm.gamma * squaredDistance(vector, x));
    for (let j = 0; j < x.length; j++)
      gradient[j] =
        (gradient[j] as number) + k * ((vector[j] as number) - (linear ? 0 : (x[j] as number)));
  });
  return gradient.map((g, j) => g / (svm.scaler.scale[j] as number));
};
