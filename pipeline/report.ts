// Writes docs/evaluation.md and its figures from what training left behind:
//   npm run report
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pairedDelong } from '../src/core/stats/delong.ts';
import {
  f3,
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
import { reportAuc, type Case } from './metrics.ts';
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

const figures = `${values.docs}/figures`;
mkdirSync(figures, { recursive: true });
const curves = [
  { name: `this pack, AUC ${f3(main.perLesion.auc?.value)}`, lesions: main.lesions },
  ...(frozen
    ? [
        {
          name: `the same, frozen, AUC ${f3(frozen.perLesion.auc?.value)}`,
          lesions: frozen.lesions,
        },
      ]
    : []),
];
writeFileSync(`${figures}/roc.svg`, rocPlot(curves));
writeFileSync(`${figures}/reliability.svg`, reliabilityPlot(main.lesions));
writeFileSync(`${figures}/distribution.svg`, distributionPlot(main.lesions));

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

const interval = (r: Results) =>
  r.perLesion.auc
    ? `${f3(r.perLesion.auc.value)} (${r.perLesion.auc.delong.map(f3).join(' to ')})`
    : '-';

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
      frozen ? interval(frozen) : 'not measured',
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
    ['CNN features + SVM, network trained further', '-', interval(main)],
    ['analytic (radiomic) features + SVM', '0.81', 'not built yet'],
    ['ensemble of both', '0.86', 'not built yet'],
  ],
);

const TRAIN =
  'npm run train -- --rois ../shared/data/cbis-ddsm-mass/rois.csv --images ../shared/data/cbis-ddsm-mass/images';

const text = `# Evaluation of the CNN arm

This page is written by \`npm run report\`; its figures come from \`npm run train\` (pack ${main.id}).

## In short

Five-fold cross-validation by patient on ${main.lesionCount} lesions (${(100 * main.malignantShare).toFixed(1)} % malignant; ${main.imageCount} images, ${main.patientCount} patients): the lesion score reaches **AUC ${interval(main)}**, ECE ${f3(main.perLesion.ece)} after calibration. Only the CNN arm exists: the radiomic arm and the ensemble of the paper are not built yet.

## How it was measured

- Data: the mass training split of CBIS-DDSM (Lee et al., Sci Data 2017, CC BY 3.0), digitised film squeezed to 800 x 800 and stretched back. Rows are grouped by patient in every split. The official test split was never used.
- Patches, grey scaling and features come from the code the page runs (\`src/core\`, \`src/adapters/tfjs\` on the wasm backend), with the float16 weights that ship.
- ${main.singleNetwork ? 'One network, which saw no outcome, serves every fold.' : 'The network was fine-tuned once for each outer fold on the other four folds, with one fixed recipe, and its last weights were taken; so no lesion is scored by a network that saw its outcome. The pack holds a sixth network, trained on all lesions by the same recipe.'}
- The SVM's kernel, C, gamma, layers and pooling are searched on four inner folds of the training side, by lesion AUC. ${main.singleNetwork ? '' : 'The network of a fold has seen the outcomes of its training side, so the inner AUC is optimistic and separates settings poorly; the search therefore takes the plainest of those as good as the best, and the grid is small and smooth. The held-out figures do not suffer from that. '}The final SVM takes the setting with the best mean held-out AUC.
- A lesion's score is the mean decision value of its views. Likelihoods are Platt's, at the lesion level; in this report the calibration of a fold is fitted on the other folds. The pack's calibration is fitted on all out-of-fold scores.
- DeLong intervals take lesions as independent; the bootstrap draws whole patients (2,000 draws).

## Result

${mainTable([
  [`lesion, ${main.network}`, main.perLesion],
  ['single view', main.perView],
  ...(frozen ? ([[`lesion, ${frozen.network}`, frozen.perLesion]] as const) : []),
])}

${against ? `Trained against frozen network: difference ${f3(against.difference)} (${against.interval.map(f3).join(' to ')}), paired DeLong p = ${against.p < 0.001 ? against.p.toExponential(1) : f3(against.p)} (one comparison, so Holm leaves it as it is).\n` : ''}
${operatingTable(main.perLesion)}

![ROC](figures/roc.svg) ![Reliability](figures/reliability.svg) ![Likelihood by outcome](figures/distribution.svg)

Command: \`${TRAIN} --backbone .cache/backbone --out public/models/${main.id}\`

## Folds

${foldsTable(main)}

Setting of the final SVM: ${main.final}.

## Layers

Out-of-fold AUC when the inner search may use only these layers, ${main.network}:

${layersTable(main.layers)}
${frozen ? `\nThe same for ${frozen.network} (the paper's own method):\n\n${layersTable(frozen.layers)}\n\nCommand: \`${TRAIN} --backbone .cache/frozen --out .cache/frozen-pack --results ${values.frozen}\`\n` : ''}
${yardstickText}

## Replication

${replication}

The paper's lesions are other lesions on other equipment, so equal numbers are not expected; the order of arms is what can be compared once the second arm exists.

## Subgroups

${subgroupTable(main.subgroups)}

## Robustness

${robustness ? `Held-out lesions of ${robustness.folds.split(',').length === 5 ? 'all folds' : `folds ${robustness.folds}`} (n = ${robustness.report[0]?.n}), each scored by the machine that never saw them, after one change to the box or the image:\n\n${robustnessTable(robustness)}\n\nCommand: \`npx tsx pipeline/robustness.ts --results ${values.results} --folds ${robustness.folds}\`` : 'Not measured yet.'}

## Speed and parity

${(parity ?? ['Parity was not measured yet.']).map((l) => `- ${l}`).join('\n')}
- ${(main.multiplyAdds / 1e6).toFixed(0)} million multiply-adds a patch.
- From cached features to the written pack: ${main.seconds.toFixed(0)} s.

## Limits

- Digitised film of one archive. Nothing here shows how the score does on digital detectors.
- The boxes are the archive's; see Robustness for boxes drawn otherwise.
- Lesions of one patient are not independent; the bootstrap accounts for it, DeLong does not.
- The interval beside a likelihood on screen covers the calibration, not the sampling of network and SVM.
`;
writeFileSync(`${values.docs}/evaluation.md`, text);
console.log(`${values.docs}/evaluation.md`);
