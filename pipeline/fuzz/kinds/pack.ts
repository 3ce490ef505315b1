import { sayIn } from '../../../src/i18n/say.ts';
import { checkGolden, readPack } from '../../../src/adapters/tfjs/engine.ts';
import { fetchPack } from '../../../src/adapters/tfjs/load-pack.ts';
import { loadNetwork } from '../../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../../src/adapters/tfjs/node-backend.ts';
import {
  hashFiles,
  tinyGraphFiles,
  tinyManifest,
} from '../../../src/adapters/tfjs/testing/tiny-pack.ts';
import { goldenView } from '../../../src/core/pack/golden-view.ts';
import { scoreLesion } from '../../../src/core/lesion/score-lesion.ts';
import type { SvmFile } from '../../../src/core/classifier/svm-file.ts';
import { createDice, type Dice } from '../dice.ts';
import { accepted, refused, type Answer, type Input, type Kind } from '../kind.ts';
import { mutateBytes, mutateRepeatedly } from '../mutate-bytes.ts';
import { mutateJson } from '../mutate-json.ts';

const BASE = 'https://reader.test/models/tiny/';
const encode = (value: unknown) => new Uint8Array(new TextEncoder().encode(JSON.stringify(value)));

const LENGTH = 10;
const svm: SvmFile = {
  schemaVersion: 1,
  arm: 'cnn',
  featureSchemaId: 'tiny-cnn',
  scaler: { mean: Array(LENGTH).fill(0.1), scale: Array(LENGTH).fill(0.7) },
  kernel: 'rbf',
  gamma: 0.1,
  supportVectors: [Array(LENGTH).fill(0.2), Array(LENGTH).fill(-0.3)],
  coefficients: [1, -1],
  bias: 0.1,
  calibration: { a: -1, b: 0 },
  calibrationBootstrap: [
    { a: -1.1, b: 0.1 },
    { a: -0.9, b: -0.1 },
  ],
};

const reference = {
  schemaVersion: 1,
  lesions: [
    { pathology: 'benign', views: 2, cnn: { score: -1, likelihood: 0.2 }, likelihood: 0.2 },
    { pathology: 'malignant', views: 1, cnn: { score: 1, likelihood: 0.8 }, likelihood: 0.8 },
  ],
  operatingPoints: [{ name: '80 %', likelihood: 0.5, sensitivity: 0.7, specificity: 0.8 }],
};

const arrayBufferOf = (bytes: Uint8Array) => bytes.slice().buffer as ArrayBuffer;

/** manifest.json over the other files, with their true hashes. */
const withManifest = async (files: Input, manifest = tinyManifest()): Promise<Input> => {
  const hashed = await hashFiles(new Map([...files].map(([n, b]) => [n, arrayBufferOf(b)])));
  return new Map([...files, ['manifest.json', encode({ ...manifest, files: hashed })]]);
};

/** A whole pack that is taken: the tiny network of the tests, with its own golden answers. */
const wholePack = async (): Promise<Input> => {
  await useWasmInNode();
  const graph = tinyGraphFiles();
  const manifest = tinyManifest();
  const network = await loadNetwork(manifest, graph);
  const seed = 3;
  const [cnn] = await network.features([goldenView(seed, manifest).patch]);
  if (!cnn) throw new Error('the tiny network gives no features');
  const score = scoreLesion(manifest, { cnn: svm }, [{ cnn }]);
  if (!score.ok) throw new Error(score.error.code);
  const { arms, likelihood } = score.value;
  const golden = {
    schemaVersion: 1,
    patches: [
      { seed, features: [...cnn], score: arms[0]?.score ?? 0, likelihood: likelihood.value },
    ],
  };
  network.dispose();
  return withManifest(
    new Map([
      ...[...graph].map(([name, bytes]) => [name, new Uint8Array(bytes)] as const),
      ['svm-cnn.json', encode(svm)],
      ['reference.json', encode(reference)],
      ['golden.json', encode(golden)],
    ]),
  );
};

const original = await wholePack();

const damaged = (name: string, bytes: Uint8Array, dice: Dice): Uint8Array =>
  name.endsWith('.json') && dice.chance(0.7)
    ? new TextEncoder().encode(mutateJson(new TextDecoder().decode(bytes), dice))
    : mutateRepeatedly(bytes, dice, mutateBytes);

/**
 * As the inference worker does: fetch, check, load, run once, hold against the golden answers. What
 * the network throws while it starts is caught there and told, so it counts as refused here.
 */
const start = async (input: Input): Promise<Answer> => {
  const files = await fetchPack(BASE, {
    fetch: async (url) => {
      const bytes = input.get(url.replace(BASE, ''));
      return bytes ? new Response(bytes.slice()) : new Response('', { status: 404 });
    },
  });
  if (!files.ok) return refused(sayIn('en', files.error));
  const pack = readPack(files.value);
  if (!pack.ok) return refused(sayIn('en', pack.error));
  try {
    const network = await loadNetwork(files.value.manifest, files.value.files);
    try {
      await network.warmUp();
      const problem = await checkGolden(pack.value, network);
      return problem === undefined ? accepted : refused(sayIn('en', problem));
    } finally {
      network.dispose();
    }
  } catch (error) {
    return refused((error as Error).message);
  }
};

/**
 * Packs: every file of one, with the manifest's hashes left as they were or made to fit the damage, as
 * whoever can replace a file could.
 */
export const pack: Kind = {
  make: async (seed, index) => {
    const dice = createDice(seed, index);
    const name = dice.pick([...original.keys(), 'model.json', 'manifest.json']);
    const files = new Map(original);
    files.set(name, damaged(name, files.get(name) as Uint8Array, dice));
    if (name === 'manifest.json' || dice.chance(0.2)) return files;
    files.delete('manifest.json');
    return withManifest(files);
  },
  run: start,
};
