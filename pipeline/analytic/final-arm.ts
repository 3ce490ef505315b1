import type { Calibration } from '../../src/core/classifier/calibration.ts';
import type { Tap } from '../../src/core/pack/manifest.ts';
import type { SvmFile } from '../../src/core/pack/svm-file.ts';
import { trainFinalSvm } from '../cv/final-svm.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { searchArm, type ArmChoice, type ArmInput } from './nested.ts';

/** The analytic machine that ships, and the names of the features it takes, in order. */
export interface FinalArm {
  readonly choice: ArmChoice;
  readonly names: readonly string[];
  readonly svm: SvmFile;
}

/**
 * Searches and trains the analytic machine on all rows, by the search that each outer fold ran on
 * its training side. `calibration` comes from the out-of-fold lesion scores.
 */
export const trainFinalArm = (
  libsvm: Libsvm,
  input: ArmInput,
  featureNames: readonly string[],
  featureSchemaId: string,
  fitted: { calibration: Calibration; refits: Calibration[] },
): FinalArm => {
  const { rows, table, seed } = input;
  const all = rows.map((_, i) => i);
  const choice = searchArm(libsvm, input, all, seed);
  const { kernel, c, gamma } = choice.setting;
  const count = choice.features.length;
  const names = choice.features.map((f) => featureNames[f] as string);
  const vectors = table.map((row) => Float32Array.from(choice.features, (f) => row[f] as number));
  // One block without pooling: the shape in which the CNN arm's trainer takes its features.
  const block: Tap = {
    node: 'analytic',
    shape: [1, 1, count],
    pooling: 'none',
    l2Normalised: false,
  };
  const setting = {
    set: { name: 'analytic', taps: [block] },
    kernel,
    c: kernel === 'linear' ? c / count : c,
    gamma: gamma / count,
  };
  const svm = trainFinalSvm(libsvm, rows, vectors, [block], setting, featureSchemaId, fitted);
  return { choice, names, svm: { ...svm, arm: 'analytic' } };
};
