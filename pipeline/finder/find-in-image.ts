import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinderNetwork } from '../../src/adapters/tfjs/finder.ts';
import { finderInput, type FinderRule } from '../../src/core/finder/finder-input.ts';
import { candidatesInView } from '../../src/core/finder/look-at-view.ts';
import type { ViewCandidate } from '../../src/core/finder/view-cues.ts';
import { toWorkingImage, type WorkingRule } from '../../src/core/image/working-image.ts';
import { ok, type Result } from '../../src/core/message/result.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';

/** One image of a table, whole: what the finder needs of it. */
export interface TableImage {
  readonly image: string;
  readonly pixelAspect?: number;
  readonly view: string;
}

export interface FinderRules {
  readonly working: WorkingRule;
  readonly input: FinderRule;
}

/** A network with a name that stands for its weights in cache keys. */
export interface NamedFinder {
  readonly network: FinderNetwork;
  readonly hash: string;
}

/** What was found in an image, and its size as stored. */
export interface FoundInImage {
  readonly columns: number;
  readonly rows: number;
  readonly candidates: readonly ViewCandidate[];
}

type Stored = Omit<ViewCandidate, 'features'> & { readonly features: readonly number[] };
type StoredImage = Omit<FoundInImage, 'candidates'> & { readonly candidates: readonly Stored[] };

const revive = (text: string): FoundInImage => {
  const { columns, rows, candidates } = JSON.parse(text) as StoredImage;
  return {
    columns,
    rows,
    candidates: candidates.map((c) => ({ ...c, features: Float32Array.from(c.features) })),
  };
};

const keep = (path: string, found: FoundInImage): void => {
  const candidates = found.candidates.map((c) => ({
    ...c,
    features: Array.from(c.features, (v) => Number(v.toPrecision(5))),
  }));
  const text = JSON.stringify({ ...found, candidates });
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
};

/**
 * Candidates of one image file with their cues, best first. Kept in `cacheFolder` by the file's
 * bytes, the rules and the network. The error says in plain words why there are none.
 */
export const findInImage = async (
  { image, pixelAspect, view }: TableImage,
  imagesFolder: string,
  rules: FinderRules,
  { network, hash }: NamedFinder,
  cacheFolder: string,
): Promise<Result<FoundInImage, string>> => {
  const bytes = await readBytes(join(imagesFolder, image));
  if (!bytes.ok) return { ok: false, error: `${image}: ${bytes.error}` };
  const key = createHash('sha256')
    .update(JSON.stringify(['finder 3', hash, rules, pixelAspect ?? 1, view]))
    .update(bytes.value)
    .digest('hex');
  const path = join(cacheFolder, `${key}.json`);
  if (existsSync(path)) return ok(revive(readFileSync(path, 'utf8')));
  const decoded = await decodeImage(bytes.value, image, pixelAspect);
  if (!decoded.ok) return decoded;
  const working = toWorkingImage(decoded.value, rules.working);
  const input = finderInput(working, rules.input);
  const maps = await network.maps(input);
  const { columns, rows } = decoded.value;
  const candidates = candidatesInView(maps, { columns, rows, view, working, input });
  const found = { columns, rows, candidates };
  mkdirSync(cacheFolder, { recursive: true });
  keep(path, found);
  return ok(found);
};
