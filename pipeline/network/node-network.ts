import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { graphArtifacts } from '../../src/adapters/tfjs/graph-artifacts.ts';
import { loadNetwork, type Network } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { hashOf } from '../features/file-cache.ts';
import type { Tap } from '../../src/core/features/tap.ts';

/** A backbone graph on disk: model.json and its shards, and a hash of them all. */
export interface GraphFiles {
  readonly files: ReadonlyMap<string, ArrayBuffer>;
  readonly hash: string;
}

const bufferOf = (path: string): ArrayBuffer => {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

/** Reads model.json and the shards it names from a folder. Throws when one is missing. */
export const readGraph = (folder: string): GraphFiles => {
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    weightsManifest: { paths: string[] }[];
  };
  const paths = ['model.json', ...model.weightsManifest.flatMap((group) => group.paths)];
  const files = new Map(paths.map((path) => [path, bufferOf(join(folder, path))]));
  return { files, hash: hashOf(...[...files.values()].map((bytes) => new Uint8Array(bytes))) };
};

/** What a graph offers: its input, its output nodes with the shape of a patch's map, its cost. */
export interface GraphDescription {
  readonly input: string;
  readonly size: number;
  readonly outputs: readonly { readonly node: string; readonly shape: Tap['shape'] }[];
  readonly multiplyAdds: number;
}

const CONVOLUTION = /^(_?Fused)?(Conv2D|DepthwiseConv2dNative)$/;

/** Multiply-adds of one run: for each convolution, outputs times the taps that make one of them. */
const countMultiplyAdds = (
  model: Awaited<ReturnType<typeof loadGraphModel>>,
  topology: { node: { name: string; op: string; input?: string[] }[] },
  x: tf.Tensor,
): number => {
  const convolutions = topology.node.filter((node) => CONVOLUTION.test(node.op));
  return convolutions.reduce((sum, node) => {
    const [map, kernel] = model.execute(x, [node.name, node.input?.[1] ?? '']) as tf.Tensor[];
    const [h = 0, w = 0, channelsIn = 0] = kernel?.shape ?? [];
    const taps = node.op.includes('Depthwise') ? h * w : h * w * channelsIn;
    return sum + (map?.size ?? 0) * taps;
  }, 0);
};

/** Loads a graph once to see what it offers, by a run on a blank patch. */
export const describeGraph = async (
  { files }: GraphFiles,
  size: number,
): Promise<GraphDescription> => {
  await useWasmInNode();
  const artifacts = await graphArtifacts(files, 'model.json');
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  const input = model.inputs[0]?.name ?? '';
  const names = model.outputs.map((output) => output.name.replace(/:0$/, ''));
  const description = tf.tidy(() => {
    const x = tf.zeros([1, size, size, 1]);
    const maps = [model.execute(x, names)].flat() as tf.Tensor[];
    const outputs = maps.map((map, i) => {
      const [height = 1, width = 1, channels = 1] =
        map.rank === 4 ? map.shape.slice(1) : [1, 1, map.shape.at(-1) ?? 1];
      return { node: names[i] ?? '', shape: [height, width, channels] as Tap['shape'] };
    });
    const topology = artifacts.modelTopology as Parameters<typeof countMultiplyAdds>[1];
    return { outputs, multiplyAdds: countMultiplyAdds(model, topology, x) };
  });
  model.dispose();
  return { input, size, ...description };
};

/** The network of a graph with chosen taps, on the wasm backend: what the page runs, in Node. */
export const openNetwork = async (
  { files }: GraphFiles,
  { input, size }: Pick<GraphDescription, 'input' | 'size'>,
  taps: readonly Tap[],
): Promise<Network> => {
  await useWasmInNode();
  const manifest = {
    patch: { size },
    backbone: { file: 'model.json', input, taps },
  } as unknown as PackManifest;
  return loadNetwork(manifest, files);
};
