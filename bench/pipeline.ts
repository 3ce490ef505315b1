import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { loadNetwork } from '../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../src/adapters/tfjs/node-backend.ts';
import { goldenPatch } from '../src/core/pack/golden-patch.ts';
import { startLibsvm } from '../pipeline/svm/libsvm.ts';
import { readPack } from '../pipeline/pack/read-pack.ts';
import { type Measure } from './lib/measure.ts';
import { BENCH, CACHE, PACK, ROOT } from './lib/paths.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { seededRandom } from '../src/core/stats/random.ts';

const BATCH = 8;
const SIZES = [1, 2, 4, 8];
const MIB = 2 ** 20;

/** Boxes a second of the network in Node, as `npm run train` and `evaluate` run it. */
const ownRates = async (repetitions: number): Promise<number[]> => {
  await useWasmInNode();
  const pack = readPack(PACK);
  if (!pack.ok) throw new Error(pack.error);
  const { manifest, graph } = pack.value;
  const network = await loadNetwork(manifest, graph.files);
  const patches = Array.from({ length: BATCH }, (_, i) => goldenPatch(i + 1, manifest.patch.size));
  await network.features(patches);
  const rates: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now();
    await network.features(patches);
    rates.push((1000 * BATCH) / (performance.now() - start));
  }
  network.dispose();
  return rates;
};

/** The same in PyTorch, with as many threads as there are cores. */
const torchRates = (repetitions: number): number[] | undefined => {
  const file = join(CACHE, 'files/patches.f32');
  const size = 160;
  const all = Array.from({ length: 16 }, (_, i) => Array.from(goldenPatch(i + 1, size))).flat();
  writeFileSync(file, new Uint8Array(Float32Array.from(all).buffer));
  const args = [join(BENCH, 'torch_network.py'), PACK, file, String(repetitions), String(BATCH)];
  const { status, stdout } = spawnSync('/usr/bin/python3', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) return undefined;
  const { milliseconds } = JSON.parse(stdout) as { milliseconds: Record<string, number[]> };
  return milliseconds[String(BATCH)]?.map((ms) => (1000 * BATCH) / ms);
};

const SIDE = 800;
const IMAGES = 10;
const LESIONS = 20;

/** Films that hold nothing but a bright half disc with spots, in the format of the training archive. */
const writeImages = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  for (let k = 0; k < 2 * IMAGES; k++) {
    const random = seededRandom(k + 1);
    const data = new Uint8Array(SIDE * SIDE * 4);
    for (let i = 0; i < SIDE * SIDE; i++) {
      const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
      const inside = x * x + (y - SIDE / 2) ** 2 < 380 ** 2;
      const spot = Math.exp(-(((x - 120) / 30) ** 2 + ((y - 400) / 18) ** 2));
      const grey = inside ? 70 + 90 * spot + 20 * random() : 4;
      data.fill(grey, 4 * i, 4 * i + 3);
      data[4 * i + 3] = 255;
    }
    const image = jpeg.encode({ data, width: SIDE, height: SIDE }, 90);
    writeFileSync(join(folder, `${k}.jpg`), image.data);
  }
};

const HEADER = 'image,pixel_aspect,patient,side,view,lesion,x,y,width,height,pathology';

/** `copies` times the lesions, each copy with boxes of its own: nothing is found in a cache. */
const writeRois = (file: string, copies: number): void => {
  const lines = Array.from({ length: LESIONS * copies }, (_, n) => {
    const pair = n % IMAGES;
    const [x, y] = [80 + (n % 7), 370 + Math.floor(n / 7) * 0.5];
    const pathology = n % 5 < 2 ? 'malignant' : 'benign';
    return ['CC', 'MLO'].map(
      (view, v) => `${2 * pair + v}.jpg,1.7,P${n},L,${view},L${n},${x},${y},80,56,${pathology}`,
    );
  });
  writeFileSync(file, `${[HEADER, ...lines.flat()].join('\n')}\n`);
};

const peakOf = (id: number | undefined): number => {
  const file = `/proc/${id}/status`;
  if (!existsSync(file)) return Number.NaN;
  return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? Number.NaN);
};

/** Seconds and most memory of one `npm run evaluate` on freshly made boxes. */
const evaluate = (folder: string, copies: number): Promise<{ seconds: number; peak: number }> =>
  new Promise((resolve, reject) => {
    const rois = join(folder, `rois-${copies}.csv`);
    writeRois(rois, copies);
    const cache = join(folder, `cache-${copies}`);
    rmSync(cache, { recursive: true, force: true });
    const start = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', 'pipeline/cli.ts', 'evaluate', '--pack', PACK, '--rois', rois],
        ...['--images', join(folder, 'images'), '--cache', cache],
        ...['--json', join(folder, `out-${copies}.json`)],
      ],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said = text.toString()));
    let peak = 0;
    const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid) || 0)), 200);
    child.on('close', (code) => {
      clearInterval(timer);
      rmSync(cache, { recursive: true, force: true });
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, peak });
      else reject(new Error(`evaluate ended with ${code}: ${said}`));
    });
  });

const evaluateRows = async (quick: boolean): Promise<Row[]> => {
  const folder = join(CACHE, 'pipeline');
  writeImages(join(folder, 'images'));
  const rows: Row[] = [];
  let least: number[] | undefined;
  for (const copies of quick ? [1, 2] : SIZES) {
    const { seconds, peak } = await evaluate(folder, copies);
    least ??= [seconds];
    rows.push(
      rowOf(`evaluate ${LESIONS * copies} lesions of two views`, 's', [seconds], {
        ratios: [ratioTo([seconds], `${LESIONS} lesions`, least)],
      }),
      rowOf(`evaluate ${LESIONS * copies} lesions: most memory`, 'MiB', [peak / MIB]),
    );
  }
  return rows;
};

const FEATURES = 320;
const TRAINING_ROWS = 300;

/** One support vector machine on random vectors of the network's length, the kernel included. */
const trainRows = async (quick: boolean): Promise<Row[]> => {
  const libsvm = await startLibsvm();
  const random = seededRandom(7);
  const rows: Row[] = [];
  let least: number[] | undefined;
  const held = () => process.memoryUsage().rss / MIB;
  const before = held();
  for (const copies of quick ? [1, 2] : SIZES) {
    const n = TRAINING_ROWS * copies;
    const malignant = Array.from({ length: n }, (_, i) => i % 5 < 2);
    const vectors = malignant.map((m) =>
      Float32Array.from({ length: FEATURES }, () => random() + (m ? 0.05 : 0)),
    );
    const start = performance.now();
    const gram = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        const [a, b] = [vectors[i] as Float32Array, vectors[j] as Float32Array];
        let dot = 0;
        for (let k = 0; k < FEATURES; k++) dot += (a[k] as number) * (b[k] as number);
        gram[i * n + j] = gram[j * n + i] = dot / FEATURES;
      }
    libsvm.train((i, j) => gram[i * n + j] as number, malignant, 1);
    const seconds = (performance.now() - start) / 1000;
    least ??= [seconds];
    rows.push(
      rowOf(`train one machine on ${n} boxes`, 's', [seconds], {
        ratios: [ratioTo([seconds], `${TRAINING_ROWS} boxes`, least)],
      }),
      // While the kernel of all pairs is still there.
      rowOf(`train one machine on ${n} boxes: memory beyond the start`, 'MiB', [held() - before]),
    );
  }
  return rows;
};

/** How fast the batch commands are beside PyTorch, and how they grow with the number of lesions. */
export const measurePipeline: Measure = async ({ quick }) => {
  const own = await ownRates(quick ? 3 : 15);
  const torch = torchRates(quick ? 3 : 15);
  // How many times PyTorch's rate: more is better, so the ratio is turned round.
  const ratios = torch ? [ratioTo(own, "PyTorch's rate", torch)] : [];
  return {
    name: 'pipeline',
    title: 'Pipeline: extraction beside PyTorch, and growth with the number of lesions',
    rows: [
      rowOf('network in Node (tfjs wasm, one thread), batches of 8', 'boxes/s', own, { ratios }),
      ...(torch ? [rowOf('PyTorch, batches of 8', 'boxes/s', torch)] : []),
      ...(await evaluateRows(quick)),
      ...(await trainRows(quick)),
    ],
    notes: [
      'The lesions are synthetic and each copy has boxes of its own, so that nothing is found in a cache.',
      'Training is one machine on random vectors, kernel included; the whole nested search is many of these (docs/evaluation-m1.md gives its time).',
      ...(torch ? [] : ['PyTorch was not found.']),
    ],
  };
};
