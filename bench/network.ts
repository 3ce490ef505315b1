import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cosine } from '../src/adapters/tfjs/golden-check.ts';
import { goldenPatch } from '../src/core/pack/golden-patch.ts';
import type { Context, Measure } from './lib/measure.ts';
import { matrixProductOnnx, packToOnnx } from './lib/onnx.ts';
import { type PackGraph, readPackGraph } from './lib/pack-graph.ts';
import { BENCH, CACHE, PACK } from './lib/paths.ts';
import { type Ratio, ratioTo, type Row, rowOf } from './lib/result.ts';
import { spreadOf } from './lib/spread.ts';
import { short } from './lib/table.ts';
import type { BenchApi, Kind, KernelTime } from './pages/protocol.ts';

const BATCHES = [1, 2, 4, 16];
const PRODUCT_SIDE = 1024;
/** Below this the peers do not run the same network, and timing them would mean nothing. */
const LEAST_COSINE = 0.9999;

/** One runtime on one backend, and what it is compared with on the same backend. */
interface Runtime {
  readonly name: string;
  readonly kind: Kind;
  readonly backend: string;
  /** tfjs without the product's fusing of convolutions. */
  readonly plain?: boolean;
}
interface Group {
  readonly backend: string;
  readonly runtimes: readonly Runtime[];
  /** A software graphics card takes seconds a patch: small batches, few repetitions. */
  readonly slow: boolean;
}

const groups = (software: boolean): Group[] =>
  ['wasm', 'webgl', 'webgpu'].map((backend) => ({
    backend,
    slow: software && backend !== 'wasm',
    runtimes: [
      { name: `tfjs ${backend}`, kind: 'tfjs' as const, backend },
      // onnxruntime-web 1.30 has no WebGL left that runs this network.
      { name: `tfjs ${backend} unfused`, kind: 'tfjs' as const, backend, plain: true },
      ...(backend === 'webgl' ? [] : [{ name: `ort ${backend}`, kind: 'ort' as const, backend }]),
    ],
  }));

declare const bench: BenchApi;

const ask = (page: Page, name: string, message: object) =>
  page.evaluate(([n, m]) => bench.ask(n, m), [name, message] as const);

const alternate = (page: Page, names: readonly string[], message: object, times: number) =>
  page.evaluate(([n, m, t]) => bench.alternate(n, m, t), [names, message, times] as const);

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

interface Torch {
  readonly version: string;
  readonly threads: number;
  readonly features: readonly number[][];
  readonly milliseconds: Readonly<Record<string, readonly number[]>>;
  readonly multiplyAddsPerSecond: readonly number[];
}

/** The same weights in PyTorch on the processor, or why not. */
const runTorch = (patches: string, repetitions: number): Torch | string => {
  const args = [join(BENCH, 'torch_network.py'), PACK, patches, String(repetitions)];
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/python3',
    [...args, ...BATCHES.map(String)],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  if (status !== 0) return stderr?.trim().split('\n').at(-1) ?? 'no python3';
  return JSON.parse(stdout) as Torch;
};

/** Time of a batch at the rate of a plain matrix product on the same backend. */
const limitRatio = (samples: readonly number[], multiplyAdds: number, perSecond: number): Ratio =>
  ratioTo(samples, 'arithmetic limit', [(1000 * multiplyAdds) / perSecond]);

const openGroup = async (page: Page, { runtimes }: Group, context: Context, graph: PackGraph) => {
  const { size } = graph.manifest.patch;
  const { input } = graph.manifest.backbone;
  const rows: Row[] = [];
  for (const { name, kind, backend, plain = false } of runtimes) {
    const options = {
      plain,
      backend,
      packUrl: `${context.pages}pack/`,
      ortUrl: `${context.pages}ort/`,
      modelUrl: `${context.pages}files/network.onnx`,
      productUrl: `${context.pages}files/product.onnx`,
      size,
      input,
    };
    const ms = await page.evaluate(([n, k, o]) => bench.open(n, k, o) as Promise<number>, [
      name,
      kind,
      options,
    ] as const);
    rows.push(rowOf(`${name}, start and first run`, 'ms', [ms]));
  }
  return rows;
};

const measureGroup = async (
  page: Page,
  group: Group,
  { quick }: Context,
  multiplyAdds: number,
): Promise<Row[]> => {
  const names = group.runtimes.map(({ name }) => name);
  const repetitions = group.slow ? 3 : quick ? 3 : 25;
  const product = await alternate(
    page,
    names,
    { type: 'product', side: PRODUCT_SIDE },
    repetitions + 1,
  );
  // The first product compiles; the best one is the machine's peak.
  const peaks = product.map((all) => PRODUCT_SIDE ** 3 / (Math.min(...all.slice(1)) / 1000));
  const rows = names.map((name, i) =>
    rowOf(`${name}, matrix product of ${PRODUCT_SIDE}`, '10^9 multiply-adds/s', [
      (peaks[i] as number) / 1e9,
    ]),
  );
  for (const batch of group.slow ? (quick ? [1] : [1, 4]) : BATCHES) {
    await alternate(page, names, { type: 'run', batch }, 1);
    const times = await alternate(
      page,
      names,
      { type: 'run', batch },
      Math.max(1, Math.ceil(repetitions / (batch > 4 ? 3 : 1))),
    );
    const [own = []] = times;
    names.forEach((name, i) => {
      const samples = times[i] ?? [];
      const ratios = [
        ...(i === 0
          ? names.slice(1).map((peer, k) => ratioTo(own, peer, times[k + 1] ?? [], 1))
          : []),
        limitRatio(samples, batch * multiplyAdds, peaks[i] as number),
      ];
      rows.push(rowOf(`${name}, batch ${batch}`, 'ms', samples, { ratios }));
    });
  }
  return rows;
};

const profileNote = async (page: Page, name: string): Promise<string> => {
  const kernels = (await ask(page, name, { type: 'profile', batch: 1 })) as KernelTime[];
  const all = kernels.reduce((sum, k) => sum + k.milliseconds, 0);
  const list = kernels
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 6)
    .map((k) => `${k.name} ${short(k.milliseconds)} ms in ${k.calls}`);
  return `Profile of ${name}, one patch: ${list.join(', ')}; in all ${short(all)} ms.`;
};

const torchRows = (torch: Torch, multiplyAdds: number): Row[] => {
  const { q3: peak } = spreadOf(torch.multiplyAddsPerSecond);
  return [
    rowOf(`PyTorch, matrix product of ${PRODUCT_SIDE}`, '10^9 multiply-adds/s', [peak / 1e9]),
    ...BATCHES.map((batch) => {
      const samples = torch.milliseconds[String(batch)] ?? [];
      return rowOf(`PyTorch, batch ${batch}`, 'ms', samples, {
        ratios: [limitRatio(samples, batch * multiplyAdds, peak)],
      });
    }),
  ];
};

/** The shipped backbone on every backend, beside onnxruntime-web and PyTorch with the same weights. */
export const measureNetwork: Measure = async (context) => {
  const graph = readPackGraph(PACK);
  const { multiplyAdds } = graph.manifest.backbone;
  const { size } = graph.manifest.patch;
  const files = join(CACHE, 'files');
  writeFileSync(join(files, 'network.onnx'), packToOnnx(graph));
  writeFileSync(join(files, 'product.onnx'), matrixProductOnnx(PRODUCT_SIDE));
  const patches = Float32Array.from(
    Array.from({ length: 16 }, (_, i) => Array.from(goldenPatch(i + 1, size))).flat(),
  );
  writeFileSync(join(files, 'patches.f32'), new Uint8Array(patches.buffer));

  const rows: Row[] = [];
  const notes: string[] = [];
  let wanted: number[][] | undefined;
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
    try {
      rows.push(...(await openGroup(page, group, context, graph)));
      for (const { name } of group.runtimes) {
        const got = (await ask(page, name, { type: 'features' })) as number[][];
        if (wanted) notes.push(checkAgreement(name, wanted, got));
        else wanted = got;
      }
      rows.push(...(await measureGroup(page, group, context, multiplyAdds)));
      if (group.backend === 'wasm')
        for (const name of ['tfjs wasm', 'tfjs wasm unfused'])
          notes.push(await profileNote(page, name));
    } catch (error) {
      notes.push(
        `${group.backend} could not be measured: ${(error as Error).message.split('\n')[0]}`,
      );
    }
    await page.evaluate(
      (names) => names.forEach((n) => bench.close(n)),
      group.runtimes.map((r) => r.name),
    );
  }
  context.say('  PyTorch');
  const torch = runTorch(join(files, 'patches.f32'), context.quick ? 3 : 25);
  if (typeof torch === 'string') notes.push(`PyTorch could not be measured: ${torch}`);
  else {
    notes.push(
      checkAgreement(
        `PyTorch ${torch.version}, ${torch.threads} threads`,
        wanted ?? [],
        torch.features,
      ),
    );
    rows.push(...torchRows(torch, multiplyAdds));
  }
  return {
    name: 'network',
    title: 'Network: the shipped backbone, one batch of patches',
    rows,
    notes,
  };
};
