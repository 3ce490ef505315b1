// `npm run fuzz`: hostile inputs of every kind through the functions that the page itself calls.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { KIND_NAMES, KINDS, type KindName } from './kinds/index.ts';
import { runKind, type KindResult } from './run-kind.ts';

const usage = `npm run fuzz -- [--kind ${KIND_NAMES.join('|')}]... [--count 1000] [--seed 1] [--from 0] [--json FILE]
npm run fuzz -- --kind KIND --write INDEX --to FOLDER   writes an input, to look at it`;

const { values } = parseArgs({
  options: {
    kind: { type: 'string', multiple: true },
    count: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    write: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
    to: { type: 'string', default: '.' },
  },
});

if (values.help) {
  console.log(usage);
  process.exit(0);
}
const isKind = (name: string): name is KindName => KIND_NAMES.some((kind) => kind === name);
const kinds = (values.kind ?? KIND_NAMES).filter(isKind);
if (kinds.length !== (values.kind ?? KIND_NAMES).length) {
  console.error(usage);
  process.exit(2);
}
const [count, from, seed] = [values.count, values.from, values.seed].map(Number) as [
  number,
  number,
  number,
];

const writeInput = async (name: KindName, index: number, folder: string) => {
  const kind = await KINDS[name]();
  mkdirSync(folder, { recursive: true });
  for (const [file, bytes] of await kind.make(seed, index)) {
    const path = join(folder, `${name}-${seed}-${index}-${file}`);
    writeFileSync(path, bytes);
    console.log(path);
  }
};

const commit = () => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
};

const line = ({ kind, inputs, outcomes, slowestMs, peakMiB }: KindResult) =>
  [
    `${kind}: ${inputs} inputs`,
    ...Object.entries(outcomes).map(([outcome, n]) => `${outcome} ${n}`),
    `slowest ${slowestMs} ms`,
    `peak ${peakMiB} MiB`,
  ].join(', ');

if (values.write !== undefined) {
  await writeInput(kinds[0] as KindName, Number(values.write), values.to);
  process.exit(0);
}

const startedAt = commit();
const results: KindResult[] = [];
for (const kind of kinds) {
  const result = await runKind(kind, seed, count, {
    from,
    onProgress: (done) => done % 500 === 0 && console.log(`${kind} ${done} of ${count}`),
  });
  results.push(result);
  console.log(line(result));
  for (const { index, outcome, detail } of result.findings)
    console.log(`  ${kind} ${index}: ${outcome}: ${detail}`);
}
if (values.json) {
  mkdirSync(dirname(values.json), { recursive: true });
  const { platform, version } = process;
  const record = { commit: startedAt, node: version, platform, results };
  writeFileSync(values.json, `${JSON.stringify(record, undefined, 2)}\n`);
}
process.exit(results.every((result) => result.findings.length === 0) ? 0 : 1);
