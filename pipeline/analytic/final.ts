import { describeLesion } from '../../src/core/features/analytic/described.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../../src/core/features/analytic/schema.ts';
import type { SvmFile } from '../../src/core/pack/svm-file.ts';
import { trainMachine, type Calibrated } from '../cv/final-svm.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import type { ArmChoice, ArmInput } from './nested.ts';

/** Names of the features of a choice, in the order that the machine takes them. */
export const chosenNames = ({ features }: ArmChoice): string[] =>
  features.map((f) => ANALYTIC_FEATURES[f]?.name as string);

/** The analytic arm's machine that ships: all rows, the setting that the search on all rows chose. */
export const trainFinalAnalytic = (
  libsvm: Libsvm,
  { rows, table }: Pick<ArmInput, 'rows' | 'table'>,
  { setting, features }: ArmChoice,
  calibrated: Calibrated,
): SvmFile =>
  trainMachine(
    libsvm,
    rows.map((row) => row.malignant),
    table.map((row) => features.map((f) => row[f] as number)),
    {
      kernel: setting.kernel,
      c: setting.kernel === 'linear' ? setting.c / features.length : setting.c,
      gamma: setting.gamma / features.length,
    },
    { arm: 'analytic', featureSchemaId: ANALYTIC_SCHEMA_ID },
    calibrated,
  );

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
  return new Map([...views].map(([lesion, rows]) => [lesion, describeLesion(rows).map(digits)]));
};
