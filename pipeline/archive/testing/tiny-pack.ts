import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TINY_RULES } from '../../finder/testing/tiny-rules.ts';
import { tinyFinderFiles } from '../../../src/adapters/tfjs/testing/tiny-finder.ts';

/** The delivered pack in a folder of its own, with a finder that marks what is bright. */
export const makeTinyPack = async (folder: string): Promise<string> => {
  const models = new URL('../../../public/models/', import.meta.url);
  const { packs } = JSON.parse(readFileSync(new URL('index.json', models), 'utf8')) as {
    packs: string[];
  };
  const pack = join(folder, 'pack');
  const graph = join(folder, 'graph');
  cpSync(new URL(packs[0] ?? '', models), pack, { recursive: true });
  mkdirSync(graph);
  for (const [path, bytes] of tinyFinderFiles())
    writeFileSync(join(graph, path), new Uint8Array(bytes));
  const rules = join(folder, 'rules.json');
  writeFileSync(rules, JSON.stringify(TINY_RULES));
  const add = ['pipeline/finder/add-to-pack.ts', '--pack', pack, '--graph', graph];
  await promisify(execFile)(process.execPath, ['--import', 'tsx', ...add, '--rules', rules]);
  return pack;
};
