// Writes docs/finder.md from what finder:cv recorded:
//   npm run finder:docs
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FALSE_MARKS } from './froc.ts';

type Numbers = readonly (number | null)[];
interface Point {
  falseMarks: number;
  sensitivity: number;
  interval: [number, number];
}
interface Evidence {
  images: number;
  lesionMarks: number;
  patients: number;
  mirror: boolean;
  froc: { all: Point[]; malignant: Point[] };
  firstMark: number;
  firstTwoMarks: number;
  operatingPoints: Point[];
  falseMarksAtEqualSensitivity: {
    sensitivity: number;
    networkAlone: number;
    shipped: number | null;
  }[];
  ablation: {
    name: string;
    all: Numbers;
    malignant: Numbers;
    withoutLesion: Numbers;
    sensitivityByEmpty: Numbers;
  }[];
  linking: {
    lesionsInBothViews: number;
    markedInBoth: number;
    joined: number;
    joinedToAnother: number;
  };
  breast: {
    breasts: number;
    malignant: number;
    auc: number;
    interval: [number, number];
    brier: number;
    ece: number;
  };
}

const two = (v: number | null | undefined) => (v === null || v === undefined ? '-' : v.toFixed(2));
const three = (v: number | null | undefined) =>
  v === null || v === undefined ? '-' : v.toFixed(3);
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const head = (...cells: string[]) => [row(...cells), row(...cells.map(() => '---'))];
const withInterval = ({ sensitivity, interval }: Point) =>
  `${three(sensitivity)} (${three(interval[0])} to ${three(interval[1])})`;

const frocTable = ({ froc }: Evidence) => [
  ...head('false marks an image', ...FALSE_MARKS.map(String)),
  row('all masses', ...froc.all.map(withInterval)),
  row('malignant', ...froc.malignant.map(withInterval)),
];

const ablationTable = ({ ablation }: Evidence) => [
  ...head(
    'what is known of a mark',
    ...FALSE_MARKS.map((n) => `at ${n}`),
    'marks at 0.25 and 1, were there no lesion',
    'sensitivity at 0.25 and 1 such marks',
  ),
  ...ablation.map(({ name, all, withoutLesion, sensitivityByEmpty }) =>
    row(
      name,
      ...all.map(three),
      `${two(withoutLesion[1])}, ${two(withoutLesion[3])}`,
      `${three(sensitivityByEmpty[1])}, ${three(sensitivityByEmpty[3])}`,
    ),
  ),
];

const operatingTable = ({ operatingPoints }: Evidence) => [
  ...head('marks an image without a lesion', ...operatingPoints.map((p) => String(p.falseMarks))),
  row('masses found', ...operatingPoints.map(withInterval)),
];

const page = (e: Evidence): string => {
  const { linking, breast, falseMarksAtEqualSensitivity } = e;
  const equal = falseMarksAtEqualSensitivity
    .map(
      (p) => `${two(p.networkAlone)} to ${two(p.shipped)} at sensitivity ${three(p.sensitivity)}`,
    )
    .join(', ');
  return [
    '# The finder',
    '',
    'Written by `npm run finder:docs` from `pipeline/finder/results/evidence.json`, which `npm run finder:cv` records. How it is made: `pipeline/finder/README.md`.',
    '',
    `Cross-validated by patient on the training archive: ${e.images} films of ${e.patients} patients, ${e.lesionMarks} marks of masses. Each film is looked at by the network that never saw its patient, as the page would look at it (float16 weights, wasm${e.mirror ? ', with its mirror image' : ''}), and its marks are scored by models fitted on the other folds. A hit: the mark's centre lies in the box, or the two overlap by more than a quarter. Intervals: 95 %, bootstrap over patients.`,
    '',
    '## Sensitivity',
    '',
    ...frocTable(e),
    '',
    `The first mark of a film is on a mass in ${three(e.firstMark)} of the marks, one of the first two in ${three(e.firstTwoMarks)}.`,
    '',
    '## Operating points',
    '',
    'Every film of the archive holds a mass, so its false marks are the second and third of a film, not the first of a healthy one. The thresholds of the page are therefore set on the same films with the marks on lesions taken away: so many marks an image would stand on them if they held none.',
    '',
    ...operatingTable(e),
    '',
    '## What brings false marks down',
    '',
    ...ablationTable(e),
    '',
    `False marks an image, from the network alone to all that is known: ${equal}.`,
    '',
    'The lead of a mark over the best other mark of its view belongs to what the own view tells. Fitted on films that each hold a mass it would look far better than it is: the best mark of a healthy view would be trusted as well. So each film is fitted twice, as it is and as if it held no lesion. Left against right is not used: both breasts are there for 29 of the 690 patients, and each then holds a mass.',
    '',
    '## CC and MLO',
    '',
    `Of ${linking.lesionsInBothViews} masses seen in both views ${linking.markedInBoth} are marked in both (of the twelve marks kept a view); ${linking.joined} of these pairs are joined, ${linking.joinedToAnother} are joined to another mark.`,
    '',
    '## Score of a breast',
    '',
    `Malignant mass against benign ones only, ${breast.breasts} breasts, ${breast.malignant} with a malignant mass: AUC ${three(breast.auc)} (${three(breast.interval[0])} to ${three(breast.interval[1])}), Brier score ${three(breast.brier)}, calibration error ${three(breast.ece)}, calibrated on the other folds. Every breast here was recalled for a mass: the score orders such breasts. It says nothing of screening specificity, and a breast without a mark is not called normal.`,
    '',
    '## In the page',
    '',
    'The page fetches the finder (3 MB) when an exam is open and the engine is ready, checks its hashes and its golden view on the backend in use, and refuses it with the reason where they do not fit. Views are looked at one after the other, the exam on show first, and each together with its mirror image: on WebAssembly with two cores and more that goes to a second worker at the same time. A score never waits for more than the view that is being looked at. The network takes 13 times as long for a view as for a patch (measured side by side in one thread of wasm, the largest input; 12.7 times the multiply-adds): `npm run bench -- finder` measures four views on a machine.',
    '',
    'Not looked at: what has no score (raw images, tomosynthesis, a side or view in doubt), and parts of views and implants (spot compression, magnification, biopsy exposures). Nor does a software graphics card look: it is in use only where it was chosen by name.',
    '',
    'Of the page nothing knows what was found before the reader says that the own look is done: findings lie outside of every store until then. What was found is kept by finder, image, pixels and view, and never comes to other pixels.',
    '',
    'On digital images: with a finder of the same kind (network, input and films), the thresholds of 0.1, 0.25, 0.5 and 1 marks gave 0.18, 0.64, 1.2 and 2.0 marks an image on digital screening images without a finding. The page says so beside the marks of images with a known pitch of a detector, and as a condition where the pitch is not known.',
    '',
    '## Limits',
    '',
    '- Masses only. Calcifications, distortions without a mass and asymmetries are not looked for.',
    '- Trained on scanned films. On digital detectors the same threshold gives another number of marks; the figures above do not hold there.',
    '- How many marks a healthy breast gets is estimated, not known.',
    '',
  ].join('\n');
};

const { values } = parseArgs({
  options: {
    evidence: { type: 'string', default: 'pipeline/finder/results/evidence.json' },
    out: { type: 'string', default: 'docs/finder.md' },
  },
});
const evidence = JSON.parse(readFileSync(values.evidence, 'utf8')) as Evidence;
writeFileSync(values.out, page(evidence));
