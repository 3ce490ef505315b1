import type { Coverage } from '../cv/spread.ts';
import type { AucReport, CaseReport, Subgroup } from '../protocol/metrics.ts';

export interface Results {
  readonly id: string;
  readonly network: string;
  readonly singleNetwork: boolean;
  readonly multiplyAdds: number;
  readonly lesionCount: number;
  readonly imageCount: number;
  readonly patientCount: number;
  readonly malignantShare: number;
  readonly seconds: number;
  readonly boxesPerSecond: number;
  /** Boxes that count in no figure (isLoneBox). */
  readonly leftOut?: number;
  /** The kinds of network that were trained, and the AUC of their heads, with turns at test time. */
  readonly networks?:
    | {
        readonly kind: string;
        readonly pooledAuc: Readonly<Record<string, readonly number[]>>;
      }
    | undefined;
  /** AUC of raw scores with the setting that each fold's own inner search chose. */
  readonly nested?: {
    readonly cnn: AucReport | null;
    readonly analytic?: AucReport | null | undefined;
  };
  readonly interval?:
    Readonly<Record<'cnn' | 'analytic' | 'fused', { readonly coverage: Coverage }>> | undefined;
  readonly chosen: readonly { readonly setting: string; readonly innerAuc: number }[];
  readonly final: string;
  readonly heldOutByFold: readonly (AucReport | null)[];
  readonly layers: readonly { readonly set: string; readonly auc: AucReport | null }[];
  /** By arm: cnn, and with the second arm analytic and ensemble. */
  readonly arms: Readonly<
    Record<string, { readonly perLesion: CaseReport; readonly perView: CaseReport }>
  >;
  /** Paired DeLong between arms, p adjusted by Holm. */
  readonly comparisons: readonly {
    readonly a: string;
    readonly b: string;
    readonly difference: number;
    readonly interval: readonly [number, number];
    readonly p: number;
    readonly holm: number;
  }[];
  readonly analytic?:
    | {
        readonly chosen: readonly {
          readonly setting: string;
          readonly innerAuc: number;
          readonly features: readonly string[];
        }[];
        readonly final: string;
        readonly heldOutByFold: readonly (AucReport | null)[];
        readonly lesions: readonly { readonly score: number; readonly likelihood: number }[];
      }
    | undefined;
  /** What the pack answers: the ensemble, or the one arm. */
  readonly perLesion: CaseReport;
  readonly perView: CaseReport;
  readonly subgroups: readonly Subgroup[];
  readonly lesions: readonly {
    readonly malignant: boolean;
    readonly score: number;
    readonly likelihood: number;
  }[];
  readonly ensemble?:
    | readonly {
        readonly malignant: boolean;
        readonly score: number;
        readonly likelihood: number;
      }[]
    | undefined;
}

interface VariantRow {
  readonly name: string;
  readonly n: number;
  readonly auc: AucReport | null;
  readonly change: readonly [number, number];
  readonly median: number;
  readonly p95: number;
}

export interface Robustness {
  readonly folds: string;
  /** The CNN arm. */
  readonly report: readonly VariantRow[];
  /** Changes of the box only, where the analytic arm was followed too. */
  readonly analytic?: readonly VariantRow[];
  readonly ensemble?: readonly VariantRow[];
}

export const f3 = (v: number | undefined): string => (v === undefined ? '-' : v.toFixed(3));
export const range = (interval: readonly [number, number] | undefined): string =>
  interval ? `${f3(interval[0])} to ${f3(interval[1])}` : '-';

/** AUC with both intervals as three cells. */
const aucCells = (auc: AucReport | null): string =>
  `${f3(auc?.value)} | ${range(auc?.delong)} | ${range(auc?.bootstrap)}`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const caseRow = (name: string, r: CaseReport): string[] => [
  name,
  `${r.n} (${r.positives})`,
  f3(r.auc?.value),
  range(r.auc?.delong),
  range(r.auc?.bootstrap),
  r.partialAuc ? `${f3(r.partialAuc.value)} (${range(r.partialAuc.bootstrap)})` : '-',
  f3(r.brier),
  f3(r.ece),
  r.calibration ? `${f3(r.calibration.slope)}, ${f3(r.calibration.intercept)}` : '-',
];

export const mainTable = (results: readonly (readonly [string, CaseReport])[]): string =>
  table(
    [
      '',
      'n (malignant)',
      'AUC',
      '95 % DeLong',
      '95 % patient bootstrap',
      'mean specificity at sensitivity 0.9 and more',
      'Brier',
      'ECE',
      'calibration slope, intercept',
    ],
    results.map(([name, report]) => caseRow(name, report)),
  );

export const operatingTable = ({ operatingPoints }: CaseReport): string =>
  table(
    ['specificity', 'sensitivity', '95 % patient bootstrap', 'likelihood at the cut'],
    operatingPoints.map((p) => [
      f3(p.specificity),
      f3(p.sensitivity),
      range(p.interval),
      f3(p.likelihood),
    ]),
  );

export const layersTable = (layers: Results['layers']): string =>
  table(
    ['layers and pooling', 'AUC', '95 % DeLong', '95 % patient bootstrap'],
    layers.map(({ set, auc }) => [set, ...aucCells(auc).split(' | ')]),
  );

export const comparisonTable = (comparisons: Results['comparisons']): string =>
  table(
    ['pair', 'difference of AUC', '95 % paired DeLong', 'p', 'p, Holm'],
    comparisons.map(({ a, b, difference, interval, p, holm }) => [
      `${b} against ${a}`,
      f3(-difference),
      `${f3(-interval[1])} to ${f3(-interval[0])}`,
      p.toPrecision(2),
      holm.toPrecision(2),
    ]),
  );

export const foldsTable = ({
  chosen,
  heldOutByFold,
}: Pick<Results, 'chosen' | 'heldOutByFold'>): string =>
  table(
    ['fold', 'chosen inside the training folds', 'inner AUC', 'held-out AUC', '95 % DeLong'],
    chosen.map(({ setting, innerAuc }, k) => {
      const auc = heldOutByFold[k];
      return [String(k), setting, f3(innerAuc), f3(auc?.value), range(auc?.delong)];
    }),
  );

export const subgroupTable = (subgroups: readonly Subgroup[]): string =>
  table(
    ['by', 'value', 'n (malignant)', 'AUC', '95 % DeLong', '95 % patient bootstrap'],
    subgroups.map((g) => [
      g.by,
      g.value,
      `${g.n} (${g.positives})`,
      ...aucCells(g.auc).split(' | '),
    ]),
  );

export const robustnessTable = ({ report }: Robustness): string =>
  table(
    [
      'change',
      'AUC',
      '95 % DeLong',
      'change of AUC, 95 % patient bootstrap',
      'likelihood moves by (median)',
      '95 % of lesions move less than',
    ],
    report.map((r) => [
      r.name,
      f3(r.auc?.value),
      range(r.auc?.delong),
      range(r.change),
      f3(r.median),
      f3(r.p95),
    ]),
  );

export const coverageTable = (interval: NonNullable<Results['interval']>): string =>
  `Share of answers made anew (another training, another draw for the machines and the calibrations, a moved box) that the interval covers, by fifth of the likelihood; fitted on the other folds:\n\n${table(
    ['', 'lowest fifth', '2', '3', '4', 'highest', 'all', 'mean half-width'],
    (['cnn', 'analytic', 'fused'] as const).map((arm) => {
      const { fifths, all, halfWidth } = interval[arm].coverage;
      return [arm === 'fused' ? 'ensemble' : arm, ...fifths.map(f3), f3(all), f3(halfWidth)];
    }),
  )}`;
