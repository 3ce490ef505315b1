import { LIST_MOVES } from '../analytic/moved-boxes.ts';
import type { Answer } from '../cv/answers.ts';
import { makeReplicates, type NetworkScores } from '../cv/replicates.ts';
import { crossFittedCoverage, fitSpread } from '../cv/spread.ts';
import { FOLDS } from '../protocol/rules.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import { ARM_ANSWERS, type Judged } from './cases.ts';
import type { MeasuredArm } from './measured-arm.ts';
import type { FoldedTraining } from './train-data.ts';

/** The interval's spreads and how they cover what is made anew, by all `networks` and in moved boxes. */
export const intervalOf = (
  libsvm: Libsvm,
  { rois, fold, seed }: FoldedTraining,
  { lesions, answers }: Judged,
  { tables, validation }: MeasuredArm,
  networks: NetworkScores,
) => {
  const replicates = makeReplicates(
    libsvm,
    networks,
    { rows: rois, fold, folds: FOLDS },
    tables,
    [...LIST_MOVES.keys()],
    validation.final.setting,
    seed,
  );
  const foldOfLesion = lesions.map((l) => l.fold);
  const of = (pick: (a: Answer) => number) => {
    const base = answers.map(pick);
    const moved = replicates.map((r) => r.map(pick));
    return {
      spread: fitSpread(base, moved),
      coverage: crossFittedCoverage(base, foldOfLesion, FOLDS, moved),
    };
  };
  return {
    cnn: of(ARM_ANSWERS.cnn),
    analytic: of(ARM_ANSWERS.analytic),
    fused: of(ARM_ANSWERS.ensemble),
  };
};

export type Interval = ReturnType<typeof intervalOf>;
