import type { CaseReport } from './metrics.ts';

export interface CardFacts {
  readonly id: string;
  readonly backbone: string;
  readonly multiplyAdds: number;
  readonly features: string;
  readonly lesions: number;
  readonly images: number;
  readonly patients: number;
  readonly malignantShare: number;
  /** By arm; the pack answers with the ensemble where there is one. */
  readonly arms: Readonly<
    Record<string, { readonly perLesion: CaseReport; readonly perView: CaseReport }>
  >;
  /** What the figures do not show. */
  readonly caveats: readonly string[];
}

const f = (v: number): string => v.toFixed(3);
const range = ([low, high]: readonly [number, number]): string => `${f(low)} to ${f(high)}`;

export const INTENDED_USE =
  'Research and demonstration: a second opinion on a mass that a reader has marked on digital or digitised film mammograms. Not a medical device; not for decisions about patients.';

export const OUT_OF_SCOPE = [
  'raw images (Presentation Intent Type FOR PROCESSING)',
  'tomosynthesis',
  'spot compression and magnification views',
  'breasts with implants',
  'calcifications without a mass',
  'finding lesions: only regions that a reader marked are scored',
];

export const TRAINING_DATA =
  'CBIS-DDSM mass training split: digitised screen-film mammograms of the United States, 1988 to 1999, masses sampled for biopsy or follow-up';

export const ATTRIBUTION = [
  'Mammograms: CBIS-DDSM, Lee et al., Scientific Data 4:170177 (2017), CC BY 3.0; none is contained in the pack',
  'Network initialised from MobileNet V2 ImageNet weights of the ONNX Model Zoo, Apache-2.0, and trained further by this project',
];

const metrics = (title: string, { n, positives, auc, brier, ece, calibration }: CaseReport) =>
  `| ${title} | ${n} (${positives}) | ${auc ? f(auc.value) : '-'} | ${auc ? range(auc.delong) : '-'} | ${auc ? range(auc.bootstrap) : '-'} | ${f(brier)} | ${f(ece)} | ${calibration ? `${f(calibration.slope)}, ${f(calibration.intercept)}` : '-'} |`;

/** MODEL_CARD.md of a pack. */
export const modelCard = (facts: CardFacts): string => `# Model card: ${facts.id}

${INTENDED_USE}

## What it is

A network (${facts.backbone}; ${(facts.multiplyAdds / 1e9).toFixed(2)} billion multiply-adds a patch) turns a patch around a marked mass into features; a support vector machine on ${facts.features} gives a decision value; the mean over the views of the lesion is calibrated to a likelihood of malignancy. ${facts.arms.ensemble ? 'A second support vector machine does the same on analytic features of the outlined lesion (shape, margin, spiculation, density, texture); the answer is the mean of both likelihoods.' : 'This pack has the CNN arm only.'} The method follows Huynh, Li, Giger, J Med Imaging 3(3):034501 (2016).

## Data

${TRAINING_DATA}. ${facts.images} images, ${facts.lesions} lesions, ${facts.patients} patients, ${(100 * facts.malignantShare).toFixed(1)} % of the lesions malignant. The likelihood is at this prevalence; the page restates it for another.

## Results

Five-fold cross-validation by patient; out-of-fold scores; the calibration of a fold is fitted on the other folds.

| | n (malignant) | AUC | 95 % DeLong | 95 % patient bootstrap | Brier | ECE | calibration slope, intercept |
|---|---|---|---|---|---|---|---|
${Object.entries(facts.arms)
  .flatMap(([arm, { perLesion, perView }]) => [
    metrics(`${arm}, lesion`, perLesion),
    metrics(`${arm}, single view`, perView),
  ])
  .join('\n')}

${(facts.arms.ensemble ?? facts.arms.cnn)?.perLesion.operatingPoints
  .map(
    (p) =>
      `At ${(100 * p.specificity).toFixed(0)} % specificity the sensitivity is ${f(p.sensitivity)} (${range(p.interval)}).`,
  )
  .join(' ')}

## Limits

${facts.caveats.map((c) => `- ${c}`).join('\n')}

Out of scope: ${OUT_OF_SCOPE.join('; ')}.
`;
