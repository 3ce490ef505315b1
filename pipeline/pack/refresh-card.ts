// Writes a pack's card anew from what training wrote down, and its entries in manifest.json; nothing
// else changes:
//   npm run pipeline -- packs:card --pack public/models/ID --results docs/results/ID.json
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cardOf } from '../card/card-of.ts';
import { finderFacts } from '../card/finder-facts.ts';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import type { Results } from '../report/markdown.ts';
import { CARD_FILES } from './write-pack.ts';

const { values } = parseArgs({
  options: { pack: { type: 'string' }, results: { type: 'string' } },
});
const { pack, results } = values;
if (!pack || !results) throw new Error('usage: refresh-card --pack DIR --results FILE.json');
const path = join(pack, 'manifest.json');
const manifest = JSON.parse(readFileSync(path, 'utf8')) as PackManifest;
const card = cardOf(
  JSON.parse(readFileSync(results, 'utf8')) as Results,
  manifest.version,
  finderFacts(pack, manifest),
);
const entries = Object.entries(CARD_FILES).map(([form, name]) => {
  const bytes = new TextEncoder().encode(card[form as keyof typeof CARD_FILES]);
  writeFileSync(join(pack, name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return [name, { sha256, bytes: bytes.length }] as const;
});
const files = { ...manifest.files, ...Object.fromEntries(entries) };
writeFileSync(path, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
