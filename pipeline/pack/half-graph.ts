import { hashOf } from '../features/file-cache.ts';
import type { GraphFiles } from '../network/node-network.ts';
import { toHalf } from './half-float.ts';

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string };
}
interface ModelJson {
  weightsManifest: { paths: string[]; weights: WeightEntry[] }[];
}

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  float16: 2,
  uint8: 1,
  uint16: 2,
};
const SHARD = 'weights.bin';

const join = (parts: readonly ArrayBuffer[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    out.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return out;
};

const halves = (bytes: Uint8Array): Uint8Array => {
  const floats = new Float32Array(bytes.slice().buffer);
  return new Uint8Array(Uint16Array.from(floats, toHalf).buffer);
};

/**
 * The same graph with its float32 weights stored as float16 in one shard. Weights that are
 * already quantised and integers stay as they are. tfjs widens them again when it loads the graph.
 */
export const toHalfGraph = ({ files }: GraphFiles): GraphFiles => {
  const json = JSON.parse(new TextDecoder().decode(files.get('model.json'))) as ModelJson;
  const out: Uint8Array[] = [];
  const weights = json.weightsManifest.flatMap((group) => {
    const data = join(group.paths.map((path) => files.get(path) as ArrayBuffer));
    let at = 0;
    return group.weights.map((entry) => {
      const count = entry.shape.reduce((product, n) => product * n, 1);
      const size = BYTES[entry.quantization?.dtype ?? entry.dtype];
      if (!size) throw new Error(`${entry.name} has weights of type ${entry.dtype}`);
      const bytes = data.subarray(at, (at += count * size));
      const widen = entry.dtype === 'float32' && !entry.quantization;
      out.push(widen ? halves(bytes) : bytes);
      return widen ? { ...entry, quantization: { dtype: 'float16' } } : entry;
    });
  });
  const model = { ...json, weightsManifest: [{ paths: [SHARD], weights }] };
  const shard = join(out.map((bytes) => bytes.slice().buffer));
  const text = new TextEncoder().encode(JSON.stringify(model));
  const half = new Map([
    ['model.json', text.slice().buffer],
    [SHARD, shard.buffer as ArrayBuffer],
  ]);
  return { files: half, hash: hashOf(text, shard) };
};
