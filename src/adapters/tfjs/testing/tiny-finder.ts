import { FEATURE_CHANNELS, HEAD_CHANNELS } from '../../../core/finder/finder-maps.ts';

// A finder of one convolution, for tests: its centre map is bright where 8 x 8 pixels are.

const float = { type: 'DT_FLOAT' };
const ints = (...values: number[]) => ({ list: { i: values.map(String) } });
const dims = (values: readonly number[]) => ({ dim: values.map((size) => ({ size: `${size}` })) });

const LAYERS = { head: HEAD_CHANNELS, features: FEATURE_CHANNELS } as const;
const SIDE = 8;

const nodesOf = (name: string, channels: number) => {
  const constant = (part: string, shape: number[]) => ({
    name: `${name}/${part}`,
    op: 'Const',
    attr: { dtype: float, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: dims(shape) } } },
  });
  const format = { data_format: { s: btoa('NHWC') } };
  return [
    constant('weight', [SIDE, SIDE, 1, channels]),
    constant('bias', [channels]),
    {
      name: `${name}/conv`,
      op: 'Conv2D',
      input: ['view', `${name}/weight`],
      attr: {
        T: float,
        strides: ints(1, SIDE, SIDE, 1),
        dilations: ints(1, 1, 1, 1),
        padding: { s: btoa('VALID') },
        ...format,
      },
    },
    {
      name,
      op: 'BiasAdd',
      input: [`${name}/conv`, `${name}/bias`],
      attr: { T: float, ...format },
    },
  ];
};

/** Centre: 20 x (mean grey - 0.5); a mark is 48 pixels wide; features follow the grey. */
const weightsOf = (name: string, channels: number): number[] => {
  const head = name === 'head';
  const gain = (c: number) => (head ? (c === 0 ? 20 : 0) : c + 1);
  const weight = Array.from({ length: SIDE * SIDE * channels }, (_, i) => gain(i % channels) / 64);
  const bias = Array.from({ length: channels }, (_, c) =>
    head ? ([-10, Math.log(48 / 64), Math.log(48 / 64)][c] ?? 0) : 0,
  );
  return [...weight, ...bias];
};

/** model.json and its shard, as pipeline/finder/export_graph.py writes them. */
export const tinyFinderFiles = (): Map<string, ArrayBuffer> => {
  const layers = Object.entries(LAYERS);
  const shape = { shape: dims([-1, -1, -1, 1]) };
  const model = {
    format: 'graph-model',
    modelTopology: {
      node: [
        { name: 'view', op: 'Placeholder', attr: { dtype: float, shape } },
        ...layers.flatMap(([name, channels]) => nodesOf(name, channels)),
      ],
      versions: { producer: 1 },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: layers.flatMap(([name, channels]) => [
          { name: `${name}/weight`, shape: [SIDE, SIDE, 1, channels], dtype: 'float32' },
          { name: `${name}/bias`, shape: [channels], dtype: 'float32' },
        ]),
      },
    ],
  };
  const values = layers.flatMap(([name, channels]) => weightsOf(name, channels));
  const json = new TextEncoder().encode(JSON.stringify(model));
  return new Map([
    ['model.json', json.slice().buffer],
    ['weights.bin', Float32Array.from(values).buffer],
  ]);
};
