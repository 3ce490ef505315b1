// Holds exported graphs against PyTorch on 64 real patches, in float32 and as shipped in float16:
//   npm run pipeline -- parity .cache/backbone/final [...]
// The lines it prints are kept for the report in .cache/train/parity.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeGraph, openNetwork, readGraph, type GraphFiles } from './node-network.ts';
import { toHalfGraph } from '../pack/half-graph.ts';
import { cosine } from '../../src/core/stats/cosine.ts';
import { RULES } from '../protocol/rules.ts';
import type { Tap } from '../../src/core/features/tap.ts';

const LEAST_COSINE = 0.9999;

const floats = (path: string): Float32Array => {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};

const leastCosine = async (graph: GraphFiles, patches: Float32Array[], wanted: Float32Array[]) => {
  const description = await describeGraph(graph, RULES.patch.size);
  const taps = description.outputs.map(({ node, shape }): Tap => ({
    node,
    shape,
    pooling: 'average',
    l2Normalised: false,
  }));
  const network = await openNetwork(graph, description, taps);
  const start = performance.now();
  const vectors = await network.features(patches);
  const perSecond = (patches.length * 1000) / (performance.now() - start);
  network.dispose();
  const least = Math.min(...vectors.map((v, i) => cosine(v, wanted[i] as Float32Array)));
  return { least, perSecond };
};

const lines: string[] = [];
for (const folder of process.argv.slice(2)) {
  const graph = readGraph(folder);
  const pixels = floats(join(folder, 'parity/patches.f32'));
  const features = floats(join(folder, 'parity/features.f32'));
  const area = RULES.patch.size ** 2;
  const count = pixels.length / area;
  const length = features.length / count;
  const patches = Array.from({ length: count }, (_, i) => pixels.slice(i * area, (i + 1) * area));
  const wanted = patches.map((_, i) => features.slice(i * length, (i + 1) * length));
  const single = await leastCosine(graph, patches, wanted);
  const half = await leastCosine(toHalfGraph(graph), patches, wanted);
  const torch = JSON.parse(readFileSync(join(folder, 'parity/rate.json'), 'utf8')) as {
    boxesPerSecond: number;
    threads: number;
  };
  const text = [
    `${folder}: least feature cosine to PyTorch over ${count} real patches ${single.least.toFixed(7)} in float32, ${half.least.toFixed(5)} with the float16 weights that ship`,
    `${single.perSecond.toFixed(0)} boxes a second in Node on wasm with one thread, ${torch.boxesPerSecond.toFixed(0)} in PyTorch with ${torch.threads} threads on the same machine`,
  ].join('; ');
  console.log(text);
  lines.push(text);
  if (single.least < LEAST_COSINE) process.exitCode = 1;
}
mkdirSync('.cache/train', { recursive: true });
writeFileSync('.cache/train/parity.json', JSON.stringify(lines));
