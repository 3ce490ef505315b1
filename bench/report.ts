// `npx tsx bench/report.ts`: writes the tables of docs/performance.md from bench/results/*.json.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH, ROOT } from './lib/paths.ts';
import type { Result } from './lib/result.ts';
import { cellsOf, HEADINGS, markdownTable, short } from './lib/table.ts';

const START = '<!-- tables: written by bench/report.ts -->';
const DOCUMENT = join(ROOT, 'docs/performance.md');
const RESULTS = join(BENCH, 'results');
const ORDER = [
  ...['network', 'mark', 'finder', 'opening', 'orthanc', 'looking', 'slices', 'weight', 'screens'],
  ...['pipeline', 'peers'],
];

interface Kept {
  readonly file: string;
  readonly result: Result;
}

const kept: Kept[] = readdirSync(RESULTS)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    file,
    result: JSON.parse(readFileSync(join(RESULTS, file), 'utf8')) as Result,
  }));

/** The newest record of a measure: one with all its repetitions where there is one. */
const recordOf = (name: string): Kept | undefined => {
  const found = kept
    .filter(({ result }) => result.label === undefined)
    .filter(({ result }) => result.sections.some((section) => section.name === name));
  return found.findLast(({ result }) => !result.quick) ?? found.at(-1);
};

const sectionText = (name: string): string => {
  const record = recordOf(name);
  const section = record?.result.sections.find((s) => s.name === name);
  if (!record || !section) return `## ${name}\n\nNot measured yet.`;
  const { machine, quick, startedAt } = record.result;
  const origin = [
    `${startedAt.slice(0, 10)}, commit ${machine.commit}${machine.changed ? ' with changes' : ''}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.browser}, WebGPU on ${machine.webgpu}, WebGL on ${machine.webgl}`,
    `load ${short(section.load.before)} before and ${short(section.load.after)} after`,
    ...(quick ? ['few repetitions'] : []),
    `bench/results/${record.file}`,
  ];
  return [
    `## ${section.title}`,
    `${origin.join('; ')}.`,
    markdownTable([HEADINGS, ...section.rows.map(cellsOf)]),
    section.notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
};

const [prose = ''] = readFileSync(DOCUMENT, 'utf8').split(START);
const tables = ORDER.map(sectionText).join('\n\n');
writeFileSync(DOCUMENT, `${prose}${START}\n\n${tables}\n`);
