// Holds exported finders against PyTorch:
//   npm run pipeline -- finder:parity .cache/finder/graphs/final
// The inputs and maps in FOLDER/parity are PyTorch's; the graph runs on tfjs wasm with its weights as
// float32 and as the float16 that ships. Exits 1 where they differ by more than the limits below.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadExecutor } from '../../src/adapters/tfjs/executor.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import * as tf from '@tensorflow/tfjs-core';
import { readGraph, type GraphFiles } from '../network/node-network.ts';
import { toHalfGraph } from '../pack/half-graph.ts';

/** Most that a value of the head may differ: logits and logarithms of about -8 to 3. */
const LIMITS = { float32: 1e-3, float16: 0.1 };

const floats = (path: string): Float32Array => {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

const largest = (a: Float32Array, b: Float32Array): number => {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - (b[i] as number))), 0);
};

const differences = async (folder: string, { files }: GraphFiles): Promise<number> => {
  const taps = [{ node: 'head' }, { node: 'features' }];
  const executor = await loadExecutor({ file: 'model.json', input: 'view', taps }, files);
  const sizes = JSON.parse(readFileSync(join(folder, 'parity', 'views.json'), 'utf8')) as {
    height: number;
    width: number;
  }[];
  let most = 0;
  for (const [i, { height, width }] of sizes.entries()) {
    const of = (name: string) => floats(join(folder, 'parity', `${i}.${name}.f32`));
    const x = tf.tensor4d(of('input'), [1, height, width, 1]);
    const [head, features] = tf.tidy(() => executor.run(x)) as [tf.Tensor, tf.Tensor];
    const [h, f] = await Promise.all([head.data(), features.data()]);
    most = Math.max(most, largest(h as Float32Array, of('head')));
    console.log(
      `${folder} ${width} x ${height}: head ${largest(h as Float32Array, of('head')).toExponential(1)}, features ${largest(f as Float32Array, of('features')).toExponential(1)}`,
    );
    tf.dispose([x, head, features]);
  }
  executor.dispose();
  return most;
};

await useWasmInNode();
for (const folder of process.argv.slice(2)) {
  const graph = readGraph(folder);
  const full = await differences(folder, graph);
  const half = await differences(folder, toHalfGraph(graph));
  const fits = full <= LIMITS.float32 && half <= LIMITS.float16;
  console.log(`${folder}: float32 ${full.toExponential(1)}, float16 ${half.toExponential(1)}`);
  if (!fits) process.exitCode = 1;
}
