import { normaliseBlock } from '../../src/core/features/pool-taps.ts';
import type { GraphDescription } from '../network/node-network.ts';
import type { Tap } from '../../src/core/features/tap.ts';

/** A choice of taps, in the order of the feature vector. */
export interface FeatureSet {
  readonly name: string;
  readonly taps: readonly Tap[];
}

type Output = GraphDescription['outputs'][number];

const isMap = ({ shape }: Output) => shape[0] * shape[1] > 1;
const tap = (output: Output, pooling: 'average' | 'max', l2Normalised = false): Tap => ({
  node: output.node,
  shape: output.shape,
  pooling: isMap(output) ? pooling : 'none',
  l2Normalised,
});

/** Every pooled block that a feature set may use: extracted once, chosen from afterwards. */
export const candidateTaps = (outputs: readonly Output[]): Tap[] =>
  outputs.flatMap((output) =>
    isMap(output) ? [tap(output, 'average'), tap(output, 'max')] : [tap(output, 'average')],
  );

/**
 * The choices of layer that the inner search sees: the average of each, and all averages. Maxima and
 * unit-length blocks (Antropova 2017) were tried for tandem-m1 and were within 0.003 of these.
 */
export const featureSets = (outputs: readonly Output[]): FeatureSet[] => {
  if (outputs.length === 0) throw new Error('the graph has no outputs');
  const average = (list: readonly Output[]) => list.map((o) => tap(o, 'average'));
  const single = outputs.map((o) => ({ name: `${o.node} average`, taps: average([o]) }));
  return outputs.length === 1
    ? single
    : [...single, { name: 'all averages', taps: average(outputs) }];
};

const sameBlock = (a: Tap, b: Tap) => a.node === b.node && a.pooling === b.pooling;

/** One tap's block of a vector of candidate taps, L2-normalised where the tap says so. */
export const blockOf = (vector: Float32Array, candidates: readonly Tap[], wanted: Tap) => {
  let start = 0;
  for (const candidate of candidates) {
    const end = start + candidate.shape[2];
    if (sameBlock(candidate, wanted)) {
      const block = vector.slice(start, end);
      if (wanted.l2Normalised) normaliseBlock(block);
      return block;
    }
    start = end;
  }
  throw new Error(`${wanted.node} ${wanted.pooling} was not extracted`);
};

/** The feature vector of a set, from a vector of all candidate taps. */
export const selectFeatures = (
  vector: Float32Array,
  candidates: readonly Tap[],
  { taps }: FeatureSet,
): Float32Array => {
  const blocks = taps.map((t) => blockOf(vector, candidates, t));
  const out = new Float32Array(blocks.reduce((sum, b) => sum + b.length, 0));
  let start = 0;
  for (const block of blocks) {
    out.set(block, start);
    start += block.length;
  }
  return out;
};
