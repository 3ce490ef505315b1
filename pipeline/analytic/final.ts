import { readFileSync } from 'node:fs';
import { describedIn, describeLesion } from '../../src/core/features/analytic/described.ts';
import { ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import { selectAnalytic } from '../../src/core/features/analytic/select-features.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { trainMachine, type Calibrated } from '../cv/final-svm.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import type { ArmInput, ArmSetting } from './nested.ts';

/** The features of the analytic arm, chosen without outcomes by choose-list.ts, by name. */
export const LIST: readonly string[] = JSON.parse(
  readFileSync(new URL('./list.json', import.meta.url), 'utf8'),
) as string[];

/** The columns of the list, of vectors of all ANALYTIC_FEATURES. */
export const listColumns = (table: readonly ArrayLike<number>[]): Float64Array[] =>
  table.map((row) => selectAnalytic(row, LIST));

/** A machine of the analytic arm: some rows, one setting, all columns of the table. */
export const trainFinalAnalytic = (
  libsvm: Libsvm,
  { rows, table }: Pick<ArmInput, 'rows' | 'table'>,
  setting: ArmSetting,
  calibrated: Calibrated,
): SvmFile => {
  const { kernel, c, gamma } = setting;
  const features = table[0]?.length ?? 1;
  return trainMachine(
    libsvm,
    rows.map((row) => row.malignant),
    table,
    { kernel, c: kernel === 'linear' ? c / features : c, gamma: gamma / features },
    { arm: 'analytic', featureSchemaId: ANALYTIC_SCHEMA_ID },
    calibrated,
  );
};

const digits = (v: number): number => Number(v.toPrecision(4));

/** Described features of each lesion, by lesion id. */
export const describedLesions = (
  rois: readonly { readonly lesion: string }[],
  table: readonly ArrayLike<number>[],
): ReadonlyMap<string, number[]> => {
  const views = new Map<string, ArrayLike<number>[]>();
  rois.forEach(({ lesion }, i) =>
    views.set(lesion, [...(views.get(lesion) ?? []), table[i] as ArrayLike<number>]),
  );
  return new Map(
    [...views].map(([lesion, rows]) => [lesion, describeLesion(rows.map(describedIn)).map(digits)]),
  );
};
