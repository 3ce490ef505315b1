import { reliability } from '../../src/core/stats/calibration-metrics.ts';
import { rocCurve } from '../../src/core/stats/roc.ts';
import { chart, COLOURS, label, line, px, toX, toY, unitTicks } from './svg.ts';

interface Point {
  readonly malignant: boolean;
  readonly score: number;
  readonly likelihood: number;
}
export interface Curve {
  readonly name: string;
  readonly lesions: readonly Point[];
}

const DIAGONAL = line(
  [
    [0, 0],
    [1, 1],
  ],
  '#999',
  'stroke-dasharray="4 4"',
);

const legend = (names: readonly string[]): string[] =>
  names.flatMap((name, i) => [
    `<line x1="${px(toX(0.42))}" x2="${px(toX(0.48))}" y1="${px(toY(0.06 + 0.06 * i))}" y2="${px(toY(0.06 + 0.06 * i))}" stroke="${COLOURS[i]}" stroke-width="3"/>`,
    label(toX(0.5), toY(0.045 + 0.06 * i), name),
  ]);

/** ROC curves of lesion scores; `how` says where the scores come from. */
export const rocPlot = (curves: readonly Curve[], how: string): string =>
  chart(
    `ROC curves by lesion, ${how}`,
    { title: '1 - specificity', ticks: unitTicks },
    { title: 'sensitivity', ticks: unitTicks },
    [
      DIAGONAL,
      ...curves.map(({ lesions }, i) => {
        const scored = {
          scores: lesions.map((l) => l.score),
          malignant: lesions.map((l) => l.malignant),
        };
        const points = rocCurve(scored).map((p) => [1 - p.specificity, p.sensitivity] as const);
        return line(points, COLOURS[i] ?? '#000');
      }),
      ...legend(curves.map((c) => c.name)),
    ],
  );

/** Share of malignant lesions against mean likelihood in ten bins; a dot's area is its lesions. */
export const reliabilityPlot = (lesions: readonly Point[], how: string): string => {
  const bins = reliability({
    likelihoods: lesions.map((l) => l.likelihood),
    malignant: lesions.map((l) => l.malignant),
  });
  const points = bins.map((b) => [b.meanLikelihood, b.malignantShare] as const);
  const dots = bins.flatMap((b) => {
    const [x, y] = [toX(b.meanLikelihood), toY(b.malignantShare)];
    return [
      `<circle cx="${px(x)}" cy="${px(y)}" r="${px(1.2 * Math.sqrt(b.count))}" fill="${COLOURS[0]}" fill-opacity="0.5"/>`,
      label(x, y - 14, String(b.count), 'text-anchor="middle" font-size="10"'),
    ];
  });
  return chart(
    `Reliability of the likelihood, ${how}, with the number of lesions in each bin`,
    { title: 'mean likelihood of the bin', ticks: unitTicks },
    { title: 'share of malignant lesions', ticks: unitTicks },
    [DIAGONAL, line(points, COLOURS[0]), ...dots],
  );
};

const BINS = 20;

/** Histograms of the likelihood by outcome. */
export const distributionPlot = (lesions: readonly Point[]): string => {
  const counts = [false, true].map((outcome) => {
    const bins = new Array<number>(BINS).fill(0);
    for (const { malignant, likelihood } of lesions) {
      const bin = Math.min(Math.floor(likelihood * BINS), BINS - 1);
      if (malignant === outcome) bins[bin] = (bins[bin] as number) + 1;
    }
    return bins;
  });
  const most = Math.max(...counts.flat());
  const bars = counts.flatMap((bins, outcome) =>
    bins.map((count, i) => {
      const [x, w] = [toX((i + 0.05 + 0.45 * outcome) / BINS), toX(0.45 / BINS) - toX(0)];
      const y = toY(count / most);
      return `<rect x="${px(x)}" y="${px(y)}" width="${px(w)}" height="${px(toY(0) - y)}" fill="${COLOURS[outcome]}"/>`;
    }),
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((v) => ({ at: v, text: String(Math.round(v * most)) }));
  return chart(
    'Likelihood by outcome, cross-fitted',
    { title: 'likelihood of malignancy', ticks: unitTicks },
    { title: 'lesions', ticks },
    [
      ...bars,
      label(toX(0.7), toY(0.93), 'benign', `fill="${COLOURS[0]}"`),
      label(toX(0.7), toY(0.87), 'malignant', `fill="${COLOURS[1]}"`),
    ],
  );
};
