// Works the golden answers of a pack out anew, after a change of the measuring code that moves none of
// its figures, and writes golden.json and its entry in manifest.json; nothing else changes:
//   npm run pipeline -- packs:golden --pack public/models/tandem-m1
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { readPack } from './read-pack.ts';
import { makeGolden } from './write-pack.ts';

const { values } = parseArgs({ options: { pack: { type: 'string' } } });
if (!values.pack) throw new Error('usage: refresh-golden --pack DIR');
const pack = readPack(values.pack);
if (!pack.ok) throw new Error(pack.error);
const { graph, manifest, svms } = pack.value;
const golden = new TextEncoder().encode(JSON.stringify(await makeGolden(graph, manifest, svms)));
const path = join(values.pack, 'manifest.json');
const kept = JSON.parse(readFileSync(path, 'utf8')) as PackManifest;
const sha256 = createHash('sha256').update(golden).digest('hex');
const files = { ...kept.files, 'golden.json': { sha256, bytes: golden.length } };
writeFileSync(join(values.pack, 'golden.json'), golden);
writeFileSync(path, `${JSON.stringify({ ...kept, files }, null, 2)}\n`);
console.log(`${values.pack}: ${sha256}`);
