import { f3, range, table, type Results } from './markdown.ts';

type Interval = readonly [number, number];

/** What pipeline/evaluate/compare-packs.ts writes: the first pack against the second, by arm. */
export interface Against {
  readonly packs: readonly [string, string];
  readonly lesions: number;
  readonly arms: readonly {
    readonly arm: string;
    readonly first: number;
    readonly second: number;
    readonly difference: number;
    readonly interval: Interval;
    readonly p: number;
  }[];
  readonly command: string;
}

export const againstText = ({ packs: [first, second], lesions, arms, command }: Against): string =>
  `Out-of-fold scores in both packs on the same ${lesions} lesions, calibrated alike. ${second}'s list of features was cut with all outcomes in view, so its side is optimistic.

${table(
  ['', first, second, 'difference', '95 % paired DeLong', 'p'],
  arms.map((a) => [
    a.arm,
    f3(a.first),
    f3(a.second),
    f3(a.difference),
    range(a.interval),
    a.p.toPrecision(2),
  ]),
)}

Command: \`${command}\``;

/** What was wanted of the pack before it was trained. */
const WANTED: readonly {
  readonly what: string;
  readonly wanted: string;
  readonly met: (value: number) => boolean;
  readonly of: (results: Results) => number | undefined;
}[] = [
  {
    what: 'AUC, network',
    wanted: 'at least 0.865',
    met: (v) => v >= 0.865,
    of: ({ arms }) => arms.cnn?.perLesion.auc?.value,
  },
  {
    what: 'AUC, both',
    wanted: 'at least 0.875',
    met: (v) => v >= 0.875,
    of: ({ perLesion }) => perLesion.auc?.value,
  },
  {
    what: 'ECE, both',
    wanted: 'at most 0.04',
    met: (v) => v <= 0.04,
    of: ({ perLesion }) => perLesion.ece,
  },
  {
    what: 'calibration slope, both',
    wanted: '0.9 to 1.1',
    met: (v) => v >= 0.9 && v <= 1.1,
    of: ({ perLesion }) => perLesion.calibration?.slope,
  },
  {
    what: 'least coverage of the interval in a fifth, both',
    wanted: '0.90 to 0.98',
    met: (v) => v >= 0.9 && v <= 0.98,
    of: ({ interval }) => interval && Math.min(...interval.fused.coverage.fifths),
  },
  {
    what: 'least coverage of the interval in a fifth, network',
    wanted: '0.90 to 0.98',
    met: (v) => v >= 0.9 && v <= 0.98,
    of: ({ interval }) => interval && Math.min(...interval.cnn.coverage.fifths),
  },
];

export const targetsTable = (results: Results): string =>
  table(
    ['', 'wanted', 'reached', ''],
    WANTED.flatMap(({ what, wanted, met, of }) => {
      const value = of(results);
      return value === undefined
        ? []
        : [[what, wanted, value.toFixed(4), met(value) ? 'met' : '**missed**']];
    }),
  );

/** What pipeline/backbone/machines.py writes: machines on the pooled features, one line each. */
export interface ArmsTried {
  readonly command: string;
  readonly lines: readonly {
    readonly machine: string;
    /** Free support vectors of each fold's machine. */
    readonly free: readonly number[] | null;
    readonly pooled: number;
    readonly delong: Interval;
    readonly meanOfFolds: number;
    readonly calibrated: number;
    readonly both: number;
    readonly bothDelong: Interval;
    readonly bothEce: number;
  }[];
}

const freeText = (free: readonly number[] | null): string =>
  free ? `${Math.min(...free)} to ${Math.max(...free)}` : '-';

export const armsTriedText = ({ command, lines }: ArmsTried): string =>
  `A strongly regularised SVM has next to no free support vector, so its bias is anything within a range: the values of the folds' machines then differ in place and width, and pooling them costs up to 0.015 although each fold's order is as good. Every machine of this arm, the shipped one too, is therefore put on one scale by its own training rows (class means at -1 and 1; \`pipeline/cv/common-scale.ts\`). This looks at no held-out outcome, changes no fold's order and leaves the inner search as it was. All machines that were tried, each for all folds, none chosen by this table; "both" with the measured features, calibrated on the other folds:

${table(
  [
    'machine',
    'free support vectors',
    'pooled AUC, 95 % DeLong',
    'mean of folds',
    'calibrated',
    'both, 95 % DeLong',
    'ECE, both',
  ],
  lines.map((l) => [
    l.machine,
    freeText(l.free),
    `${f3(l.pooled)} (${range(l.delong)})`,
    f3(l.meanOfFolds),
    f3(l.calibrated),
    `${f3(l.both)} (${range(l.bothDelong)})`,
    f3(l.bothEce),
  ]),
)}

With a common scale no kernel, C, layer or head leads by more than chance; averaging the scores of moved boxes would cost twelve looks for less than 0.002. Command: \`npm run pipeline -- features && ${command}\``;
