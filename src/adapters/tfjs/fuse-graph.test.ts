import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { fuseConvolutions, fuseModel } from './fuse-graph.ts';
import { graphArtifacts } from './graph-artifacts.ts';
import { useWasmInNode } from './node-backend.ts';

const node = (name: string, op: string, ...input: string[]) => ({ name, op, input, attr: {} });
const names = (nodes: readonly { name: string; op: string }[]) =>
  nodes.map(({ name, op }) => `${name}=${op}`);

const chain = [
  node('x', 'Placeholder'),
  node('w', 'Const'),
  node('b', 'Const'),
  node('conv', 'Conv2D', 'x', 'w'),
  node('sum', 'BiasAdd', 'conv', 'b'),
  node('y', 'Relu6', 'sum'),
];

describe('fuseConvolutions', () => {
  it('makes one node of a convolution, its bias and its clamp, under the last name', () => {
    const fused = fuseConvolutions(chain, new Set());
    expect(names(fused)).toEqual(['x=Placeholder', 'w=Const', 'b=Const', 'y=_FusedConv2D']);
    expect(fused.at(-1)?.input).toEqual(['x', 'w', 'b']);
    const { list } = fused.at(-1)?.attr?.['fused_ops'] as { list: { s: string[] } };
    expect(list.s.map(atob)).toEqual(['BiasAdd', 'Relu6']);
  });

  it('leaves values that are asked for, and values that something else looks at', () => {
    expect(names(fuseConvolutions(chain, new Set(['sum'])))).toEqual([
      'x=Placeholder',
      'w=Const',
      'b=Const',
      'sum=_FusedConv2D',
      'y=Relu6',
    ]);
    expect(fuseConvolutions(chain, new Set(['conv']))).toEqual(chain);
    const watched = [...chain, node('other', 'Neg', 'conv')];
    expect(fuseConvolutions(watched, new Set())).toEqual(watched);
  });

  it('leaves a bias that is added to something else', () => {
    const turned = [...chain.slice(0, 4), node('sum', 'BiasAdd', 'b', 'conv')];
    expect(fuseConvolutions(turned, new Set())).toEqual(turned);
  });
});

const pack = join(dirname(fileURLToPath(import.meta.url)), '../../../public/models/tandem-m1');
const bytes = (name: string) => new Uint8Array(readFileSync(join(pack, name))).buffer;

describe('the shipped network, fused', () => {
  it('gives the same map with a third of the operations', async () => {
    await useWasmInNode();
    const files = new Map(['model.json', 'weights.bin'].map((name) => [name, bytes(name)]));
    const artifacts = await graphArtifacts(files, 'model.json');
    const fused = fuseModel(artifacts, ['block16']);
    const plainModel = await loadGraphModel(tf.io.fromMemory(artifacts));
    const fusedModel = await loadGraphModel(tf.io.fromMemory(fused));
    const x = tf.tensor4d(goldenPatch(1, 160), [1, 160, 160, 1]);
    const [plain, other] = [plainModel, fusedModel].map((model) =>
      (model.execute(x, 'block16') as tf.Tensor).dataSync(),
    );
    const apart = Array.from(plain ?? [], (v, i) => Math.abs(v - (other?.[i] as number)));
    expect(plain).toHaveLength(5 * 5 * 320);
    expect(Math.max(...apart)).toBeLessThan(1e-4);
    const operations = (a: typeof artifacts) =>
      (a.modelTopology as { node: { op: string }[] }).node.filter(({ op }) => op !== 'Const')
        .length;
    expect(operations(artifacts) - operations(fused)).toBe(52 + 35);
  });
});
