import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkGolden } from '../../src/adapters/tfjs/engine.ts';
import { loadNetwork } from '../../src/adapters/tfjs/network.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { readPack } from './read-pack.ts';

const models = join(import.meta.dirname, '../../public/models');
const { packs } = JSON.parse(readFileSync(join(models, 'index.json'), 'utf8')) as {
  readonly packs: readonly string[];
};

// The page refuses to score where this fails: every change of what is measured or cut shows here.
it.each(packs)('%s gives its golden answers', async (id) => {
  const pack = readPack(join(models, id));
  if (!pack.ok) throw new Error(pack.error);
  await useWasmInNode();
  const network = await loadNetwork(pack.value.manifest, pack.value.graph.files);
  expect(await checkGolden(pack.value, network)).toBeUndefined();
  network.dispose();
});
