import { armsIn, type ByArm, measuredOf } from '../../src/core/classifier/arms.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoreLesion } from '../../src/core/lesion/score-lesion.ts';
import type { GoldenFile } from '../../src/core/pack/golden-file.ts';
import { goldenView } from '../../src/core/pack/golden-view.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { PACK_SCHEMA_VERSION } from '../../src/core/units/schema-version.ts';
import { parsePack } from '../../src/core/pack/parse-pack.ts';
import type { ReferenceFile } from '../../src/core/pack/reference-file.ts';
import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import type { CardFiles } from '../card/card-of.ts';
import { openNetwork, type GraphFiles } from '../network/node-network.ts';

/** The card of a pack, to be read and to be parsed. */
export const CARD_FILES = { markdown: 'MODEL_CARD.md', xml: 'model-card.xml' } as const;

/** The most a pack may weigh, bytes: a hospital's PC loads it over the house network. */
export const MOST_BYTES = 8 * 1024 * 1024;
const GOLDEN_SEEDS = [1, 2, 3, 4, 5, 6];
const GRAIN = 0.02;

const round = (v: number, digits: number): number => Number(v.toPrecision(digits));

export type PackSvms = ByArm<SvmFile>;

/** What the chain answers for the golden patches, on the wasm backend in Node. */
export const makeGolden = async (
  graph: GraphFiles,
  manifest: PackManifest,
  svms: PackSvms,
): Promise<GoldenFile> => {
  const { backbone, patch } = manifest;
  const description = { input: backbone.input, size: patch.size };
  const network = await openNetwork(graph, description, backbone.taps);
  const views = GOLDEN_SEEDS.map((seed) => goldenView(seed, manifest, GRAIN));
  const vectors = await network.features(views.map((view) => view.patch));
  network.dispose();
  const patches = vectors.map((cnn, i) => {
    const measured = measuredOf(views[i] ?? {});
    const answer = scoreLesion(manifest, svms, [{ cnn, ...measured }]);
    if (!answer.ok)
      throw new Error(`a golden patch has no score: ${sayIn('en', answer.error.text)}`);
    return {
      seed: GOLDEN_SEEDS[i] as number,
      grain: GRAIN,
      features: Array.from(cnn, (v) => round(v, 7)),
      ...measuredOf(measured, (vector) => Array.from(vector, (v) => round(v, 7))),
      score: answer.value.arms[0]?.score as number,
      likelihood: answer.value.likelihood.value,
    };
  });
  return { schemaVersion: PACK_SCHEMA_VERSION, patches };
};

/**
 * Writes a pack: graph, SVMs, reference, golden patches, model card, and the manifest with the hash
 * and size of each. The folder is emptied first. Throws when the files do not fit together (a bug)
 * or weigh more than MOST_BYTES.
 */
export const writePack = async (
  folder: string,
  graph: GraphFiles,
  manifest: Omit<PackManifest, 'files'>,
  svms: PackSvms,
  reference: ReferenceFile,
  card: CardFiles,
): Promise<{ readonly bytes: number }> => {
  const golden = await makeGolden(graph, { ...manifest, files: {} }, svms);
  const texts = new Map([
    ...armsIn(svms).map((arm) => [`svm-${arm}.json`, JSON.stringify(svms[arm])] as const),
    ['reference.json', JSON.stringify(reference)],
    ['golden.json', JSON.stringify(golden)],
    [CARD_FILES.markdown, card.markdown],
    [CARD_FILES.xml, card.xml],
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
  if (!parsed.ok) throw new Error(sayIn('en', parsed.error));
  const bytes = entries.reduce((sum, [, entry]) => sum + entry.bytes, 0);
  if (bytes > MOST_BYTES) throw new Error(`the pack weighs ${bytes} bytes, over ${MOST_BYTES}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, data] of files) writeFileSync(join(folder, path), data);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(whole, null, 2)}\n`);
  return { bytes };
};
