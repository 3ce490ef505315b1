import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../core/pack/manifest.ts';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { fuseModel, type GraphNode } from './fuse-graph.ts';
import { graphArtifacts } from './graph-artifacts.ts';
import { loadNetwork } from './network.ts';
import { useWasmInNode } from './node-backend.ts';
import { oneChannelAsDepthwise, planOf, runPlan } from './plan.ts';

const ints = (...values: number[]) => ({ list: { i: values.map(String) } });
const node = (name: string, op: string, ...input: string[]): GraphNode => ({
  name,
  op,
  input,
  attr: {},
});
const conv = (name: string, ...input: string[]): GraphNode => ({
  ...node(name, '_FusedConv2D', ...input),
  attr: {
    strides: ints(1, 2, 2, 1),
    padding: { s: btoa('EXPLICIT') },
    explicit_paddings: ints(0, 0, 1, 2, 3, 4, 0, 0),
    fused_ops: { list: { s: [btoa('BiasAdd'), btoa('Relu6')] } },
  },
});
const graph = [
  node('x', 'Placeholder'),
  node('w', 'Const'),
  node('b', 'Const'),
  conv('a', 'x', 'w', 'b'),
  node('also', 'Identity', 'a'),
  conv('c', 'also', 'w', 'b'),
  node('sum', 'AddV2', 'a', 'c'),
  conv('unused', 'sum', 'w', 'b'),
];

describe('planOf', () => {
  it('has the kernels that the taps need, with what nothing takes any more', () => {
    const plan = planOf(graph, 'x', ['sum']);
    expect(
      plan?.steps.map(({ name, kernel, inputs, spent }) => [name, kernel, inputs, spent]),
    ).toEqual([
      ['a', 'FusedConv2D', ['x', 'w', 'b'], []],
      ['c', 'FusedConv2D', ['a', 'w', 'b'], []],
      ['sum', 'Add', ['a', 'c'], ['a', 'c']],
    ]);
    expect(plan?.steps[0]?.attrs).toMatchObject({
      strides: [2, 2],
      dilations: [1, 1],
      pad: [
        [0, 0],
        [1, 2],
        [3, 4],
        [0, 0],
      ],
      activation: 'relu6',
    });
  });

  it('keeps taps, also those that are another name of a value, and takes nodes in any order', () => {
    const plan = planOf(graph.toReversed(), 'x', ['also', 'sum']);
    expect(plan?.taps).toEqual(['a', 'sum']);
    expect(plan?.steps.map(({ name, spent }) => [name, spent])).toEqual([
      ['a', []],
      ['c', []],
      ['sum', ['c']],
    ]);
  });

  it('leaves to the interpreter what it does not know', () => {
    const changed = (name: string, next: GraphNode) =>
      graph.map((old) => (old.name === name ? next : old));
    const attr = (name: string, value: object) => {
      const plain = conv('a', 'x', 'w', 'b');
      return changed('a', { ...plain, attr: { ...plain.attr, [name]: value } });
    };
    const others = [
      changed('a', node('a', 'Relu', 'x')),
      changed('sum', node('sum', 'AddV2', 'a', 'w')),
      changed('a', conv('a', 'x:0', 'w', 'b')),
      changed('a', conv('a', 'x', 'x', 'b')),
      changed('a', conv('a', 'sum', 'w', 'b')),
      attr('data_format', { s: btoa('NCHW') }),
      attr('padding', { s: btoa('OTHER') }),
      attr('fused_ops', { list: { s: [btoa('FusedBatchNorm')] } }),
      attr('fused_ops', { list: { s: [btoa('BiasAdd'), btoa('Elu')] } }),
    ];
    for (const nodes of others) expect(planOf(nodes, 'x', ['sum'])).toBeUndefined();
    expect(planOf(graph, 'x', ['nowhere'])).toBeUndefined();
    expect(planOf(graph, 'x', ['x'])).toBeUndefined();
  });
});

const models = join(dirname(fileURLToPath(import.meta.url)), '../../../public/models');
const filesOf = (pack: string) =>
  new Map(
    ['model.json', 'weights.bin'].map((name) => [
      name,
      new Uint8Array(readFileSync(join(models, pack, name))).buffer,
    ]),
  );

describe('the shipped network by its plan', () => {
  it('gives what the interpreter gives, to the last digit, and leaves no tensor behind', async () => {
    await useWasmInNode();
    const fused = fuseModel(await graphArtifacts(filesOf('tandem-m1'), 'model.json'), ['block16']);
    const model = await loadGraphModel(tf.io.fromMemory(fused));
    const { node: nodes } = fused.modelTopology as { node: GraphNode[] };
    const plan = planOf(nodes, 'patch', ['block16']);
    if (!plan) throw new Error('no plan');
    expect(plan.steps).toHaveLength(51 + 10);
    const weights = new Map(
      [...plan.weights].map((name) => [name, model.weights[name]?.[0] as tf.Tensor]),
    );
    const patches = [goldenPatch(1, 160), goldenPatch(2, 160)].flatMap((p) => Array.from(p));
    const x = tf.tensor4d(patches, [2, 160, 160, 1]);
    const wanted = (model.execute(x, 'block16') as tf.Tensor).dataSync();
    const { numTensors } = tf.memory();
    const [got] = tf.tidy(() => runPlan(plan, weights, 'patch', x));
    expect(tf.memory().numTensors).toBe(numTensors + 1);
    expect(got?.shape).toEqual([2, 5, 5, 320]);
    expect(got?.dataSync()).toEqual(wanted);
    const turned = oneChannelAsDepthwise(plan, weights);
    const changed = turned.steps.filter(({ kernel }, i) => kernel !== plan.steps[i]?.kernel);
    expect(changed.map(({ name }) => name)).toEqual(['stem']);
    const [other] = tf.tidy(() => runPlan(turned, weights, 'patch', x));
    const apart = Array.from(other?.dataSync() ?? [], (v, i) =>
      Math.abs(v - (wanted[i] as number)),
    );
    expect(Math.max(...apart)).toBeLessThan(1e-4);
  });

  it.each(['tandem-m1', 'tandem-m2'])(
    'of %s gives a patch the same answer alone as beside another',
    async (pack) => {
      await useWasmInNode();
      const text = readFileSync(join(models, pack, 'manifest.json'), 'utf8');
      const manifest = manifestSchema.parse(JSON.parse(text));
      const network = await loadNetwork(manifest, filesOf(pack));
      const patches = [1, 2].map((seed) => goldenPatch(seed, manifest.patch.size));
      const together = await network.answers(patches);
      const alone = await Promise.all(patches.map((one) => network.answers([one])));
      expect(alone.flat()).toEqual(together);
      network.dispose();
    },
  );
});
