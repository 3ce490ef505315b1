// Adds the finder to a pack, in place:
//   npm run finder:add -- --pack DIR --pack-version VERSION --graph .cache/finder/graphs/final --rules pipeline/finder/results/rules.json
// Writes finder.json and its shard (float16 weights), finder-rules.json with a golden view, and the
// manifest with their hashes. A finder that was there is replaced. The
// card follows with pipeline/pack/refresh-card.ts.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadFinder } from '../../src/adapters/tfjs/finder.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { HEAD_CHANNELS } from '../../src/core/finder/finder-maps.ts';
import { FINDER_SCHEMA_VERSION, type FinderFile } from '../../src/core/pack/finder-file.ts';
import { goldenPatch } from '../../src/core/pack/golden-patch.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { ONLY_MARKED } from '../card/model-card.ts';
import { readGraph } from '../network/node-network.ts';
import { toHalfGraph } from '../pack/half-graph.ts';
import { readPack } from '../pack/read-pack.ts';

const FILES = { model: 'finder.json', shard: 'finder.bin', rules: 'finder-rules.json' } as const;
const INPUT = 'view';
const GOLDEN = { seed: 7, size: 160, tolerance: 0.02 };
/** Said wherever the finder speaks. */
const LIMITS = [
  'Masses only: calcifications, distortions and asymmetries are not looked for.',
  'Trained on scanned films that each hold a mass: how many marks a healthy breast gets is not known from them.',
  'A breast without a mark is not called normal.',
];

interface Graph {
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[] }[] }[];
  modelTopology: {
    node: {
      name: string;
      op: string;
      input?: string[];
      attr: Record<string, { list?: { i?: string[] } }>;
    }[];
  };
}

/** Multiply-adds for an input of width x height: for each convolution, outputs times the taps of one. */
const countMultiplyAdds = (graph: Graph, width: number, height: number): number => {
  const shapes = new Map(
    graph.weightsManifest.flatMap((g) => g.weights.map((w) => [w.name, w.shape] as const)),
  );
  const cells = new Map<string, number>([[INPUT, width * height]]);
  let sum = 0;
  for (const { name, op, input = [], attr } of graph.modelTopology.node) {
    if (input.length === 0) continue;
    const from = cells.get(input[0] ?? '') ?? 0;
    const stride = Number(attr.strides?.list?.i?.[1] ?? 1);
    const here = op === 'DepthToSpace' ? from * 4 : from / stride ** 2;
    cells.set(name, here);
    const [h = 0, w = 0, a = 0, b = 0] = shapes.get(input[1] ?? '') ?? [];
    if (op === 'Conv2D' || op === 'DepthwiseConv2dNative') sum += here * h * w * a * b;
  }
  return Math.round(sum);
};

const entry = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
});

const main = async () => {
  const { values } = parseArgs({
    options: {
      pack: { type: 'string' },
      graph: { type: 'string', default: '.cache/finder/graphs/final' },
      rules: { type: 'string', default: 'pipeline/finder/results/rules.json' },
      version: { type: 'string', default: '1' },
      /** The pack's own, which changes with what is in it. */
      'pack-version': { type: 'string' },
    },
  });
  if (!values.pack) throw new Error('usage: npm run finder:add -- --pack DIR');
  const before = readPack(values.pack);
  if (!before.ok) throw new Error(before.error);
  const half = toHalfGraph(readGraph(values.graph));
  const graph = JSON.parse(new TextDecoder().decode(half.files.get('model.json'))) as Graph;
  const shard = new Uint8Array(half.files.get('weights.bin') as ArrayBuffer);
  for (const group of graph.weightsManifest) group.paths = [FILES.shard];
  const model = new TextEncoder().encode(JSON.stringify(graph));
  const rules = JSON.parse(readFileSync(values.rules, 'utf8')) as Pick<
    FinderFile,
    'input' | 'mirror' | 'rescoring' | 'breastCalibration' | 'operatingPoints'
  >;
  await useWasmInNode();
  const files = new Map<string, ArrayBuffer>([
    [FILES.model, model.slice().buffer],
    [FILES.shard, shard.slice().buffer],
  ]);
  const { mirror } = rules;
  const network = await loadFinder({ file: FILES.model, input: INPUT, mirror }, files);
  const { seed, size } = GOLDEN;
  const maps = await network.maps({ width: size, height: size, data: goldenPatch(seed, size) });
  network.dispose();
  const centre = Array.from({ length: maps.columns * maps.rows }, (_, i) =>
    Number((maps.head[i * HEAD_CHANNELS] as number).toPrecision(5)),
  );
  const whole: FinderFile = {
    schemaVersion: FINDER_SCHEMA_VERSION,
    version: values.version,
    ...rules,
    defaultFalseMarks: 0.25,
    limits: LIMITS,
    golden: { ...GOLDEN, centre },
  };
  const text = new TextEncoder().encode(JSON.stringify(whole));
  const { maxWidth, maxHeight } = rules.input;
  const manifest: PackManifest = {
    ...before.value.manifest,
    version: values['pack-version'] ?? before.value.manifest.version,
    outOfScope: before.value.manifest.outOfScope.filter((item) => item !== ONLY_MARKED),
    finder: {
      file: FILES.model,
      rules: FILES.rules,
      input: INPUT,
      multiplyAdds: countMultiplyAdds(graph, maxWidth, maxHeight),
    },
    files: {
      ...before.value.manifest.files,
      [FILES.model]: entry(model),
      [FILES.shard]: entry(shard),
      [FILES.rules]: entry(text),
    },
  };
  writeFileSync(join(values.pack, FILES.model), model);
  writeFileSync(join(values.pack, FILES.shard), shard);
  writeFileSync(join(values.pack, FILES.rules), text);
  writeFileSync(join(values.pack, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const after = readPack(values.pack);
  if (!after.ok) throw new Error(after.error);
  const added = model.length + shard.length + text.length;
  console.log(
    `${values.pack} has finder ${whole.version}, ${added} bytes, ${(manifest.finder?.multiplyAdds ?? 0) / 1e9} billion multiply-adds at most`,
  );
};

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
