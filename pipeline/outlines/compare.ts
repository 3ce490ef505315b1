// How well the product outlines the forty lesions that were outlined by hand, and what a hand-drawn
// outline in place of its own does to the features and scores of the analytic arm:
//   npm run outlines
// Reads the fold machines that `npm run train` left beside its results; writes
// .cache/train/outlines.json for the report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import { DESCRIBED_FEATURES } from '../../src/core/features/analytic/described.ts';
import { selectAnalytic } from '../../src/core/features/analytic/select-features.ts';
import { toWorkingImage, type WorkingImage } from '../../src/core/image/working-image.ts';
import { measureLesion } from '../../src/core/lesion/measure-lesion.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { boxCentre, clipBox, type Box } from '../../src/core/geometry/box.ts';
import { segmentLesion } from '../../src/core/segmentation/segment-lesion.ts';
import { bootstrapInterval, quantile } from '../../src/core/stats/bootstrap.ts';
import { pairedDelong } from '../../src/core/stats/delong.ts';
import { auc, hasBothClasses } from '../../src/core/stats/roc.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import { readRois } from '../data/rois.ts';
import { FOLDS, RULES, SEED } from '../protocol/rules.ts';
import { foldsOf, labelled, type LabelledRoi } from '../train/train-data.ts';
import { marginOf, viewKey } from './choose.ts';
import { handContour } from './hand-contour.ts';
import { readOutlines } from './outlines.ts';
import { overlap } from './overlap.ts';
import type { ImagePoint } from '../../src/core/geometry/point.ts';

const { values } = parseArgs({
  options: {
    rois: { type: 'string', default: '../shared/data/cbis-ddsm-mass/rois.csv' },
    images: { type: 'string', default: '../shared/data/cbis-ddsm-mass/images' },
    folds: { type: 'string', default: '.cache/train/results.folds.json' },
    out: { type: 'string', default: '.cache/train/outlines.json' },
  },
});
const POOR = 0.4;

interface FoldFile {
  readonly models: readonly {
    readonly analytic?: { readonly svm: SvmFile; readonly features: readonly string[] };
  }[];
}

const table = readRois(readFileSync(values.rois, 'utf8'));
if (!table.ok) throw new Error(table.error);
const { rois } = labelled(table.value.rois);
const foldOfPatient = foldsOf(rois, FOLDS, SEED);
const { models } = JSON.parse(readFileSync(values.folds, 'utf8')) as FoldFile;

const workingImage = async ({ image, pixelAspect }: LabelledRoi): Promise<WorkingImage> => {
  const bytes = await readBytes(join(values.images, image));
  if (!bytes.ok) throw new Error(`${image}: ${bytes.error}`);
  const decoded = await decodeImage(bytes.value, image, pixelAspect);
  if (!decoded.ok) throw new Error(decoded.error);
  return toWorkingImage(decoded.value, RULES.working);
};

/** What anyone could draw without looking: the ellipse that fills the box. */
const ellipseIn = ({ x, y, width, height }: Box): ImagePoint[] =>
  Array.from({ length: 64 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 64;
    return {
      x: x + (width / 2) * (1 + Math.cos(angle)),
      y: y + (height / 2) * (1 + Math.sin(angle)),
    };
  });

const rowOf = async ({
  lesion,
  image: file,
  confidence,
  polygon,
}: ReturnType<typeof readOutlines>[number]) => {
  const roi = rois.find((r) => viewKey(r) === viewKey({ lesion, image: file }));
  if (!roi) throw new Error(`${lesion} in ${file} is not in ${values.rois}`);
  const image = await workingImage(roi);
  const size = {
    columns: image.width * image.columnsPerPixel,
    rows: image.height * image.rowsPerPixel,
  };
  const box = clipBox(roi.box, size.columns, size.rows);
  const drawn = polygon.map(([x, y]) => ({ x, y }));
  const hand = handContour(image, drawn);
  const own = segmentLesion(image, boxCentre(box), box);
  const click = segmentLesion(image, boxCentre(box));
  const machine = models[foldOfPatient.get(roi.patient) as number]?.analytic;
  if (!machine) throw new Error(`${values.folds} has no analytic machines: run npm run train`);
  const vectors = [own, hand].map((contour) => measureLesion(image, box, contour));
  const scores = vectors.map((v) =>
    decisionValue(machine.svm, selectAnalytic(v, machine.features)),
  );
  return {
    lesion,
    patient: roi.patient,
    view: roi.view,
    margin: marginOf(roi) ?? '',
    subtlety: roi.subtlety,
    malignant: roi.malignant,
    confidence,
    overlap: {
      box: overlap(drawn, own.polygon),
      click: overlap(drawn, click.polygon),
      ellipse: overlap(drawn, ellipseIn(box)),
      /** The drawing itself, once it is made a closed line of rays. */
      drawing: overlap(drawn, hand.polygon),
    },
    score: { own: scores[0] as number, hand: scores[1] as number },
    described: DESCRIBED_FEATURES.map(({ index }) => vectors.map((v) => v[index] as number)),
  };
};

const rows: Awaited<ReturnType<typeof rowOf>>[] = [];
for (const outline of readOutlines()) rows.push(await rowOf(outline));
type Row = (typeof rows)[number];

const median = (list: readonly number[]) =>
  quantile(
    [...list].sort((a, b) => a - b),
    0.5,
  );
const share = (list: readonly number[]) => list.filter((v) => v > POOR).length / list.length;

const summary = (name: string, members: readonly Row[], kind: keyof Row['overlap']) => {
  const list = members.map((r) => r.overlap[kind]);
  const drawn = (statistic: (v: number[]) => number) =>
    bootstrapInterval(
      members.map((r) => r.patient),
      (indices) => statistic(indices.map((i) => list[i] as number)),
      { seed: SEED },
    );
  return {
    name,
    n: list.length,
    median: median(list),
    interval: drawn(median),
    share: share(list),
    shareInterval: drawn(share),
  };
};

const groups = (kind: keyof Row['overlap']) => [
  summary('all', rows, kind),
  ...['circumscribed', 'obscured', 'microlobulated', 'ill_defined', 'spiculated'].map((m) =>
    summary(
      m,
      rows.filter((r) => r.margin === m),
      kind,
    ),
  ),
  ...['high', 'medium', 'low'].map((c) =>
    summary(
      `drawn with ${c} confidence`,
      rows.filter((r) => r.confidence === c),
      kind,
    ),
  ),
];

/** Ranks that two lists share: Spearman's rho over values without ties. */
const rankCorrelation = (a: readonly number[], b: readonly number[]): number => {
  const ranks = (list: readonly number[]) => {
    const order = [...list.keys()].sort((i, j) => (list[i] as number) - (list[j] as number));
    const out = new Array<number>(list.length);
    order.forEach((at, rank) => (out[at] = rank));
    return out;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length - 1) / 2;
  const product = x.reduce((s, v, i) => s + (v - mean) * ((y[i] as number) - mean), 0);
  return product / x.reduce((s, v) => s + (v - mean) ** 2, 0);
};

const oracle = () => {
  const malignant = rows.map((r) => r.malignant);
  const own = rows.map((r) => r.score.own);
  const hand = rows.map((r) => r.score.hand);
  if (!hasBothClasses({ malignant })) throw new Error('the outlined lesions have one outcome');
  const changes = rows.map((r) => r.score.hand - r.score.own);
  return {
    n: rows.length,
    positives: malignant.filter(Boolean).length,
    own: auc({ scores: own, malignant }),
    hand: auc({ scores: hand, malignant }),
    comparison: pairedDelong(hand, own, malignant),
    meanChange: changes.reduce((s, v) => s + v, 0) / changes.length,
    changeInterval: bootstrapInterval(
      rows.map((r) => r.patient),
      (indices) => indices.reduce((s, i) => s + (changes[i] as number), 0) / indices.length,
      { seed: SEED },
    ),
    medianMove: median(changes.map(Math.abs)),
    spread:
      quantile(
        [...own].sort((a, b) => a - b),
        0.75,
      ) -
      quantile(
        [...own].sort((a, b) => a - b),
        0.25,
      ),
    rankCorrelation: rankCorrelation(own, hand),
    sameSide: rows.filter((r) => r.score.own > 0 === r.score.hand > 0).length,
    features: DESCRIBED_FEATURES.map(({ name, label }, f) => {
      const [a, b] = [0, 1].map((k) => rows.map((r) => r.described[f]?.[k] as number)) as [
        number[],
        number[],
      ];
      return {
        name,
        label,
        rankCorrelation: rankCorrelation(a, b),
        own: auc({ scores: a, malignant }),
        hand: auc({ scores: b, malignant }),
      };
    }),
  };
};

const report = {
  box: groups('box'),
  click: groups('click'),
  ellipse: [summary('all', rows, 'ellipse')],
  drawing: median(rows.map((r) => r.overlap.drawing)),
  oracle: oracle(),
  lesions: rows.map(({ described: _, ...row }) => row),
};
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, `${JSON.stringify(report, null, 1)}\n`);
for (const kind of ['box', 'click', 'ellipse'] as const) {
  const [all] = report[kind];
  console.log(
    `${kind}: median overlap ${all?.median.toFixed(3)} (${all?.interval?.map((v) => v.toFixed(3)).join(' to ')}), above ${POOR}: ${all?.share.toFixed(3)}`,
  );
}
const { own, hand, comparison } = report.oracle;
console.log(
  `AUC by the own outline ${own.toFixed(3)}, by the drawn one ${hand.toFixed(3)}, difference ${comparison.difference.toFixed(3)}`,
);
