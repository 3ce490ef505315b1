import { crossValidate, type Validation } from '../cv/cross-validate.ts';
import { featureSets } from '../cv/feature-sets.ts';
import { scoresOfUsed, type NetworkScores } from '../cv/replicates.ts';
import { describe, makeGrid } from '../cv/search.ts';
import { FOLDS } from '../protocol/rules.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import type { FoldedTraining, LabelledRoi } from './train-data.ts';

/** The CNN arm, cross-validated; with `searched` only the settings that it describes are tried. */
export const validateNetworkArm = (
  libsvm: Libsvm,
  { rois, fold, seed, byFold, candidates, description }: FoldedTraining,
  searched: ReadonlySet<string> | undefined,
): Validation => {
  const allSets = featureSets(description.outputs);
  const grid = makeGrid(allSets).filter((s) => searched?.has(describe(s)) ?? true);
  return crossValidate(libsvm, {
    rows: rois,
    fold,
    vectors: (k) => byFold[k] as readonly Float32Array[],
    candidates,
    sets: allSets.filter((set) => grid.some((s) => s.set === set)),
    folds: FOLDS,
    seed,
    grid,
  });
};

/** Networks' own scores of the rows that are used, of those of all that could be `labelled`. */
export const usedScores = (
  networks: NetworkScores,
  labelled: readonly LabelledRoi[],
  foldOfPatient: ReadonlyMap<string, number>,
  { rois }: FoldedTraining,
): NetworkScores => {
  const used = new Set(rois.map((roi) => roi.line));
  return scoresOfUsed(
    networks,
    labelled.map((roi) => foldOfPatient.get(roi.patient) as number),
    (row) => used.has((labelled[row] as LabelledRoi).line),
  );
};
