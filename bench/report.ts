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

/** Whether a graphics card was there, and not only a processor that plays one. */
const onCard = ({ result }: Kept): boolean =>
  !/^$|none|swiftshader|llvmpipe/i.test(result.machine.webgpu);

/** The newest record of a measure, with or without a graphics card: one with all its repetitions where there is one. */
const recordOf = (name: string, card: boolean): Kept | undefined => {
  const found = kept
    .filter((record) => record.result.label === undefined && onCard(record) === card)
    .filter(({ result }) => result.sections.some((section) => section.name === name));
  return found.findLast(({ result }) => !result.quick) ?? found.at(-1);
};

const sectionText = (name: string, card: boolean): string | undefined => {
  const record = recordOf(name, card);
  const section = record?.result.sections.find((s) => s.name === name);
  if (!record || !section) return undefined;
  const { machine, quick, startedAt } = record.result;
  const origin = [
    `${startedAt.slice(0, 10)}, commit ${machine.commit}${machine.changed ? ' with changes' : ''}`,
    `${machine.processor}, ${machine.cores} cores, ${machine.browser}, WebGPU on ${machine.webgpu}, WebGL on ${machine.webgl}`,
    `load ${short(section.load.before)} before and ${short(section.load.after)} after`,
    ...(quick ? ['few repetitions'] : []),
    `bench/results/${record.file}`,
  ];
  return [
    `## ${card ? 'On a graphics card. ' : ''}${section.title}`,
    `${origin.join('; ')}.`,
    markdownTable([HEADINGS, ...section.rows.map(cellsOf)]),
    section.notes.map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
};

const [prose = ''] = readFileSync(DOCUMENT, 'utf8').split(START);
const tables = [
  ...ORDER.map((name) => sectionText(name, false) ?? `## ${name}\n\nNot measured yet.`),
  ...ORDER.flatMap((name) => sectionText(name, true) ?? []),
].join('\n\n');
writeFileSync(DOCUMENT, `${prose}${START}\n\n${tables}\n`);
