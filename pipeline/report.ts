// Writes docs/evaluation.md and its figures from what training left behind:
//   npm run report
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pairedDelong } from '../src/core/stats/delong.ts';
import {
  f3,
  comparisonTable,
  foldsTable,
  layersTable,
  mainTable,
  operatingTable,
  robustnessTable,
  subgroupTable,
  table,
  type Results,
  type Robustness,
} from './report/markdown.ts';
import { reportAuc, type Case, type CaseReport } from './metrics.ts';
import {
  controlText,
  type NetworkControl,
  familiesText,
  isComplete,
  isProven,
  listsText,
  lostText,
  outlinesText,
  type Ablation,
  type Lists,
  type Outlines,
} from './report/evidence.ts';
import { distributionPlot, reliabilityPlot, rocPlot } from './report/plots.ts';

const { values } = parseArgs({
  options: {
    results: { type: 'string', default: '.cache/train/results.json' },
    frozen: { type: 'string', default: '.cache/train/results-frozen.json' },
    yardstick: { type: 'string', default: '.cache/train/yardstick-resnet50v2.json' },
    docs: { type: 'string', default: 'docs' },
  },
});

const readJson = <T>(path: string): T | undefined =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;

const main = readJson<Results>(values.results);
if (!main) throw new Error(`${values.results} is missing: run npm run train first`);
const frozen = readJson<Results>(values.frozen);
const robustness = readJson<Robustness>(values.results.replace(/\.json$/, '.robustness.json'));
const parity = readJson<string[]>('.cache/train/parity.json');
const yardstick = readJson<
  { readonly set: string; readonly lesions: readonly Omit<Case, 'likelihood'>[] }[]
>(values.yardstick);

const activation = readJson<
  {
    readonly fill: string;
    readonly n: number;
    readonly weighted: number;
    readonly random: number;
    readonly difference: number;
    readonly interval: readonly [number, number];
  }[]
>('.cache/train/activation.json');
const activationText = activation
  ? `Mean drop of |score| of the CNN arm over ${activation[0]?.n} lesions (one view each, the network that ships) when a tenth of the patch is deleted: the tenth that the map weights most towards the score's sign, and a tenth by the same map with its cells shuffled.\n\n${table(
      ['a deleted pixel becomes', 'by the map', 'shuffled', 'difference, 95 % patient bootstrap'],
      activation.map((a) => [
        a.fill === 'mean' ? 'the mean of the patch' : 'itself without detail (blurred)',
        f3(a.weighted),
        f3(a.random),
        `${f3(a.difference)} (${a.interval.map(f3).join(' to ')})`,
      ]),
    )}\n\nA flat hole has an edge of its own, which moves the score as much as what it hides; without that edge the map points at what the score rests on. Its cells are a fifth of the patch: it tells roughly where, not what. Command: \`npx tsx pipeline/activation-check.ts\``
  : 'Not measured yet.';

const outlines = readJson<Outlines>('.cache/train/outlines.json');
const lists = readJson<Lists>('.cache/train/lists.json');
const networkControl = readJson<NetworkControl>('pipeline/backbone/results/control.json');
const ablation = readJson<Ablation>('.cache/train/ablation.json');

const figures = `${values.docs}/figures`;
mkdirSync(figures, { recursive: true });
const cnn = main.arms.cnn?.perLesion;
const analytic = main.arms.analytic?.perLesion;
const outcome = main.lesions.map((l) => l.malignant);
/** What the pack answers for each lesion. */
const answered = main.ensemble ?? main.lesions;
const curves = [
  ...(main.ensemble
    ? [{ name: `ensemble, AUC ${f3(main.perLesion.auc?.value)}`, lesions: main.ensemble }]
    : []),
  { name: `CNN arm, AUC ${f3(cnn?.auc?.value)}`, lesions: main.lesions },
  ...(main.analytic
    ? [
        {
          name: `analytic arm, AUC ${f3(analytic?.auc?.value)}`,
          lesions: main.analytic.lesions.map((l, i) => ({
            ...l,
            malignant: outcome[i] as boolean,
          })),
        },
      ]
    : []),
  ...(frozen
    ? [
        {
          name: `CNN arm, frozen, AUC ${f3(frozen.perLesion.auc?.value)}`,
          lesions: frozen.lesions,
        },
      ]
    : []),
];
writeFileSync(`${figures}/roc.svg`, rocPlot(curves, 'out of fold'));
writeFileSync(`${figures}/reliability.svg`, reliabilityPlot(answered, 'cross-fitted'));
writeFileSync(`${figures}/distribution.svg`, distributionPlot(answered));

const against = (() => {
  if (!frozen || frozen.lesions.length !== main.lesions.length) return undefined;
  return pairedDelong(
    main.lesions.map((l) => l.score),
    frozen.lesions.map((l) => l.score),
    main.lesions.map((l) => l.malignant),
  );
})();

const yardstickLayers = (yardstick ?? []).map(({ set, lesions }) => ({
  set,
  auc: reportAuc(lesions.map((l) => ({ ...l, likelihood: 0.5 }))),
}));
const yardstickText = yardstickLayers.length
  ? `A large frozen network on the same boxes and folds, RBF SVM with C from inner folds (scikit-learn):\n\n${layersTable(yardstickLayers)}\n\nCommand: \`python3 pipeline/backbone/yardstick.py --out ${values.yardstick}\``
  : 'No large network was measured for comparison yet.';
const bestYardstick = yardstickLayers.at(-1);

const withInterval = (report: CaseReport | undefined) =>
  report?.auc ? `${f3(report.auc.value)} (${report.auc.delong.map(f3).join(' to ')})` : 'not built';

/** Frozen network under three grey rules, nothing searched: pipeline/backbone/baseline.py. */
const GREY_RULES = [
  ['breast', 'percentiles of the breast (the product)', 'frozen-mobilenetv2.json'],
  ['raw', "the file's own grey", 'frozen-grey-raw.json'],
  ['patch', 'percentiles of the patch', 'frozen-grey-patch.json'],
] as const;
const greyRows = GREY_RULES.flatMap(([rule, words, file]) => {
  const found = readJson<{
    sizes: { size: number; lesionAuc: number; lesionAucByFold: number[] }[];
  }>(`pipeline/backbone/results/${file}`)?.sizes.find((s) => s.size === 160);
  return found
    ? [[rule, words, f3(found.lesionAuc), found.lesionAucByFold.map(f3).join(', ')]]
    : [];
});

const replication = table(
  ['', 'Huynh, Li, Giger 2016', 'here'],
  [
    [
      'lesions, images',
      '219, 607 (full-field digital)',
      `${main.lesionCount}, ${main.imageCount} (digitised film)`,
    ],
    [
      'CNN features + SVM, frozen ImageNet network',
      '0.81 (AlexNet)',
      frozen ? withInterval(frozen.arms.cnn?.perLesion) : 'not measured',
    ],
    ...(bestYardstick?.auc
      ? [
          [
            'the same with a large network',
            '-',
            `${f3(bestYardstick.auc.value)} (${bestYardstick.auc.delong.map(f3).join(' to ')}), ${bestYardstick.set}`,
          ],
        ]
      : []),
    ['CNN features + SVM, network trained further', '-', withInterval(cnn)],
    ['analytic (radiomic) features + SVM', '0.81', withInterval(analytic)],
    ['ensemble of both', '0.86', withInterval(main.arms.ensemble?.perLesion)],
  ],
);

/** The product's own arm as one more line of the table of lists. */
const shippedRow = {
  name: 'shipped list (cut with all outcomes in view)',
  folds: (main.analytic?.chosen ?? []).map(({ features, innerAuc }) => ({
    features: features.length,
    innerAuc,
  })),
  analytic: analytic?.auc ?? null,
  ensemble: main.arms.ensemble?.perLesion.auc ?? null,
  comparisons: main.comparisons,
};
/** What the lists that look at no outcome say of the ensemble, in one sentence. */
const leadText = (() => {
  if (!lists) return '';
  const { chosen } = lists;
  const over = (arm: string) => {
    const c = chosen.comparisons.find(({ a, b }) => a === arm && b === 'ensemble');
    return c
      ? `${f3(-c.difference)} (${f3(-c.interval[1])} to ${f3(-c.interval[0])}, Holm p = ${c.holm.toPrecision(2)})`
      : '-';
  };
  if (!isComplete(lists))
    return ` The analytic arm's list of features was cut with all outcomes in view. With the plain list that the design names, chosen without outcomes, the analytic arm reaches ${f3(chosen.analytic?.value)} and the ensemble ${f3(chosen.ensemble?.value)}, less than the CNN arm alone; that the ensemble is better than each arm is not proven on these data.`;
  return ` The analytic arm's list of features was cut with all outcomes in view. With lists that look at no outcome the ensemble reaches ${f3(chosen.ensemble?.value)} (${chosen.ensemble?.delong.map(f3).join(' to ')}); its lead is ${over('cnn')} over the CNN arm and ${over('analytic')} over the analytic arm. That the ensemble is better than each arm is ${isProven(chosen) ? 'therefore shown on these data' : 'not proven on these data'}.`;
})();

const TRAIN =
  'npm run train -- --rois ../shared/data/cbis-ddsm-mass/rois.csv --images ../shared/data/cbis-ddsm-mass/images';

const text = `# Evaluation

This page is written by \`npm run report\`; its figures come from \`npm run train\` (pack ${main.id}).

## In short

Five-fold cross-validation by patient on ${main.lesionCount} lesions (${(100 * main.malignantShare).toFixed(1)} % malignant; ${main.imageCount} images, ${main.patientCount} patients): the lesion score reaches **AUC ${withInterval(main.perLesion)}**, ECE ${f3(main.perLesion.ece)} after calibration. ${main.analytic ? `The CNN arm alone reaches ${withInterval(cnn)}, the analytic arm ${withInterval(analytic)}.` : 'Only the CNN arm was trained.'}${leadText}

## How it was measured

- Data: the mass training split of CBIS-DDSM (Lee et al., Sci Data 2017, CC BY 3.0), digitised film squeezed to 800 x 800 and stretched back. Rows are grouped by patient in every split. The official test split was never used.
- Patches, grey scaling and features come from the code the page runs (\`src/core\`, \`src/adapters/tfjs\` on the wasm backend), with the float16 weights that ship.
- ${main.singleNetwork ? 'One network, which saw no outcome, serves every fold.' : 'The network was fine-tuned once for each outer fold on the other four folds, with one fixed recipe, and its last weights were taken; so no lesion is scored by a network that saw its outcome. The pack holds a sixth network, trained on all lesions by the same recipe.'}
- The SVM's kernel, C, gamma, layers and pooling are searched on four inner folds of the training side, by lesion AUC. ${main.singleNetwork ? '' : 'The network of a fold has seen the outcomes of its training side, so the inner AUC is optimistic and separates settings poorly; the search therefore takes the plainest of those as good as the best, and the grid is small and smooth. The held-out figures do not suffer from that. '}The final SVM takes the setting with the best mean held-out AUC.
${main.analytic ? `- The analytic arm measures the outline found inside the archive's box (\`src/core/segmentation\`, \`src/core/features/analytic\`). Ranking of features, their number, kernel, C and gamma are settled on the training side of each fold; the folds are those of the CNN arm.\n- The ensemble is the mean of both arms' likelihoods, each calibrated on the other folds.\n- **The list of analytic features itself was not chosen blind.** It was cut from 688 candidates to these 262 by inner-fold AUC, and over the five outer folds that used the outcomes of all lesions; three lists were then compared by outer AUC. So the figures of the analytic arm and of the ensemble in the table below are optimistic. The honest ones are under [Lists that look at no outcome](#lists-that-look-at-no-outcome).\n` : ''}- A lesion's score is the mean decision value of its views. Likelihoods are Platt's, at the lesion level; in this report the calibration of a fold is fitted on the other folds. The pack's calibration is fitted on all out-of-fold scores.
- DeLong intervals take lesions as independent; the bootstrap draws whole patients (2,000 draws).

## Result

${mainTable([
  ...Object.entries(main.arms).flatMap(([arm, report]) => [
    [`${arm}, lesion`, report.perLesion] as const,
    [`${arm}, single view`, report.perView] as const,
  ]),
  ...(frozen?.arms.cnn
    ? ([[`cnn, lesion, ${frozen.network}`, frozen.arms.cnn.perLesion]] as const)
    : []),
])}

${main.comparisons.length ? `Arms against one another, on likelihoods calibrated on the other folds. The list of features was not chosen blind, so this table alone proves no lead (see the next section):\n\n${comparisonTable(main.comparisons)}\n` : ''}
${against ? `CNN arm, trained against frozen network: difference ${f3(against.difference)} (${against.interval.map(f3).join(' to ')}), paired DeLong p = ${against.p < 0.001 ? against.p.toExponential(1) : f3(against.p)} (one comparison, so Holm leaves it as it is).\n` : ''}
Operating points of what the pack answers:

${operatingTable(main.perLesion)}

![ROC](figures/roc.svg) ![Reliability](figures/reliability.svg) ![Likelihood by outcome](figures/distribution.svg)

Command: \`${TRAIN} --backbone .cache/backbone --out public/models/${main.id}\`

## Lists that look at no outcome

${listsText(lists, shippedRow)}

## Folds

CNN arm:

${foldsTable(main)}

Setting of the final SVM: ${main.final}.
${main.analytic ? `\nAnalytic arm:\n\n${foldsTable(main.analytic)}\n\nSetting of the final SVM: ${main.analytic.final}.\n` : ''}

## Layers

CNN arm, out-of-fold AUC when the inner search may use only these layers, ${main.network}:

${layersTable(main.layers)}
${frozen ? `\nThe same for ${frozen.network} (the paper's own method):\n\n${layersTable(frozen.layers)}\n\nCommand: \`${TRAIN} --arms cnn --backbone .cache/frozen --out .cache/frozen-pack --results ${values.frozen}\`\n` : ''}
${yardstickText}

## Replication

${replication}

The paper's lesions are other lesions on other equipment, so equal numbers are not expected; the order of arms is what can be compared.

## Subgroups

${subgroupTable(main.subgroups)}

## Families of features

${familiesText(ablation)}

## Film and breast without the lesion

${controlText(ablation?.control, networkControl)}

## Which lesions are lost

${lostText(ablation)}

## Outlines

${outlinesText(outlines)}

## Robustness

${greyRows.length ? `Grey scaling, frozen network at 160 pixels, RBF SVM with C 4, nothing searched (\`pipeline/export-patches.ts --grey\`, \`pipeline/backbone/baseline.py\`):\n\n${table(['rule', 'grey 0 and 1 are', 'lesion AUC', 'by fold'], greyRows)}\n\n` : ''}${robustness ? `CNN arm, held-out lesions of ${robustness.folds.split(',').length === 5 ? 'all folds' : `folds ${robustness.folds}`} (n = ${robustness.report[0]?.n}), each scored by the machine that never saw them, after one change to the box or the image:\n\n${robustnessTable(robustness)}\n\n${robustness.ensemble?.length ? `The ensemble on the same lesions, the outline found and measured anew in the changed box:\n\n${robustnessTable({ ...robustness, report: robustness.ensemble })}\n\nThe analytic arm alone:\n\n${robustnessTable({ ...robustness, report: robustness.analytic ?? [] })}\n\n` : ''}Command: \`npx tsx pipeline/robustness.ts --results ${values.results} --folds ${robustness.folds}\`` : 'Not measured yet.'}

## Activation map

${activationText}

## Speed and parity

${(parity ?? ['Parity was not measured yet.']).map((l) => `- ${l}`).join('\n')}
- ${(main.multiplyAdds / 1e6).toFixed(0)} million multiply-adds a patch.
- Both arms from cached features to the written pack: ${main.seconds.toFixed(0)} s.

## Limits

${main.analytic ? `- Some of what the analytic arm sees comes from the film or the breast (see Film and breast without the lesion).\n- The outline was tuned on the archive's boxes, never on outcomes; the outlines it is held against were drawn by the developer, with the boxes known.\n` : ''}- Digitised film of one archive. Nothing here shows how the score does on digital detectors.
- The boxes are the archive's; see Robustness for boxes drawn otherwise.
- Lesions of one patient are not independent; the bootstrap accounts for it, DeLong does not.
- The interval beside a likelihood on screen covers the calibration, not the sampling of network and SVM.
`;
writeFileSync(`${values.docs}/evaluation.md`, text);
console.log(`${values.docs}/evaluation.md`);
