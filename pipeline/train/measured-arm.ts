import { extractAnalytic } from '../analytic/extract.ts';
import { describedLesions, listColumns } from '../analytic/final.ts';
import { movedRoi, type LIST_MOVES } from '../analytic/moved-boxes.ts';
import {
  ARM_GRID,
  describeSetting,
  validateArm,
  type ArmInput,
  type ArmValidation,
} from '../analytic/nested.ts';
import type { PatchRules } from '../features/patches.ts';
import { progress } from '../progress.ts';
import { FOLDS } from '../protocol/rules.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import type { FoldedTraining, LabelledRoi } from './train-data.ts';

/** The analytic arm, cross-validated on the folds of the other. */
export interface MeasuredArm {
  readonly input: ArmInput;
  readonly validation: ArmValidation;
  /** The list's columns as marked and in each moved box. */
  readonly tables: readonly (readonly Float64Array[])[];
  readonly described: ReadonlyMap<string, number[]>;
}

/** Where the boxes' features come from. */
interface Source {
  readonly imagesFolder: string;
  readonly rules: PatchRules;
  readonly cacheFolder: string;
  /** Moved boxes that are measured besides. */
  readonly moves: typeof LIST_MOVES;
}

/** Measures and cross-validates; with `searched` only the settings that it describes are tried. */
export const measureArm = async (
  libsvm: Libsvm,
  { rois, fold, seed }: FoldedTraining,
  { imagesFolder, rules, cacheFolder, moves }: Source,
  searched: ReadonlySet<string> | undefined,
): Promise<MeasuredArm> => {
  const vectors = async (of: readonly LabelledRoi[]) => {
    const { rows, problems } = await extractAnalytic(of, imagesFolder, rules.working, cacheFolder);
    const [first] = problems;
    if (first) throw new Error(`line ${first.line} could not be measured: ${first.reason}`);
    return rows.map((row) => row.vector);
  };
  const asMarked = await vectors(rois);
  const table = listColumns(asMarked);
  const tables = [table];
  for (const move of moves)
    tables.push(listColumns(await vectors(rois.map((roi) => movedRoi(roi, move)))));
  const grid = ARM_GRID.filter(
    (s) => !Number.isFinite(s.features) && (searched?.has(describeSetting(s)) ?? true),
  );
  const input = { rows: rois, table, fold, folds: FOLDS, seed, grid };
  const bar = progress('analytic arm, nested search', FOLDS, 'folds');
  const validation = validateArm(libsvm, input, () => bar.step());
  bar.done();
  return { input, validation, tables, described: describedLesions(rois, asMarked) };
};
