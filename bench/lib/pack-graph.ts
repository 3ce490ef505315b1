import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackManifest } from '../../src/core/pack/manifest.ts';

/** One operation of the pack's graph, in the order of computing. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly stride: number;
  readonly pad: number;
}

export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface PackGraph {
  readonly manifest: PackManifest;
  /** The nodes that the pack's first tap needs, without constants and the input. */
  readonly nodes: readonly GraphNode[];
  readonly weights: ReadonlyMap<string, Weight>;
  readonly output: string;
}

interface JsonNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, { s?: string; list?: { i?: string[] } }>;
}
interface WeightEntry {
  name: string;
  shape: number[];
  quantization?: { dtype: string };
}

/** Float16 bits to a number. */
const halfToNumber = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 0x1f) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
};

const readWeights = (entries: readonly WeightEntry[], bytes: Uint8Array): Map<string, Weight> => {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const { name, shape, quantization } of entries) {
    const count = shape.reduce((product, n) => product * n, 1);
    const half = quantization?.dtype === 'float16';
    const part = bytes.slice(at, (at += count * (half ? 2 : 4))).buffer;
    const data = half
      ? Float32Array.from(new Uint16Array(part), halfToNumber)
      : new Float32Array(part);
    weights.set(name, { name, shape, data });
  }
  return weights;
};

const nodeOf = ({ name, op, input = [], attr = {} }: JsonNode): GraphNode => ({
  name,
  op,
  input,
  stride: Number(attr['strides']?.list?.i?.[1] ?? 1),
  pad: Number(attr['explicit_paddings']?.list?.i?.[2] ?? 0),
});

/** What `output` needs, in the graph's own order. */
const needed = (nodes: readonly GraphNode[], output: string): GraphNode[] => {
  const wanted = new Set([output]);
  for (const node of [...nodes].reverse())
    if (wanted.has(node.name)) node.input.forEach((name) => wanted.add(name));
  return nodes.filter(({ name }) => wanted.has(name));
};

/** Reads the backbone of a pack, cut off behind its first tap, with its weights as float32. */
export const readPackGraph = (folder: string): PackGraph => {
  const read = (name: string) => readFileSync(join(folder, name));
  const manifest = JSON.parse(read('manifest.json').toString()) as PackManifest;
  const model = JSON.parse(read('model.json').toString()) as {
    modelTopology: { node: JsonNode[] };
    weightsManifest: { paths: string[]; weights: WeightEntry[] }[];
  };
  const [group] = model.weightsManifest;
  const shard = group?.paths[0];
  if (!group || !shard || model.weightsManifest.length > 1 || group.paths.length > 1)
    throw new Error('a pack with one file of weights is expected');
  const output = manifest.backbone.taps[0]?.node ?? '';
  const all = model.modelTopology.node.map(nodeOf);
  const nodes = needed(all, output).filter(({ op }) => op !== 'Const' && op !== 'Placeholder');
  return {
    manifest,
    nodes,
    weights: readWeights(group.weights, new Uint8Array(read(shard))),
    output,
  };
};
