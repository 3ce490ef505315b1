import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkGolden } from '../../src/adapters/tfjs/engine.ts';
import { finderGoldenProblem, loadFinder } from '../../src/adapters/tfjs/finder.ts';
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

it('tandem-m2 has a finder, which gives its golden answer', async () => {
  const pack = readPack(join(models, 'tandem-m2'));
  if (!pack.ok) throw new Error(pack.error);
  const { manifest, finder, finderGraph } = pack.value;
  if (!manifest.finder || !finder || !finderGraph) throw new Error('it has no finder');
  await useWasmInNode();
  const { file, input } = manifest.finder;
  const network = await loadFinder({ file, input, mirror: finder.mirror }, finderGraph.files);
  expect(await finderGoldenProblem(network, finder.golden)).toBeUndefined();
  network.dispose();
  expect(Math.max(...finder.golden.centre) - Math.min(...finder.golden.centre)).toBeGreaterThan(
    finder.golden.tolerance,
  );
});
