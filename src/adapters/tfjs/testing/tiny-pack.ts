import type { PackManifest } from '../../../core/pack/manifest.ts';
import { seededRandom } from '../../../core/stats/random.ts';

/** A pack with a two-layer network, for tests: everything but the arithmetic is like a real one. */

const SIZE = 32;
const CHANNELS = [4, 6] as const;

const float = { type: 'DT_FLOAT' };
const ints = (...values: number[]) => ({ list: { i: values.map(String) } });
const dims = (...values: number[]) => ({
  shape: { dim: values.map((size) => ({ size: `${size}` })) },
});
const constant = (name: string, ...shape: number[]) => ({
  name,
  op: 'Const',
  attr: {
    dtype: float,
    value: { tensor: { dtype: 'DT_FLOAT', tensorShape: dims(...shape).shape } },
  },
});
const convolution = (name: string, input: string, weights: string) => ({
  name,
  op: 'Conv2D',
  input: [input, weights],
  attr: {
    T: float,
    strides: ints(1, 2, 2, 1),
    dilations: ints(1, 1, 1, 1),
    padding: { s: btoa('SAME') },
    data_format: { s: btoa('NHWC') },
  },
});
const relu = (name: string, input: string) => ({
  name,
  op: 'Relu',
  input: [input],
  attr: { T: float },
});

const shapes = [
  [3, 3, 1, CHANNELS[0]],
  [3, 3, CHANNELS[0], CHANNELS[1]],
];
const weightCount = shapes.reduce((sum, s) => sum + s.reduce((a, b) => a * b), 0);

const modelJson = () => ({
  format: 'graph-model',
  modelTopology: {
    node: [
      { name: 'x', op: 'Placeholder', attr: { dtype: float, shape: dims(-1, SIZE, SIZE, 1) } },
      constant('w1', ...(shapes[0] as number[])),
      constant('w2', ...(shapes[1] as number[])),
      convolution('conv1', 'x', 'w1'),
      relu('relu1', 'conv1'),
      convolution('conv2', 'relu1', 'w2'),
      relu('relu2', 'conv2'),
    ],
    versions: { producer: 1 },
  },
  weightsManifest: [
    {
      paths: ['shard1.bin'],
      weights: shapes.map((shape, i) => ({ name: `w${i + 1}`, shape, dtype: 'float32' })),
    },
  ],
});

const weights = (): ArrayBuffer => {
  const random = seededRandom(7);
  return Float32Array.from({ length: weightCount }, () => random() - 0.4).buffer;
};

const bytesOf = (value: unknown): ArrayBuffer =>
  new Uint8Array(new TextEncoder().encode(JSON.stringify(value))).buffer;

/** The tiny graph alone: model.json and its shard. */
export const tinyGraphFiles = (): Map<string, ArrayBuffer> =>
  new Map([
    ['model.json', bytesOf(modelJson())],
    ['shard1.bin', weights()],
  ]);

/** Manifest for the tiny graph; `files` lists nothing until they are hashed (see `hashFiles`). */
export const tinyManifest = (changes: Partial<PackManifest> = {}): PackManifest => ({
  schemaVersion: 1,
  id: 'tiny',
  version: '1',
  name: 'Tiny test network',
  licence: 'Apache-2.0',
  attribution: [],
  working: { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 },
  patch: { size: SIZE, context: 1.3 },
  backbone: {
    format: 'tfjs-graph-model',
    file: 'model.json',
    input: 'x',
    multiplyAdds: 1,
    taps: [
      { node: 'relu1', shape: [16, 16, CHANNELS[0]], pooling: 'average', l2Normalised: true },
      { node: 'relu2', shape: [8, 8, CHANNELS[1]], pooling: 'max', l2Normalised: false },
    ],
  },
  features: { cnn: { schemaId: 'tiny-cnn', length: CHANNELS[0] + CHANNELS[1] } },
  arms: ['cnn'],
  fusion: { views: 'mean-score', arms: 'mean-likelihood' },
  prevalence: { training: 0.5, assumed: 0.5 },
  tolerance: { featureCosine: 0.999, score: 0.01, likelihood: 0.005 },
  trainingData: 'none',
  intendedUse: 'tests',
  outOfScope: [],
  files: {},
  ...changes,
});

/** The `files` entry of a manifest for these bytes. */
export const hashFiles = async (
  files: ReadonlyMap<string, ArrayBuffer>,
): Promise<PackManifest['files']> => {
  const entries = [...files].map(async ([path, bytes]) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
    return [path, { sha256, bytes: bytes.byteLength }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
};
