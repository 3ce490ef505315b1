import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cosine } from '../src/core/stats/cosine.ts';
import { goldenPatch } from '../src/core/pack/golden-patch.ts';
import type { Context, Measure } from './lib/measure.ts';
import { matrixProductOnnx, packToOnnx } from './lib/onnx.ts';
import { type PackGraph, readPackGraph } from './lib/pack-graph.ts';
import { CACHE, PACK } from './lib/paths.ts';
import { limitRatio, ratioTo, type Row, rowOf } from './lib/result.ts';
import { short } from './lib/table.ts';
import { matrixProductTflite, packToTflite } from './lib/tflite.ts';
import { layerRows } from './network-layers.ts';
import { alternate, ask, close, open } from './network-peers.ts';
import { runTorch, torchRows } from './network-torch.ts';
import type { About, Kind, KernelTime } from './pages/protocol.ts';

const BATCHES = [1, 2, 4, 16];
/** Below this the peers do not run the same network, and timing them would mean nothing. */
const LEAST_COSINE = 0.9999;

/** One runtime on one backend, and what it is compared with on the same backend. */
interface Runtime {
  readonly name: string;
  readonly kind: Kind;
  readonly backend: string;
  /** tfjs without the product's fusing of convolutions. */
  readonly plain?: boolean;
  /** Left out with a note where it does not run, or not the same network; the others go on. */
  readonly optional?: boolean;
}
interface Group {
  readonly backend: string;
  readonly runtimes: readonly Runtime[];
  /** A software graphics card takes seconds a patch: small batches, few repetitions. */
  readonly slow: boolean;
  /** Side of the square matrices whose product says what the backend can do at best. */
  readonly productSide: number;
}

const groups = (software: boolean): Group[] =>
  ['wasm', 'webgl', 'webgpu'].map((backend) => {
    const slow = software && backend !== 'wasm';
    const unfused = {
      name: `tfjs ${backend} unfused`,
      kind: 'tfjs',
      backend,
      plain: true,
    } as const;
    const runtimes: Runtime[] = [
      { name: `tfjs ${backend}`, kind: 'tfjs', backend },
      ...(slow ? [] : [unfused]),
      // onnxruntime-web 1.30 has no WebGL left that runs this network, LiteRT.js none at all.
      ...(backend === 'webgl'
        ? []
        : [
            { name: `ort ${backend}`, kind: 'ort' as const, backend },
            { name: `litert ${backend}`, kind: 'litert' as const, backend, optional: true },
          ]),
    ];
    return { backend, slow, runtimes, productSide: slow ? 256 : 1024 };
  });

/** Least cosine and largest difference of the feature vectors to `wanted`. */
const agreement = (wanted: readonly number[][], got: readonly number[][]) => {
  const cosines = wanted.map((row, i) => cosine(row, got[i] ?? []));
  const apart = wanted.flatMap((row, i) =>
    row.map((v, k) => Math.abs(v - (got[i]?.[k] ?? Infinity))),
  );
  return { cosine: Math.min(...cosines), apart: apart.reduce((a, b) => Math.max(a, b), 0) };
};

const checkAgreement = (name: string, wanted: readonly number[][], got: readonly number[][]) => {
  const { cosine: least, apart } = agreement(wanted, got);
  if (!(least >= LEAST_COSINE))
    throw new Error(`${name} does not run the same network: feature cosine ${least}`);
  return `${name}: least feature cosine to tfjs wasm ${least.toFixed(6)}, largest difference ${apart.toExponential(1)}`;
};

/** What every worker is opened with. */
const optionsOf = (
  { pages }: Context,
  { manifest }: PackGraph,
  { productSide }: Group,
  { backend, plain }: Runtime,
) => ({
  plain: plain === true,
  backend,
  packUrl: `${pages}pack/`,
  ortUrl: `${pages}ort/`,
  litertUrl: `${pages}litert/`,
  filesUrl: `${pages}files/`,
  modelUrl: `${pages}files/network.onnx`,
  productUrl: `${pages}files/product-${productSide}.onnx`,
  size: manifest.patch.size,
  input: manifest.backbone.input,
});

const couldNot = (name: string, error: unknown): string =>
  `${name} could not be measured: ${(error as Error).message.split('\n')[0]}`;

/** Features that all are held against: those of the first that was asked. */
interface Reference {
  features?: number[][];
}

/** Starts one runtime and checks that it runs the same network. */
const openRuntime = async (
  page: Page,
  { name, kind, optional }: Runtime,
  options: ReturnType<typeof optionsOf>,
  reference: Reference,
  productSide: number,
) => {
  const ms = (await open(page, name, kind, options)) as number;
  const got = (await ask(page, name, { type: 'features' })) as number[][];
  const notes = reference.features ? [checkAgreement(name, reference.features, got)] : [];
  reference.features ??= got;
  // It may lack the product alone, which is known by trying.
  if (optional) await ask(page, name, { type: 'product', side: productSide });
  return { row: rowOf(`${name}, start and first run`, 'ms', [ms]), notes };
};

/** Starts the group's runtimes; those that are optional and fail are not among the ones that it gives. */
const openGroup = async (
  page: Page,
  group: Group,
  context: Context,
  graph: PackGraph,
  reference: Reference,
) => {
  const rows: Row[] = [];
  const notes: string[] = [];
  const runtimes: Runtime[] = [];
  for (const runtime of group.runtimes)
    try {
      const options = optionsOf(context, graph, group, runtime);
      const opened = await openRuntime(page, runtime, options, reference, group.productSide);
      rows.push(opened.row);
      notes.push(...opened.notes);
      runtimes.push(runtime);
    } catch (error) {
      if (!runtime.optional) throw error;
      notes.push(couldNot(runtime.name, error));
      await close(page, [runtime.name]);
    }
  return { rows, notes, runtimes };
};

const measureGroup = async (
  page: Page,
  group: Group,
  { quick }: Context,
  multiplyAdds: number,
  lanes: number,
): Promise<Row[]> => {
  const { slow, productSide: side } = group;
  const names = group.runtimes.map(({ name }) => name);
  const repetitions = quick ? 3 : slow ? 5 : 41;
  const product = await alternate(page, names, { type: 'product', side }, repetitions + 1);
  // The first product compiles; the best one is the machine's peak.
  const peaks = product.map((all) => side ** 3 / (Math.min(...all.slice(1)) / 1000));
  const rows = names.map((name, i) =>
    rowOf(`${name}, matrix product of ${side}`, '10^9 multiply-adds/s', [
      (peaks[i] as number) / 1e9,
    ]),
  );
  for (const batch of slow ? [1] : BATCHES) {
    await alternate(page, names, { type: 'run', batch }, 1);
    const times = await alternate(
      page,
      names,
      { type: 'run', batch },
      batch > 4 ? Math.ceil(0.4 * repetitions) : repetitions,
    );
    const [own = []] = times;
    names.forEach((name, i) => {
      const samples = times[i] ?? [];
      const ratios = [
        ...(i === 0
          ? names.slice(1).map((peer, k) => ratioTo(own, peer, times[k + 1] ?? [], 1))
          : []),
        limitRatio(
          samples,
          batch * multiplyAdds,
          (peaks[i] as number) * (i === 0 ? Math.min(lanes, batch) : 1),
        ),
      ];
      rows.push(rowOf(`${name}, batch ${batch}`, 'ms', samples, { ratios }));
    });
  }
  return rows;
};

const profileNote = async (page: Page, name: string): Promise<string> => {
  const kernels = (await ask(page, name, { type: 'profile' })) as KernelTime[];
  const own = kernels.filter((k) => !k.name.endsWith('__op'));
  const all = own.reduce((sum, k) => sum + k.milliseconds, 0);
  const list = own
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 6)
    .map((k) => `${k.name} ${short(k.milliseconds)} ms in ${k.calls}`);
  return `Profile of ${name}, one patch: ${list.join(', ')}; in all ${short(all)} ms.`;
};

const lanesOf = async (page: Page, { runtimes }: Group): Promise<number> =>
  ((await ask(page, runtimes[0]?.name ?? '', { type: 'about' })) as About).workers;

const aboutNote = async (page: Page, name: string): Promise<string> => {
  const { workers, threads, simd } = (await ask(page, name, { type: 'about' })) as About;
  return `${name}: ${workers} x ${threads} ${threads === 1 ? 'thread' : 'threads'} (workers x threads of each), ${simd ? 'SIMD' : 'no SIMD'}`;
};

/** Layers beside onnxruntime-web's, and kernels of tfjs by kind. */
const measureKernels = async (
  page: Page,
  group: Group,
  context: Context,
  graph: PackGraph,
  lanes: number,
) => {
  const { runtimes, backend, slow } = group;
  const [product] = runtimes as [Runtime];
  const rows: Row[] = [];
  const notes: string[] = [];
  const options = optionsOf(context, graph, group, product);
  const threads = backend === 'wasm' ? [...new Set([1, lanes])] : [1];
  const peers = threads.map((count) => ({
    name:
      backend === 'wasm'
        ? `ort wasm, ${count} ${count > 1 ? 'threads' : 'thread'}`
        : `ort ${backend}`,
    options: { ...options, threads: count },
  }));
  if (runtimes.some(({ kind }) => kind === 'ort'))
    rows.push(
      ...(await layerRows(page, graph, product.name, peers, context.quick ? 3 : slow ? 5 : 25)),
    );
  if (backend === 'wasm')
    for (const { name, plain } of runtimes) if (!plain) notes.push(await aboutNote(page, name));
  for (const { name, kind } of runtimes)
    if (kind === 'tfjs') notes.push(await profileNote(page, name));
  return { rows, notes };
};

/** The shipped backbone on every backend, beside onnxruntime-web, LiteRT.js and PyTorch with the same weights. */
export const measureNetwork: Measure = async (context) => {
  const graph = readPackGraph(PACK);
  const { multiplyAdds } = graph.manifest.backbone;
  const { size } = graph.manifest.patch;
  const files = join(CACHE, 'files');
  writeFileSync(join(files, 'network.onnx'), packToOnnx(graph));
  for (const batch of BATCHES)
    writeFileSync(join(files, `network-${batch}.tflite`), packToTflite(graph, batch));
  const patches = Float32Array.from(
    Array.from({ length: 16 }, (_, i) => Array.from(goldenPatch(i + 1, size))).flat(),
  );
  writeFileSync(join(files, 'patches.f32'), new Uint8Array(patches.buffer));

  const rows: Row[] = [];
  const notes: string[] = [];
  const reference: Reference = {};
  const page = await context.chromium.newPage();
  await page.goto(context.pages);
  const software = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    return (
      !adapter ||
      /swiftshader|llvmpipe/i.test(JSON.stringify([adapter.info.vendor, adapter.info.architecture]))
    );
  });
  if (software)
    notes.push(
      'WebGPU and WebGL are computed in software (SwiftShader) here: those rows say nothing of a graphics card.',
    );
  const { backend } = context;
  for (const group of groups(software).filter((g) => !backend || g.backend === backend)) {
    context.say(`  ${group.backend}`);
    const { productSide: side } = group;
    writeFileSync(join(files, `product-${side}.onnx`), matrixProductOnnx(side));
    writeFileSync(join(files, `product-${side}.tflite`), matrixProductTflite(side));
    try {
      const opened = await openGroup(page, group, context, graph, reference);
      rows.push(...opened.rows);
      notes.push(...opened.notes);
      const running = { ...group, runtimes: opened.runtimes };
      const lanes = group.backend === 'wasm' ? await lanesOf(page, running) : 1;
      rows.push(...(await measureGroup(page, running, context, multiplyAdds, lanes)));
      const kernels = await measureKernels(page, running, context, graph, lanes);
      rows.push(...kernels.rows);
      notes.push(...kernels.notes);
    } catch (error) {
      notes.push(couldNot(group.backend, error));
    }
    await close(
      page,
      group.runtimes.map((r) => r.name),
    );
  }
  context.say('  PyTorch');
  const torch = runTorch(join(files, 'patches.f32'), context.quick ? 3 : 25, BATCHES);
  if (typeof torch === 'string') notes.push(`PyTorch could not be measured: ${torch}`);
  else {
    notes.push(
      checkAgreement(
        `PyTorch ${torch.version}, ${torch.threads} threads`,
        reference.features ?? [],
        torch.features,
      ),
    );
    rows.push(...torchRows(torch, multiplyAdds, BATCHES));
  }
  return {
    name: 'network',
    title: 'Network: the shipped backbone, one batch of patches',
    rows,
    notes,
  };
};
