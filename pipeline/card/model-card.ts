import type { FinderFile } from '../../src/core/pack/finder-file.ts';
import type { CaseReport, Subgroup } from '../protocol/metrics.ts';
import { mainTable } from '../report/markdown.ts';
import type { CardNode, Metric, Value } from './card-tree.ts';

export interface FinderFacts {
  /** For the largest view. */
  readonly multiplyAdds: number;
  readonly operatingPoints: FinderFile['operatingPoints'];
  readonly defaultFalseMarks: number;
  readonly limits: readonly string[];
}

export interface CardFacts {
  readonly id: string;
  readonly version: string;
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
  readonly subgroups: readonly Subgroup[];
  /** Share of answers made anew that the interval covers, by fifth of the likelihood. */
  readonly coverage: readonly number[] | undefined;
  /** What of the pack's finder, where it has one, is worth knowing. */
  readonly finder?: FinderFacts | undefined;
  /** What the figures do not show. */
  readonly caveats: readonly string[];
}

export const INTENDED_USE =
  'Research and demonstration: a second opinion on a mass that a reader has marked on digital or digitised film mammograms. Not a medical device; not for decisions about patients.';

/** Out of scope of a pack without a finder. */
export const ONLY_MARKED = 'finding lesions: only regions that a reader marked are scored';

export const OUT_OF_SCOPE = [
  'raw images (Presentation Intent Type FOR PROCESSING)',
  'tomosynthesis',
  'spot compression and magnification views',
  'breasts with implants',
  'calcifications without a mass',
  ONLY_MARKED,
];

export const TRAINING_DATA =
  'CBIS-DDSM mass training split: digitised screen-film mammograms of the United States, 1988 to 1999, masses sampled for biopsy or follow-up';

export const ATTRIBUTION = [
  'Mammograms: CBIS-DDSM, Lee et al., Scientific Data 4:170177 (2017), CC BY 3.0; none is contained in the pack',
  'Network initialised from MobileNet V2 ImageNet weights of the ONNX Model Zoo, Apache-2.0, and trained further by this project',
];

const BIBLIOGRAPHY = `@article{huynh2016, author={Huynh, Benjamin Q. and Li, Hui and Giger, Maryellen L.}, title={Digital mammographic tumor classification using transfer learning from deep convolutional neural networks}, journal={Journal of Medical Imaging}, volume={3}, number={3}, pages={034501}, year={2016}}
@article{lee2017, author={Lee, Rebecca Sawyer and others}, title={A curated mammography data set for use in computer-aided detection and diagnosis research}, journal={Scientific Data}, volume={4}, pages={170177}, year={2017}}`;

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const withInterval = (estimate: number, [lower, upper]: readonly [number, number]): Value => ({
  kind: 'estimate_ci',
  estimate,
  lower,
  upper,
  level: 95,
  unit: '',
});
const single = (label: string, value: number): Metric => ({
  label,
  value: { kind: 'single', value },
});

/** An AUC with its DeLong interval; nothing where one outcome is absent. */
const area = (label: string, { auc }: Pick<CaseReport, 'auc'>): Metric[] =>
  auc ? [{ label, value: withInterval(auc.value, auc.delong) }] : [];

const text = (element: string, title: string, holds: CardNode['holds']): CardNode => ({
  element,
  title,
  holds,
});

const metric = (
  element: string,
  title: string,
  goal: string,
  metrics: readonly Metric[],
  interpretation: string,
  { images, lesions, patients, malignantShare }: CardFacts,
): CardNode =>
  text(element, title, [
    text('MetricGoal', 'Goal', goal),
    text('Results', 'Results', { metrics }),
    text('Interpretation', 'Interpretation', interpretation),
    text(
      'TestType',
      'Type of test',
      'Internal: five-fold cross-validation by patient on the development data; no external test.',
    ),
    text(
      'TestingDataDescription',
      'Test data',
      `${lesions} lesions (${(100 * malignantShare).toFixed(1)} % malignant) of ${patients} patients on ${images} images: the development data, each lesion scored by machines that never saw its patient.`,
    ),
    text(
      'ValidationProcessAndJustification',
      'How it was validated',
      'Grouped by patient; a fold\u2019s calibration is fitted on the other folds; DeLong and patient-bootstrap intervals. docs/evaluation.md has all figures and their commands.',
    ),
  ]);

const outOfScope = ({ finder }: CardFacts): string =>
  list(finder ? OUT_OF_SCOPE.filter((item) => item !== ONLY_MARKED) : OUT_OF_SCOPE);

const finderSummary = (finder: CardFacts['finder']): string => {
  if (!finder) return '';
  const point = finder.operatingPoints.find(
    ({ falseMarks }) => falseMarks === finder.defaultFalseMarks,
  );
  const found = point
    ? ` Cross-validated by patient on the training films, it marks ${point.sensitivity.toFixed(2)} (${point.interval.map((v) => v.toFixed(2)).join(' to ')}) of the masses where ${point.falseMarks} marks an image stand on views without one (docs/finder.md).`
    : '';
  return ` A second network of the same kind (${(finder.multiplyAdds / 1e9).toFixed(1)} billion multiply-adds a view at most) looks at whole views for masses, for a second look after the reader's own.${found}`;
};

/** Sections of a pack's card, in the order and with the elements of the CHAI Applied Model Card, v0.2. */
export const modelCard = (facts: CardFacts): CardNode[] => {
  const answered = (facts.arms.ensemble ?? facts.arms.cnn) as (typeof facts.arms)[string];
  const { perLesion } = answered;
  const density = facts.subgroups.filter(({ by }) => by === 'density');
  const arms = facts.arms.ensemble
    ? ' A second support vector machine does the same on analytic features of the outlined lesion (shape, margin, spiculation, density, texture); the answer is the mean of both likelihoods, calibrated once more.'
    : ' This pack has the CNN arm only.';
  return [
    text('BasicInfo', 'Basic information', [
      text('ModelName', 'Model', facts.id),
      text('ModelDeveloper', 'Developer', 'The Tandem CADx project'),
      text('DeveloperContact', 'Contact', 'As SECURITY.md of the project says'),
    ]),
    text('ReleaseInfo', 'Release', [
      text('ReleaseStage', 'Stage', 'Research and demonstration; not a medical device'),
      text('ReleaseDate', 'Date', 'That of the version, see CHANGELOG.md'),
      text('ReleaseVersion', 'Version', facts.version),
      text('GlobalAvailability', 'Availability', 'Open source, Apache-2.0'),
      text('RegulatoryApproval', 'Regulatory approval', 'None'),
    ]),
    text('ModelSummary', 'Summary', [
      text(
        'Summary',
        'What it is',
        `A network (${facts.backbone}; ${(facts.multiplyAdds / 1e9).toFixed(2)} billion multiply-adds a patch) turns a patch around a marked mass into features; a support vector machine on ${facts.features} gives a decision value; the mean over the views of the lesion is calibrated to a likelihood of malignancy.${arms} The method follows Huynh, Li, Giger, J Med Imaging 3(3):034501 (2016).${finderSummary(facts.finder)}`,
      ),
      text('Keywords', 'Keywords', {
        words: ['mammography', 'computer-aided diagnosis', 'mass', 'radiomics', 'SVM'],
      }),
    ]),
    text('UsesAndDirections', 'Uses and directions', [
      text('IntendedUseAndWorkflow', 'Intended use and workflow', INTENDED_USE),
      text('PrimaryIntendedUsers', 'Intended users', 'Radiologists, and people who study CADx'),
      text(
        'HowToUse',
        'How to use it',
        'The reader forms an opinion, marks the mass on each view, and then reads the likelihood with its interval, its prevalence and the cautions beside it. The reader may record a suspicion before the score is shown.',
      ),
      text(
        'TargetedPatientPopulation',
        'Patients',
        'Women with a mass on mammography that a reader has found. The data name neither age nor origin.',
      ),
      text('CautionedOutOfScopeSettings', 'Out of scope', outOfScope(facts)),
    ]),
    text('Warnings', 'Warnings', [
      text('KnownRisksAndLimitations', 'Known risks and limitations', list(facts.caveats)),
      text(
        'KnownBiasesOrEthicalConsiderations',
        'Known biases and ethics',
        'Masses sampled for biopsy or follow-up: almost half are malignant, so a likelihood is no chance of cancer at screening; the page restates it for another prevalence. Age, origin and detector are not in the data, so fairness over them could not be measured.',
      ),
      text(
        'ClinicalRiskLevel',
        'Clinical risk',
        'A low number can lead away from a cancer, a high one to a needless biopsy; research use only.',
      ),
    ]),
    text('TrustIngredients', 'Trust ingredients', [
      text('AISystemFacts', 'The system', [
        text(
          'OutcomesAndOutputs',
          'Outcome and output',
          'Outcome: malignant by biopsy, or benign by biopsy or follow-up. Output: likelihood of malignancy of the marked lesion with an interval, by arm, by view and fused.',
        ),
        text(
          'ModelType',
          'Model',
          `Convolutional network (${facts.backbone}), support vector machines, Platt calibration`,
        ),
        text(
          'FoundationModels',
          'Started from',
          'MobileNet V2 with ImageNet weights (ONNX Model Zoo), trained further until every tensor had changed',
        ),
        text(
          'InputDataSource',
          'Input',
          'Mammograms that the reader opens, and boxes that the reader marks',
        ),
        text(
          'OutputAndInputDataTypes',
          'Types of input and output',
          'In: pixels of DICOM mammograms (for presentation), boxes. Out: numbers from 0 to 1; reports in JSON, CSV, DICOM SR.',
        ),
        text(
          'DevelopmentDataCharacterization',
          'Development data',
          `${TRAINING_DATA}. ${facts.images} images, ${facts.lesions} lesions that count, ${facts.patients} patients, ${(100 * facts.malignantShare).toFixed(1)} % of the lesions malignant. ${ATTRIBUTION.join('. ')}.`,
        ),
        text(
          'BiasMitigationApproaches',
          'Bias mitigation',
          'Splits by patient; measured features chosen without outcomes; a control on tissue away from lesions for what the film alone tells; figures by density, subtlety and margin.',
        ),
        text(
          'OngoingMaintenance',
          'Maintenance',
          'Packs are versioned and hashed; golden answers are checked at every start; a site measures a pack on its own images with npm run validate.',
        ),
        text(
          'Security',
          'Security',
          'Everything runs in the page; no image leaves the computer (SECURITY.md).',
        ),
        text(
          'Transparency',
          'Transparency',
          'The page shows arms, views, interval, prevalence, cautions, nearest reference lesions and where the score comes from.',
        ),
      ]),
      text('TransparencyInformation', 'Transparency', [
        text('FundingSource', 'Funding', 'None'),
        text('ThirdPartyInformation', 'Third parties', ATTRIBUTION.join('. ')),
        text('StakeholdersConsulted', 'Consulted', 'None'),
      ]),
    ]),
    text('KeyMetrics', 'Key metrics', [
      metric(
        'UsefulnessUsabilityEfficacy',
        'Usefulness and efficacy',
        'Tell malignant from benign masses.',
        [
          ...Object.entries(facts.arms).flatMap(([arm, report]) => [
            ...area(`AUC, ${arm}, lesion`, report.perLesion),
            ...area(`AUC, ${arm}, single view`, report.perView),
          ]),
          ...perLesion.operatingPoints.map((p): Metric => ({
            label: `sensitivity at ${(100 * p.specificity).toFixed(0)} % specificity`,
            value: withInterval(p.sensitivity, p.interval),
          })),
        ],
        `By arm:\n\n${mainTable(
          Object.entries(facts.arms).flatMap(([arm, report]) => [
            [`${arm}, lesion`, report.perLesion] as const,
            [`${arm}, single view`, report.perView] as const,
          ]),
        )}`,
        facts,
      ),
      metric(
        'FairnessEquity',
        'Fairness',
        'Tell them apart alike in breasts of every density (age and origin are not in the data).',
        density.flatMap((group) => area(`AUC, density ${group.value} (n ${group.n})`, group)),
        'Groups are small; overlapping intervals prove no equality.',
        facts,
      ),
      metric(
        'SafetyReliability',
        'Safety and reliability',
        'Say likelihoods that mean what they say, with an interval that covers a training and a box made anew.',
        [
          single('ECE', perLesion.ece),
          single('Brier score', perLesion.brier),
          ...(perLesion.calibration
            ? [
                single('calibration slope', perLesion.calibration.slope),
                single('calibration intercept', perLesion.calibration.intercept),
              ]
            : []),
          ...(facts.coverage ?? []).map((share, i) =>
            single(`interval covers, fifth ${i + 1} of 5 of the likelihood`, share),
          ),
        ],
        'At the training prevalence, on digitised film.',
        facts,
      ),
    ]),
    text('Resources', 'Resources', [
      text(
        'EvaluationReferences',
        'Evaluation',
        'docs/evaluation.md; checklist: docs/reporting-checklist.md',
      ),
      text('ClinicalTrial', 'Clinical trial', 'None'),
      text(
        'PeerReviewedPublications',
        'Publications',
        'None of this model; method: Huynh, Li, Giger 2016',
      ),
      text('PatientConsentOrDisclosure', 'Consent', 'Public, de-identified archive (CBIS-DDSM)'),
    ]),
    text('Bibliography', 'Bibliography', BIBLIOGRAPHY),
  ];
};
