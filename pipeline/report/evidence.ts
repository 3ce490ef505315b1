import type { AucReport } from '../protocol/metrics.ts';
import { comparisonTable, f3, range, table, type Results } from './markdown.ts';

type Interval = readonly [number, number];
type Comparisons = Results['comparisons'];

interface OverlapRow {
  readonly name: string;
  readonly n: number;
  readonly median: number;
  readonly interval?: Interval;
  readonly share: number;
  readonly shareInterval?: Interval;
}

/** What pipeline/outlines/compare.ts writes. */
export interface Outlines {
  readonly box: readonly OverlapRow[];
  readonly click: readonly OverlapRow[];
  readonly ellipse: readonly OverlapRow[];
  readonly drawing: number;
  readonly oracle: {
    readonly n: number;
    readonly positives: number;
    readonly own: number;
    readonly hand: number;
    readonly comparison: {
      readonly difference: number;
      readonly interval: Interval;
      readonly p: number;
    };
    readonly meanChange: number;
    readonly changeInterval?: Interval;
    readonly medianMove: number;
    readonly spread: number;
    readonly rankCorrelation: number;
    readonly sameSide: number;
    readonly features: readonly {
      readonly label: string;
      readonly rankCorrelation: number;
      readonly own: number;
      readonly hand: number;
    }[];
  };
}

interface ListRow {
  readonly name: string;
  readonly folds: readonly { readonly features: number; readonly innerAuc: number }[];
  readonly analytic: AucReport | null;
  readonly ensemble: AucReport | null;
  readonly comparisons: Comparisons;
}

/** What pipeline/analytic/compare-lists.ts writes. */
export interface Lists {
  readonly chosen: ListRow & { readonly lists: readonly string[] };
  readonly lists: readonly ListRow[];
}

interface Share {
  readonly n: number;
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** What pipeline/analytic/ablation.ts writes. */
export interface Ablation {
  readonly all: { readonly features: number; readonly auc: AucReport | null };
  readonly families: readonly {
    readonly family: string;
    readonly features: number;
    readonly alone: FamilyPart;
    readonly without: FamilyPart;
  }[];
  readonly control?: {
    readonly boxes: number;
    readonly lesions: number;
    readonly scoredElsewhere: AucReport | null;
    readonly trainedElsewhere: readonly NamedAuc[];
    readonly lesion: readonly NamedAuc[];
  };
  readonly specificity: number;
  readonly lost: readonly {
    readonly by: string;
    readonly value: string;
    readonly sensitivity: Readonly<Record<'cnn' | 'analytic' | 'ensemble', Share>>;
    readonly specificity: { readonly ensemble: Share };
    readonly missedByBoth: number;
    readonly auc: { readonly analytic: AucReport | null };
  }[];
}
interface FamilyPart {
  readonly auc: AucReport | null;
  readonly difference: {
    readonly difference: number;
    readonly interval: Interval;
    readonly p: number;
  };
}
interface NamedAuc {
  readonly name: string;
  readonly auc: AucReport | null;
}

const withRange = (value: number | undefined, interval: Interval | undefined | null) =>
  `${f3(value)} (${range(interval ?? undefined)})`;
const aucText = (auc: AucReport | null) => withRange(auc?.value, auc?.delong);

const inWords = (name: string) => name.replaceAll('_', ' ');

const overlapTable = ({ box, click }: Outlines): string =>
  table(
    [
      'lesions',
      'n',
      'in the box: median overlap',
      'above 0.4',
      'after a click: median overlap',
      'above 0.4',
    ],
    box.map((b, i) => {
      const c = click[i] as OverlapRow;
      return [
        inWords(b.name),
        String(b.n),
        withRange(b.median, b.interval),
        withRange(b.share, b.shareInterval),
        withRange(c.median, c.interval),
        withRange(c.share, c.shareInterval),
      ];
    }),
  );

export const outlinesText = (o: Outlines | undefined): string => {
  if (!o) return 'Not measured yet: npm run outlines.';
  const [ellipse] = o.ellipse;
  const { oracle } = o;
  return `Forty training lesions, one view each, one a patient, were outlined by hand (\`pipeline/outlines/outlines.json\`). They were drawn by a seeded rule, two of each of five margin words and four degrees of subtlety, so faint lesions are far more frequent here than in the archive. The drawing was done on pictures of 1.6 box sides at the archive's resolution: the box was therefore known, the outcome and the product's outline were not; it was done by the developer, not by a radiologist. Where most of the margin had to be guessed the drawing says low confidence.

Overlap (intersection over union) of the product's outline with the drawn one, 95 % bootstrap over lesions (where all lie above 0.4 it has no width and says little):

${overlapTable(o)}

An ellipse that fills the box, drawn without looking at the image, has ${withRange(ellipse?.median, ellipse?.interval)}, above 0.4 ${withRange(ellipse?.share, ellipse?.shareInterval)}: the archive's boxes say much about the outline. A drawing made into a closed line of rays, as the product's outlines are, overlaps itself with ${f3(o.drawing)} (median).

**What a drawn outline would give.** The machines of the folds, which never saw these lesions, scored the ${oracle.n} views (${oracle.positives} malignant) with features measured on the drawn outline in place of the product's. AUC ${f3(oracle.hand)} against ${f3(oracle.own)}, difference ${f3(oracle.comparison.difference)} (${range(oracle.comparison.interval)}, p = ${oracle.comparison.p.toPrecision(2)}): with ${oracle.n} lesions only a large effect would show. The decision value moves by ${f3(oracle.medianMove)} (median; the middle half of the lesions spans ${f3(oracle.spread)}), on average by ${f3(oracle.meanChange)} (${range(oracle.changeInterval)}); ranks agree with ${f3(oracle.rankCorrelation)} (Spearman), and ${oracle.sameSide} of ${oracle.n} stay on their side of the cut. The machines were trained on the product's outlines, so this is what better outlines give at once, not after training on them.

${table(
  [
    'feature',
    'rank agreement of both outlines',
    'AUC alone, own outline',
    'AUC alone, drawn outline',
  ],
  oracle.features.map((f) => [f.label, f3(f.rankCorrelation), f3(f.own), f3(f.hand)]),
)}

AUC below 0.5: lower values are the malignant ones. Command: \`npm run outlines\``;
};

const against = ({ comparisons }: ListRow, arm: string) =>
  comparisons.find((c) => c.a === arm && c.b === 'ensemble');
const lead = (row: ListRow, arm: string): string => {
  const c = against(row, arm);
  return c
    ? `${f3(-c.difference)} (${f3(-c.interval[1])} to ${f3(-c.interval[0])}), p ${c.holm.toPrecision(2)}`
    : '-';
};
const spread = (values: readonly number[]): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
};

const has = (lists: Lists, word: string) => lists.lists.some(({ name }) => name.includes(word));

/** Whether the lists of everything that was tried are judged, not the design's alone. */
export const isComplete = (lists: Lists): boolean => has(lists, 'everything');

export const listsText = (lists: Lists | undefined, shipped: ListRow): string => {
  if (!lists) return 'Not measured yet: npm run lists.';
  const rows = [lists.chosen, ...lists.lists];
  return `The product's list of features was chosen by a rule that sees no outcome. Other lists, on the same folds, each taken whole, with the nine machines of the same grid; they were written down before any was run, and all that were run are here. The first line takes in each fold the list, of those below it that look at no outcome, that did best on the inner folds.${
    isComplete(lists)
      ? ' It is the answer.'
      : ' The lists of everything that was ever tried are not run yet (npm run lists without --design), so it is not yet the answer: the design alone is a poor list, as the analytic arm shows.'
  }

${table(
  [
    'list',
    'features',
    'analytic arm',
    'ensemble',
    'ensemble over the CNN arm, Holm',
    'ensemble over the analytic arm, Holm',
  ],
  [...rows, shipped].map((row) => [
    row.name,
    spread(row.folds.map((f) => f.features)),
    aucText(row.analytic),
    aucText(row.ensemble),
    lead(row, 'cnn'),
    lead(row, 'analytic'),
  ]),
)}

- design: what the project's design names after its papers (shape, spread of gradient angles, radial gradient, margin sharpness, density, contrast, variation of grey and of edges, Haralick), every place and scale that is measured.
- everything: all that was ever tried for this arm and can still be measured, with Haralick in all places at all distances. Of the 688 candidates 15 cannot be measured any more (variation and coherence of grey by ring) and 26 of Haralick at millimetre distances are not; the others are measured anew, some at slightly other scales. That these families were thought of at all is not free of what was seen of these data before.
- pruned: of two features that correlate by more than 0.9 over the training side only the first stays; no outcome is looked at.
- cut by families: the way the product's list was made, repeated on the training side of each fold.

${
  has(lists, 'cut') ? '' : 'The cut is not measured yet (npm run lists).\n\n'
}In the folds the first line took: ${lists.chosen.lists.map((name, k) => `fold ${k} "${name}"`).join(', ')}. Its arms against one another:

${comparisonTable(lists.chosen.comparisons)}

Command: \`npm run lists\``;
};

const familyCells = ({ auc, difference }: FamilyPart): string[] => [
  aucText(auc),
  `${f3(difference.difference)} (${range(difference.interval)})`,
];
const shareText = ({ value, interval }: Share): string =>
  value === null ? '-' : withRange(value, interval);

export const familiesText = (a: Ablation | undefined): string =>
  a
    ? `Analytic arm on the same folds with one machine for all (RBF, C 3, gamma 0.3 over the number of features, from the middle of the grid), so nothing is searched or nested; all ${a.all.features} features ${aucText(a.all.auc)}. Differences are of the AUC of cross-fitted likelihoods, with paired DeLong intervals:

${table(
  ['family', 'features', 'alone', 'alone against all', 'left out', 'left out against all'],
  a.families.map(({ family, features, alone, without }) => [
    family,
    String(features),
    ...familyCells(alone),
    ...familyCells(without),
  ]),
)}

Command: \`npm run ablation\``
    : 'Not measured yet: npm run ablation.';

const named = (rows: readonly NamedAuc[]) =>
  rows.map(({ name, auc }) => [name, aucText(auc), range(auc?.bootstrap)]);

/** What pipeline/backbone/control.py writes. */
export interface NetworkControl {
  readonly networkElsewhere: { readonly auc: number; readonly interval: Interval };
  readonly trainedElsewhere: { readonly auc: number; readonly interval: Interval };
}

const networkControlText = (network: NetworkControl | undefined): string => {
  const auc = (of: NetworkControl['networkElsewhere']) => `${f3(of.auc)} (${range(of.interval)})`;
  return network
    ? `The like control of the network (pipeline/backbone/README.md): trained on tissue ${auc(network.trainedElsewhere)}, lesion network on tissue ${auc(network.networkElsewhere)}.`
    : 'The like control of the network is not measured yet (pipeline/backbone/README.md).';
};

export const controlText = (
  control: Ablation['control'],
  network: NetworkControl | undefined,
): string =>
  control
    ? `The archive was digitised on several scanners, and its benign and malignant cases were collected apart. The same features in a box of the same size on breast away from every lesion of the film (${control.boxes} boxes, ${control.lesions} lesions) tell how much of the outcome is in film, breast and box size. The machines of the folds, trained on lesions, score that tissue with AUC ${aucText(control.scoredElsewhere)}. Machines trained on that tissue:

${table(['features, away from lesions', 'AUC', '95 % patient bootstrap'], named(control.trainedElsewhere))}

The lesions of the same boxes:

${table(['features, on the lesions', 'AUC', '95 % patient bootstrap'], named(control.lesion))}

${networkControlText(network)}`
    : `Not measured yet (npm run ablation). ${networkControlText(network)}`;

export const lostText = (a: Ablation | undefined): string =>
  a
    ? `Each arm called at its own cut of ${(100 * a.specificity).toFixed(0)} % specificity over all lesions (shipped lists, likelihoods calibrated on the other folds); groups of ten malignant lesions and more. 95 % patient bootstrap.

${table(
  [
    'by',
    'value',
    'malignant',
    'sensitivity, CNN',
    'sensitivity, analytic',
    'sensitivity, ensemble',
    'missed by both arms',
    'benign',
    'specificity, ensemble',
    'AUC, analytic',
  ],
  a.lost.map((g) => [
    g.by,
    inWords(g.value),
    String(g.sensitivity.ensemble.n),
    shareText(g.sensitivity.cnn),
    shareText(g.sensitivity.analytic),
    shareText(g.sensitivity.ensemble),
    String(g.missedByBoth),
    String(g.specificity.ensemble.n),
    shareText(g.specificity.ensemble),
    aucText(g.auc.analytic),
  ]),
)}`
    : 'Not measured yet: npm run ablation.';
