import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SvmFile } from '../classifier/svm-file.ts';
import { ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import type { WorkingImage } from '../image/working-image.ts';
import { EXTRACTORS, type Extractor } from '../lesion/measured-arms.ts';
import { type Measure, MEASURES } from '../lesion/measures.ts';
import { scoreLesion } from '../lesion/score-lesion.ts';
import { viewInput } from '../lesion/view-input.ts';
import { spelled } from '../message/testing.ts';
import { formatCsv } from '../report/report-csv.ts';
import { sampleReport } from '../report/testing/sample-report.ts';
import { measuredOf } from '../classifier/arms.ts';
import { goldenPatch } from './golden-patch.ts';
import { parseManifest, parsePack } from './parse-pack.ts';

/** Measures nothing but the outline: made up, and known to no file but this. */
const OUTLINE: Extractor = { schemaId: 'outline-1', names: ['vertices', 'width'], described: [] };
const BY_OUTLINE: Measure = {
  whole: (_image, box, { polygon }, names) =>
    Float32Array.from(names, (name) => (name === 'width' ? box.width : polygon.length)),
};

const spread = { at: [0], low: [1], high: [1] };
const byArm = <T>(value: T) => ({ cnn: value, analytic: value, 'analytic-outline': value });

/** manifest.json of a pack with a third arm. */
const manifestWith = (changes: object = {}): string =>
  JSON.stringify({
    schemaVersion: 1,
    ...{ id: 'three', version: '1', name: 'Three arms', licence: 'Apache-2.0', attribution: [] },
    working: { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99 },
    patch: { size: 32, context: 1.3 },
    backbone: {
      ...{ format: 'tfjs-graph-model', file: 'model.json', input: 'x', multiplyAdds: 1 },
      taps: [{ node: 'a', shape: [2, 2, 1], pooling: 'average', l2Normalised: false }],
    },
    features: {
      cnn: { schemaId: 'three-cnn', length: 1 },
      analytic: { schemaId: ANALYTIC_SCHEMA_ID, names: ['shape.diameter'] },
      'analytic-outline': { schemaId: 'outline-1', names: ['width', 'vertices'] },
    },
    arms: ['cnn', 'analytic', 'analytic-outline'],
    fusion: { views: 'mean-score', arms: 'mean-likelihood' },
    interval: { ...byArm(spread), fused: spread },
    prevalence: { training: 0.5, assumed: 0.5 },
    tolerance: { featureCosine: 0.999, score: 0.02, likelihood: 0.005 },
    ...{ trainingData: '', intendedUse: '', outOfScope: [], files: {} },
    ...changes,
  });

/** Decision value: the sum of the features, a hundredth of it. */
const svm = (arm: SvmFile['arm'], featureSchemaId: string, length: number): SvmFile => ({
  ...{ schemaVersion: 1, arm, featureSchemaId, kernel: 'linear', gamma: 0 },
  scaler: { mean: new Array<number>(length).fill(0), scale: new Array<number>(length).fill(1) },
  ...{ supportVectors: [new Array<number>(length).fill(0.01)], coefficients: [1], bias: 0 },
  ...{ calibration: { a: -1, b: 0 }, calibrationBootstrap: [] },
});

const FILES: Readonly<Record<string, unknown>> = {
  'svm-cnn.json': svm('cnn', 'three-cnn', 1),
  'svm-analytic.json': svm('analytic', ANALYTIC_SCHEMA_ID, 1),
  'svm-analytic-outline.json': svm('analytic-outline', 'outline-1', 2),
  'reference.json': {
    ...{ schemaVersion: 1, operatingPoints: [] },
    lesions: [
      { pathology: 'benign', views: 2, likelihood: 0.4, ...byArm({ score: 1, likelihood: 0.3 }) },
    ],
  },
  'golden.json': {
    schemaVersion: 1,
    patches: [
      {
        ...{ seed: 1, features: [1], score: 0, likelihood: 0.5 },
        ...{ analytic: [2], 'analytic-outline': [3, 4] },
      },
    ],
  },
};

const packOf = (manifest: string) => {
  const read = parseManifest(manifest);
  if (!read.ok) return read;
  return parsePack(read.value, (path) => (FILES[path] ? JSON.stringify(FILES[path]) : undefined));
};
const errorOf = (changes: object): string => {
  const pack = packOf(manifestWith(changes));
  return pack.ok ? 'no error' : spelled(pack.error);
};
const made = () => {
  const pack = packOf(manifestWith());
  if (!pack.ok) throw new Error(spelled(pack.error));
  return pack.value;
};

const SIZE = 96;
const image: WorkingImage = {
  ...{ width: SIZE, height: SIZE, data: goldenPatch(3, SIZE) },
  ...{ breast: new Uint8Array(SIZE * SIZE).fill(1), columnsPerPixel: 1, rowsPerPixel: 1 },
};
const box = { x: 20, y: 20, width: 50, height: 50 };

describe('a third arm, of which nothing tells but a pack, its extractor and its measure', () => {
  const measures = MEASURES as Record<string, Measure>;
  beforeEach(() => {
    (EXTRACTORS as Extractor[]).push(OUTLINE);
    measures[OUTLINE.schemaId] = BY_OUTLINE;
  });
  afterEach(() => {
    (EXTRACTORS as Extractor[]).pop();
    delete measures[OUTLINE.schemaId];
  });

  it('is measured, scored, fused with the others and written down', () => {
    const { manifest, svms } = made();
    const input = viewInput(image, box, manifest);
    const vertices = input.contour.polygon.length;
    expect(input['analytic-outline']).toEqual(Float32Array.of(50, vertices));
    expect(input.analytic).toHaveLength(1);

    const score = scoreLesion(manifest, svms, [{ cnn: [100], ...measuredOf(input) }]);
    if (!score.ok) throw new Error(score.error.code);
    const { arms, likelihood } = score.value;
    expect(arms.map(({ arm }) => arm)).toEqual(['cnn', 'analytic', 'analytic-outline']);
    expect(arms[2]?.score).toBeCloseTo((50 + vertices) / 100, 6);
    const values = arms.map((arm): number => arm.likelihood.value);
    expect(likelihood.value).toBeCloseTo(values.reduce((sum, v) => sum + v) / 3, 12);
    // The pack's own spread, not the refits, of which there are none.
    expect(arms[2]?.likelihood.low).toBeLessThan(arms[2]?.likelihood.value as number);

    const report = structuredClone(sampleReport());
    const [lesion] = report.lesions;
    const third = { arm: 'analytic-outline' as const, viewScores: [0.25, 0.5], score: 0.375 };
    lesion?.score?.arms.push({ ...third, likelihood });
    const [names = '', first = ''] = formatCsv([report]).split('\r\n');
    expect(names).toContain('view_score_analytic,view_score_analytic-outline');
    expect(names).toContain(',score_analytic,score_analytic-outline,');
    expect(first).toContain(',0.25,');
    expect(formatCsv([sampleReport()])).not.toContain('analytic-outline');
  });

  it('has its vector in the golden patches and its answers in the reference', () => {
    const { golden, reference, manifest } = made();
    expect(golden.patches[0]?.['analytic-outline']).toEqual([3, 4]);
    expect(reference.lesions[0]?.['analytic-outline']).toEqual({ score: 1, likelihood: 0.3 });
    expect(manifest.interval?.['analytic-outline']).toEqual(spread);
  });

  it('is refused where its parts do not fit', () => {
    const { features } = made().manifest;
    const outline = features['analytic-outline'];
    const named = (change: object) => ({
      features: { ...features, 'analytic-outline': { ...outline, ...change } },
    });
    expect(errorOf({ arms: ['cnn', 'analytic'] })).toMatch(/pack.arms analytic-outline/);
    expect(errorOf({ features: { cnn: features.cnn, analytic: features.analytic } })).toMatch(
      /pack.arms analytic-outline/,
    );
    expect(errorOf(named({ schemaId: 'other' }))).toMatch(
      new RegExp(`pack.measured.schema analytic-outline other ${ANALYTIC_SCHEMA_ID}, outline-1`),
    );
    expect(errorOf(named({ names: ['colour'] }))).toMatch(
      /pack.measured.unknown analytic-outline colour/,
    );
    expect(errorOf({ arms: ['cnn', 'analytic', '../x'] })).toMatch(/^pack.invalid manifest.json/);
    expect(errorOf({ interval: { ...byArm(spread), fused: spread, cnn: undefined } })).toMatch(
      /^pack.invalid manifest.json .*cnn/,
    );
  });
});

it('has a measure for each extractor, in parts for each that divides', () => {
  for (const { schemaId, divide } of EXTRACTORS)
    expect(Boolean(MEASURES[schemaId]?.part)).toBe(divide !== undefined);
});
