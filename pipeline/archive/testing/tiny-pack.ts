import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tinyFinderFiles } from '../../../src/adapters/tfjs/testing/tiny-finder.ts';

const one = (name: string, weight = 1, bias = 0) => ({
  names: [name],
  mean: [0],
  scale: [1],
  weights: [weight],
  bias,
});
const point = (falseMarks: number, threshold: number) => ({
  falseMarks,
  threshold,
  sensitivity: 0.7,
  interval: [0.6, 0.8],
});

const RULES = {
  input: {
    mmPerPixel: 0.4,
    rowsWithoutSpacing: 680,
    maxWidth: 416,
    maxHeight: 704,
    margin: 8,
    stride: 32,
  },
  mirror: false,
  rescoring: {
    own: one('score'),
    pair: one('nipple', -1, 4),
    both: {
      names: ['own', 'support'],
      mean: [0, 0],
      scale: [1, 1],
      weights: [1, 0.1],
      bias: 0,
    },
    outcome: one('outcome'),
  },
  breastCalibration: { a: -1, b: 0 },
  operatingPoints: [point(0.25, 0.5), point(1, 0.2)],
};

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
  writeFileSync(rules, JSON.stringify(RULES));
  const add = ['pipeline/finder/add-to-pack.ts', '--pack', pack, '--graph', graph];
  await promisify(execFile)(process.execPath, ['--import', 'tsx', ...add, '--rules', rules]);
  return pack;
};
