import type { Results } from '../report/markdown.ts';
import { cardMarkdown, cardXml, type CardNode } from './card-tree.ts';
import { type FinderFacts, modelCard } from './model-card.ts';

const LEAST_COVERAGE = 0.9;

/** Which of the arms have a fifth of likelihoods that their interval covers too seldom. */
const poorlyCovered = ({ interval }: Results): string[] =>
  Object.entries(interval ?? {}).flatMap(([arm, { coverage }]) => {
    const poor = coverage.fifths.filter((share) => share < LEAST_COVERAGE).length;
    const name = arm === 'fused' ? 'both arms' : `the ${arm} arm`;
    return poor
      ? [
          `The interval of ${name} covers less than 90 % in ${poor} of five fifths of the likelihoods.`,
        ]
      : [];
  });

/** What the figures do not show. */
const caveats = (results: Results): string[] => [
  ...(results.analytic
    ? [
        'Some of what the analytic arm sees comes from the film and the breast rather than the lesion.',
        'The families of analytic features were thought of on these data, and pools of them had been looked at with outcomes before the rule was fixed; which of them are used was decided without any outcome.',
      ]
    : []),
  ...(results.networks
    ? [
        `The kind of network was picked among ${Object.keys(results.networks.pooledAuc).length} by the same cross-validation, so its figure is a little optimistic.`,
      ]
    : []),
  'Cross-validated on digitised film only; digital detectors were not tested for accuracy.',
  'The marks are those of the archive; a reader who marks differently gets another score (docs/evaluation.md).',
  ...(results.interval
    ? [
        'The interval beside a likelihood covers another calibration sample, another training and a box moved by up to 10 %; it does not cover another archive or detector.',
        ...poorlyCovered(results),
      ]
    : [
        'The interval beside a likelihood covers the calibration alone, not the sampling of the classifier.',
      ]),
  ...(results.singleNetwork
    ? []
    : [
        'The network of a fold has seen the outcomes of its training side, so the inner search there is optimistic; the out-of-fold figures are not affected.',
        'The pack holds a network and SVM trained on all lesions; the figures are those of the five cross-validated ones.',
      ]),
];

/** The card of a pack as Markdown and as an instance of its schema. */
export interface CardFiles {
  readonly markdown: string;
  readonly xml: string;
}

export const cardFiles = (id: string, nodes: readonly CardNode[]): CardFiles => ({
  markdown: cardMarkdown(`Model card: ${id}`, nodes),
  xml: cardXml(nodes),
});

/** From what training wrote down; `version` is the pack's, `finder` what it holds of one. */
export const cardOf = (results: Results, version: string, finder?: FinderFacts): CardFiles =>
  cardFiles(
    results.id,
    modelCard({
      id: results.id,
      version,
      backbone: results.network,
      multiplyAdds: results.multiplyAdds,
      features: results.final,
      lesions: results.lesionCount,
      images: results.imageCount,
      patients: results.patientCount,
      malignantShare: results.malignantShare,
      arms: results.arms,
      subgroups: results.subgroups,
      coverage: results.interval?.fused.coverage.fifths,
      finder,
      caveats: [
        ...caveats(results),
        ...(finder?.limits ?? []).map((limit) => `Of the finder: ${limit}`),
      ],
    }),
  );
