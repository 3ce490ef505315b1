import { spelled } from '../message/testing.ts';
import { describe, expect, it } from 'vitest';
import { parseManifest, parsePack } from './parse-pack.ts';
import type { PackManifest } from './manifest.ts';
import type { SvmFile } from '../classifier/svm-file.ts';

const manifest: PackManifest = {
  schemaVersion: 1,
  id: 'test',
  version: '1',
  name: 'Test',
  licence: 'Apache-2.0',
  attribution: [],
  working: { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 },
  patch: { size: 32, context: 1.3 },
  backbone: {
    format: 'tfjs-graph-model',
    file: 'model.json',
    input: 'x',
    multiplyAdds: 1,
    taps: [{ node: 'a', shape: [2, 2, 3], pooling: 'average', l2Normalised: false }],
  },
  features: { cnn: { schemaId: 'test-cnn', length: 3 } },
  arms: ['cnn'],
  fusion: { views: 'mean-score', arms: 'mean-likelihood' },
  prevalence: { training: 0.5, assumed: 0.5 },
  tolerance: { featureCosine: 0.999, score: 0.02, likelihood: 0.005 },
  trainingData: '',
  intendedUse: '',
  outOfScope: [],
  files: {},
};
const svm: SvmFile = {
  schemaVersion: 1,
  arm: 'cnn',
  featureSchemaId: 'test-cnn',
  scaler: { mean: [0, 0, 0], scale: [1, 1, 1] },
  kernel: 'rbf',
  gamma: 0.1,
  supportVectors: [
    [1, 2, 3],
    [3, 2, 1],
  ],
  coefficients: [1, -1],
  bias: 0,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: [],
};
const reference = { schemaVersion: 1, lesions: [], operatingPoints: [] };
const golden = {
  schemaVersion: 1,
  patches: [{ seed: 1, features: [1, 2, 3], score: 0, likelihood: 0.5 }],
};

const texts = (changes: Record<string, unknown> = {}) => {
  const files: Record<string, unknown> = {
    'svm-cnn.json': svm,
    'reference.json': reference,
    'golden.json': golden,
    ...changes,
  };
  return (path: string) => (files[path] === undefined ? undefined : JSON.stringify(files[path]));
};
const errorOf = (changes: Record<string, unknown>, of = manifest) => {
  const pack = parsePack(of, texts(changes));
  return pack.ok ? 'no error' : spelled(pack.error);
};

it('refuses more reference patches than one waits for', () => {
  const patches = Array.from({ length: 65 }, () => golden.patches[0]);
  expect(errorOf({ 'golden.json': { ...golden, patches } })).toMatch(
    /^pack.invalid golden.json .*64/,
  );
});

describe('parsePack', () => {
  it('takes files that fit together', () => {
    const pack = parsePack(manifest, texts());
    expect(pack.ok && pack.value.svms.cnn).toEqual(svm);
    expect(parseManifest(JSON.stringify(manifest)).ok).toBe(true);
  });

  it.each([
    [{ featureSchemaId: 'other' }, /^pack.misfit svm-cnn\.json \(pack.svm.schema other/],
    [{ arm: 'analytic' }, /^pack.misfit svm-cnn\.json \(pack.svm.arm analytic cnn/],
    [{ scaler: { mean: [0], scale: [1] } }, /^pack.misfit svm-cnn\.json \(pack.svm.scaler 1 1 3/],
    [{ supportVectors: [[1, 2, 3], [1]] }, /^pack.misfit svm-cnn\.json \(pack.svm.vector 1 1 3/],
    [{ coefficients: [1] }, /^pack.misfit svm-cnn\.json \(pack.svm.coefficients 1 2/],
    [{ gamma: 0 }, /^pack.misfit svm-cnn\.json \(pack.svm.gamma/],
    [{ scaler: { mean: [0, 0, 0], scale: [1, 0, 1] } }, /^pack.invalid svm-cnn\.json .*scale/s],
  ])('names svm-cnn.json when it does not fit: %o', (change, message) => {
    expect(errorOf({ 'svm-cnn.json': { ...svm, ...change } })).toMatch(message);
  });

  it('names a file that is missing, of another version, or no JSON', () => {
    expect(errorOf({ 'reference.json': undefined })).toBe('pack.missing reference.json');
    expect(errorOf({ 'golden.json': { ...golden, schemaVersion: 2 } })).toMatch(
      /^pack.invalid golden\.json/,
    );
    expect(parseManifest('<html>')).toMatchObject({
      ok: false,
      error: { code: 'pack.not-json', values: { path: 'manifest.json' } },
    });
  });

  it('names golden.json when its vectors have another length', () => {
    const patches = [{ ...golden.patches[0], features: [1] }];
    expect(errorOf({ 'golden.json': { ...golden, patches } })).toMatch(
      /^pack.misfit golden\.json \(pack.golden 1 3/,
    );
  });

  it('names the manifest when it contradicts itself', () => {
    const long = { ...manifest, features: { cnn: { schemaId: 'test-cnn', length: 4 } } };
    expect(errorOf({}, long)).toMatch(/^pack.contradiction \(pack.taps 3 4/);
    const two: PackManifest = { ...manifest, arms: ['cnn', 'analytic'] };
    expect(errorOf({}, two)).toMatch(/^pack.contradiction \(pack.arms/);
    const tap = { ...manifest, backbone: { ...manifest.backbone, activationTap: 1 } };
    expect(errorOf({}, tap)).toMatch(/^pack.contradiction \(pack.activation 1 1/);
  });
});

describe('calibration of the mean and interval', () => {
  const spread = { at: [-1, 0, 1], low: [1, 2, 1], high: [1, 2, 1] };
  const parsed = (changes: object) => parseManifest(JSON.stringify({ ...manifest, ...changes }));

  it('are kept where a pack has them', () => {
    const calibration = { lesion: { a: -1, b: 0 }, view: { a: -1.1, b: 0.1 } };
    const result = parsed({
      fusion: { ...manifest.fusion, calibration },
      interval: { cnn: spread, fused: spread },
    });
    expect(result).toMatchObject({
      ok: true,
      value: { fusion: { calibration }, interval: { cnn: spread, fused: spread } },
    });
  });

  it.each([
    ['lists of two lengths', { ...spread, low: [1, 2] }],
    ['places that do not rise', { ...spread, at: [-1, 0, 0] }],
    ['a reach below zero', { ...spread, high: [1, -2, 1] }],
    ['no place', { at: [], low: [], high: [] }],
  ])('refuse %s', (_, wrong) => {
    expect(parsed({ interval: { cnn: spread, fused: wrong } }).ok).toBe(false);
  });
});

describe('parsePack with a finder', () => {
  const model = (...names: string[]) => ({
    names,
    mean: names.map(() => 0),
    scale: names.map(() => 1),
    weights: names.map(() => 1),
    bias: 0,
  });
  const rules = {
    schemaVersion: 1,
    version: '1',
    input: {
      mmPerPixel: 0.4,
      rowsWithoutSpacing: 680,
      maxWidth: 416,
      maxHeight: 704,
      margin: 8,
      stride: 32,
    },
    mirror: false,
    rescoring: {
      own: model('score', 'size'),
      pair: model('nipple'),
      both: model('own', 'support'),
      outcome: model('outcome'),
    },
    breastCalibration: { a: -1, b: 0 },
    operatingPoints: [{ falseMarks: 0.25, threshold: 0.3, sensitivity: 0.7, interval: [0.6, 0.8] }],
    defaultFalseMarks: 0.25,
    limits: [],
    golden: { seed: 7, size: 32, centre: new Array<number>(16).fill(0.1), tolerance: 0.02 },
  };
  const finder = {
    file: 'finder.json',
    rules: 'finder-rules.json',
    input: 'view',
    multiplyAdds: 1,
  } as const;
  const parse = (changes: Record<string, unknown>) =>
    parsePack({ ...manifest, finder }, texts({ 'finder-rules.json': { ...rules, ...changes } }));
  const problemOf = (changes: Record<string, unknown>) => {
    const pack = parse(changes);
    return pack.ok ? '' : spelled(pack.error);
  };

  it('takes one that fits, and a pack that names none', () => {
    const pack = parse({});
    expect(pack.ok && pack.value.finder?.defaultFalseMarks).toBe(0.25);
    const without = parsePack(manifest, texts());
    expect(without.ok && without.value.finder).toBeUndefined();
    const missing = parsePack({ ...manifest, finder }, texts());
    expect(missing.ok ? '' : spelled(missing.error)).toBe('pack.missing finder-rules.json');
  });

  it('refuses cues that core does not measure, and lists of other lengths', () => {
    const strange = { ...rules.rescoring, pair: model('nipple', 'moon') };
    expect(problemOf({ rescoring: strange })).toMatch(
      /^pack.invalid finder-rules.json \(pack.finder.cue pair moon/,
    );
    const short = { ...rules.rescoring, own: { ...model('score'), weights: [] } };
    expect(problemOf({ rescoring: short })).toContain(
      'every cue needs a mean, a scale and a weight',
    );
  });

  it('refuses a golden view of another size, and an input that the strides do not divide', () => {
    expect(problemOf({ golden: { ...rules.golden, size: 64 } })).toContain(
      'pack.finder.cells 16 64',
    );
    const input = { ...rules.input, maxWidth: 400 };
    expect(problemOf({ input })).toContain('pack.finder.stride 32');
    expect(problemOf({ schemaVersion: 2 })).toContain('pack.invalid finder-rules.json');
  });
});
