import type { Calibration } from '../../src/core/classifier/calibration.ts';
import { PACK_SCHEMA_VERSION } from '../../src/core/units/schema-version.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { scaledMachine, trainingScale } from './common-scale.ts';
import { selectFeatures } from './feature-sets.ts';
import { fitScaler } from './gram.ts';
import type { Row, Setting } from './search.ts';
import type { Tap } from '../../src/core/features/tap.ts';

const dot = (a: readonly number[], b: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
};

/** Digits that the pack keeps of a standardised feature: far finer than half-float weights. */
const rounded = (v: number): number => Number(v.toFixed(4));

/** A linear machine as one weight row, an RBF machine as its support vectors. */
const asFile = (
  { kernel, gamma }: MachineSetting,
  vectors: readonly (readonly number[])[],
  coefficients: readonly number[],
) => {
  if (kernel === 'rbf') return { kernel, gamma, supportVectors: vectors, coefficients };
  const weights = (vectors[0] ?? []).map((_, f) =>
    vectors.reduce((sum, v, i) => sum + (coefficients[i] as number) * (v[f] as number), 0),
  );
  return { kernel, gamma: 0, supportVectors: [weights], coefficients: [1] };
};

/** What makes a machine besides its data. */
export interface MachineSetting {
  readonly kernel: 'linear' | 'rbf';
  readonly c: number;
  readonly gamma: number;
}

export interface Calibrated {
  readonly calibration: Calibration;
  /** Of a single view; the lesion's where absent. */
  readonly viewCalibration?: Calibration;
  readonly refits: Calibration[];
}

/**
 * Trains the SVM that ships: all rows, one setting. Features are standardised and rounded as the
 * file holds them before training, so that the file is the machine that libsvm found.
 */
export const trainMachine = (
  libsvm: Libsvm,
  malignant: readonly boolean[],
  features: readonly ArrayLike<number>[],
  setting: MachineSetting,
  named: Pick<SvmFile, 'arm' | 'featureSchemaId'>,
  { calibration, viewCalibration, refits }: Calibrated,
): SvmFile => {
  const scaler = fitScaler(features);
  const z = features.map((row) =>
    Array.from(row, (v, i) =>
      rounded((v - (scaler.mean[i] as number)) / (scaler.scale[i] as number)),
    ),
  );
  const norms = z.map((row) => dot(row, row));
  const kernel = (i: number, j: number) => {
    const product = dot(z[i] as number[], z[j] as number[]);
    if (setting.kernel === 'linear') return product;
    const distance = (norms[i] as number) + (norms[j] as number) - 2 * product;
    return Math.exp(-setting.gamma * Math.max(distance, 0));
  };
  const svm = libsvm.train(kernel, malignant, setting.c);
  const supportVectors = svm.indices.map((i) => z[i] as number[]);
  const machine = asFile(setting, supportVectors, svm.coefficients);
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    ...named,
    scaler,
    ...machine,
    supportVectors: machine.supportVectors.map((v) => [...v]),
    coefficients: [...machine.coefficients],
    bias: svm.bias,
    calibration,
    ...(viewCalibration ? { viewCalibration } : {}),
    calibrationBootstrap: refits,
  };
};

/** The CNN arm's machine on the layers that a setting names, its values on the common scale. */
export const trainFinalSvm = (
  libsvm: Libsvm,
  rows: readonly Row[],
  vectors: readonly Float32Array[],
  candidates: readonly Tap[],
  setting: Setting,
  featureSchemaId: string,
  calibrated: Calibrated,
): SvmFile => {
  const malignant = rows.map((row) => row.malignant);
  const features = vectors.map((vector) => selectFeatures(vector, candidates, setting.set));
  const named = { arm: 'cnn' as const, featureSchemaId };
  const svm = trainMachine(libsvm, malignant, features, setting, named, calibrated);
  const values = features.map((vector) => decisionValue(svm, vector));
  return scaledMachine(svm, trainingScale(values, malignant));
};
