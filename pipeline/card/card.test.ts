// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import type { Results } from '../report/markdown.ts';
import { cardOf } from './card-of.ts';
import { finderFacts } from './finder-facts.ts';

const root = join(import.meta.dirname, '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const PACK = ['public', 'models', 'tandem-m2'] as const;

const METRIC = [
  'MetricGoal',
  'Results',
  'Interpretation',
  'TestType',
  'TestingDataDescription',
  'ValidationProcessAndJustification',
];
/** What each element of the CHAI Applied Model Card v0.2 holds, in order; a question mark: may be absent. */
const SCHEMA: Readonly<Record<string, readonly string[]>> = {
  AppliedModelCard: [
    'BasicInfo',
    'ReleaseInfo',
    'ModelSummary',
    'UsesAndDirections',
    'Warnings',
    'TrustIngredients',
    'KeyMetrics',
    'Resources',
    'Bibliography',
  ],
  BasicInfo: ['ModelName', 'ModelDeveloper', 'DeveloperContact'],
  ReleaseInfo: [
    'ReleaseStage',
    'ReleaseDate',
    'ReleaseVersion',
    'GlobalAvailability',
    'EHRCompatibility?',
    'RegulatoryApproval?',
  ],
  ModelSummary: ['Summary', 'Keywords'],
  UsesAndDirections: [
    'IntendedUseAndWorkflow',
    'PrimaryIntendedUsers',
    'HowToUse',
    'TargetedPatientPopulation',
    'CautionedOutOfScopeSettings',
  ],
  Warnings: ['KnownRisksAndLimitations', 'KnownBiasesOrEthicalConsiderations', 'ClinicalRiskLevel'],
  TrustIngredients: ['AISystemFacts', 'TransparencyInformation'],
  AISystemFacts: [
    'OutcomesAndOutputs',
    'ModelType',
    'FoundationModels?',
    'InputDataSource',
    'OutputAndInputDataTypes',
    'DevelopmentDataCharacterization',
    'BiasMitigationApproaches',
    'OngoingMaintenance',
    'Security?',
    'Transparency?',
  ],
  TransparencyInformation: ['FundingSource', 'ThirdPartyInformation?', 'StakeholdersConsulted'],
  KeyMetrics: ['UsefulnessUsabilityEfficacy', 'FairnessEquity', 'SafetyReliability'],
  UsefulnessUsabilityEfficacy: METRIC,
  FairnessEquity: METRIC,
  SafetyReliability: METRIC,
  MetricResult: ['Label', 'ValueJson'],
  Resources: [
    'EvaluationReferences?',
    'ClinicalTrial?',
    'PeerReviewedPublications',
    'ReimbursementStatus?',
    'PatientConsentOrDisclosure',
  ],
};
const MANY: Readonly<Record<string, string>> = { Keywords: 'Keyword', Results: 'MetricResult' };

/** What of an element does not fit the schema. */
const faults = (element: Element): string[] => {
  const name = element.localName;
  const children = [...element.children];
  const names = children.map((child) => child.localName);
  const wanted = SCHEMA[name];
  const many = MANY[name];
  if (element.namespaceURI !== 'https://mc.chai.org/v0.2/schema.xsd') return [`${name}: namespace`];
  if (many)
    return names.some((n) => n !== many) ? [`${name}: ${names.join()}`] : children.flatMap(faults);
  if (!wanted) return names.length ? [`${name} holds elements`] : [];
  const fitting = wanted.filter((w) => !w.endsWith('?') || names.includes(w.slice(0, -1)));
  const expected = fitting.map((w) => w.replace('?', ''));
  const own = expected.join() === names.join() ? [] : [`${name}: ${names.join()}`];
  return [...own, ...children.flatMap(faults)];
};

describe('model card', () => {
  const results = JSON.parse(read('docs', 'results', 'tandem-m2.json')) as Results;
  const manifest = JSON.parse(read(...PACK, 'manifest.json')) as PackManifest;
  const finder = finderFacts(join(root, ...PACK), manifest);
  const card = cardOf(results, manifest.version, finder);
  const document = new DOMParser().parseFromString(card.xml, 'text/xml');

  it('is an instance of the CHAI schema, element by element', () => {
    expect(document.documentElement.localName).toBe('AppliedModelCard');
    expect(faults(document.documentElement)).toEqual([]);
  });

  it('has figures that a program can read', () => {
    const values = [...document.querySelectorAll('MetricResult')].map((result) => [
      result.querySelector('Label')?.textContent,
      JSON.parse(result.querySelector('ValueJson')?.textContent ?? ''),
    ]);
    const { value, delong } = results.arms.ensemble?.perLesion.auc ?? {};
    expect(values).toContainEqual([
      'AUC, ensemble, lesion',
      {
        kind: 'estimate_ci',
        estimate: value,
        lower: delong?.[0],
        upper: delong?.[1],
        level: 95,
        unit: '',
      },
    ]);
  });

  it('ships as it follows from the figures of training', () => {
    expect(read(...PACK, 'MODEL_CARD.md')).toBe(card.markdown);
    expect(read(...PACK, 'model-card.xml')).toBe(card.xml);
  });
});
