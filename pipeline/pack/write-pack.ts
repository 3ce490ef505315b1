import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrate } from '../../src/core/classifier/calibration.ts';
import { decisionValue } from '../../src/core/classifier/svm.ts';
import type { GoldenFile } from '../../src/core/pack/golden-file.ts';
import { goldenPatch } from '../../src/core/pack/golden-patch.ts';
import { PACK_SCHEMA_VERSION, type PackManifest } from '../../src/core/pack/manifest.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import type { ReferenceFile } from '../../src/core/pack/reference-file.ts';
import type { SvmFile } from '../../src/core/pack/svm-file.ts';
import { openNetwork, type GraphFiles } from '../node-network.ts';

/** The most a pack may weigh, bytes: a hospital's PC loads it over the house network. */
export const MOST_BYTES = 8 * 1024 * 1024;
const GOLDEN_SEEDS = [1, 2, 3, 4, 5, 6];

const round = (v: number, digits: number): number => Number(v.toPrecision(digits));

/** What the chain answers for the golden patches, on the wasm backend in Node. */
const makeGolden = async (
  graph: GraphFiles,
  { backbone, patch }: Omit<PackManifest, 'files'>,
  svm: SvmFile,
): Promise<GoldenFile> => {
  const description = { input: backbone.input, size: patch.size };
  const network = await openNetwork(graph, description, backbone.taps);
  const vectors = await network.features(GOLDEN_SEEDS.map((seed) => goldenPatch(seed, patch.size)));
  network.dispose();
  const patches = vectors.map((vector, i) => {
    const score = decisionValue(svm, vector);
    return {
      seed: GOLDEN_SEEDS[i] as number,
      features: Array.from(vector, (v) => round(v, 7)),
      score,
      likelihood: calibrate(svm.calibration, score),
    };
  });
  return { schemaVersion: PACK_SCHEMA_VERSION, patches };
};

/**
 * Writes a pack: graph, SVM, reference, golden patches, model card, and the manifest with the hash
 * and size of each. The folder is emptied first. Throws when the files do not fit together (a bug)
 * or weigh more than MOST_BYTES.
 */
export const writePack = async (
  folder: string,
  graph: GraphFiles,
  manifest: Omit<PackManifest, 'files'>,
  svm: SvmFile,
  reference: ReferenceFile,
  modelCard: string,
): Promise<{ readonly bytes: number }> => {
  const golden = await makeGolden(graph, manifest, svm);
  const texts = new Map([
    ['svm-cnn.json', JSON.stringify(svm)],
    ['reference.json', JSON.stringify(reference)],
    ['golden.json', JSON.stringify(golden)],
    ['MODEL_CARD.md', modelCard],
  ]);
  const files = new Map<string, Uint8Array>([
    ...[...graph.files].map(([path, bytes]) => [path, new Uint8Array(bytes)] as const),
    ...[...texts].map(([path, text]) => [path, new TextEncoder().encode(text)] as const),
  ]);
  const entries = [...files].map(([path, bytes]) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return [path, { sha256, bytes: bytes.length }] as const;
  });
  const whole: PackManifest = { ...manifest, files: Object.fromEntries(entries) };
  const parsed = parsePack(whole, (path) => texts.get(path));
  if (!parsed.ok) throw new Error(parsed.error);
  const bytes = entries.reduce((sum, [, entry]) => sum + entry.bytes, 0);
  if (bytes > MOST_BYTES) throw new Error(`the pack weighs ${bytes} bytes, over ${MOST_BYTES}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, data] of files) writeFileSync(join(folder, path), data);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(whole, null, 2)}\n`);
  return { bytes };
};
