// `npm run mutation:sample`: the mutation score of the folders of core that a score goes through, by
// lines drawn at random: all their mutants with all the tests that reach them take most of a day. Writes
// docs/results/mutation.json. `npm run mutation:sample -- 20`: twenty lines a folder instead of forty.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../src/core/stats/random.ts';
import { wilson } from '../src/core/stats/wilson.ts';
import { root, run, tool } from './setup.mjs';

const FOLDERS = ['image', 'segmentation', 'features', 'lesion', 'dicom'];
const SEED = 20261127;
const [asked = '40'] = process.argv.slice(2);
const report = join(root, 'test-results/mutation/sample.json');
const config = join(root, '.cache/stryker-sample.json');

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** Lines of a folder that hold code, as `file:line-line`. */
const linesOf = (folder: string): string[] =>
  git('ls-files', `src/core/${folder}/*.ts`)
    .split('\n')
    .filter((file) => !/(\.test|\/testing|\/test-header)\.ts$/.test(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, i) =>
          /^\s*(\/\/|\/?\*|import |export \{|\}|$)/.test(line) ? [] : [`${file}:${i + 1}-${i + 1}`],
        ),
    );

const draw = (lines: readonly string[], count: number, random: () => number): string[] =>
  lines
    .map((line) => ({ line, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ line }) => line);

const random = seededRandom(SEED);
const settings = JSON.parse(readFileSync(join(root, 'stryker.config.json'), 'utf8')) as object;
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(
  config,
  JSON.stringify({
    ...settings,
    mutate: FOLDERS.flatMap((folder) => draw(linesOf(folder), Number(asked), random)),
    incremental: false,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
  }),
);
const code = run(process.execPath, [
  tool('@stryker-mutator/core', 'bin/stryker.js'),
  'run',
  config,
]);
if (code !== 0) process.exit(code);

const { files } = JSON.parse(readFileSync(report, 'utf8')) as {
  files: Record<string, { mutants: Mutant[] }>;
};
const folders = FOLDERS.map((folder) => {
  const mutants = Object.entries(files)
    .filter(([file]) => file.startsWith(`src/core/${folder}/`))
    .flatMap(([file, { mutants: own }]) => own.map((mutant) => ({ file, ...mutant })))
    // What is no mutant at all (it does not compile) says nothing.
    .filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status));
  const survivors = mutants.filter(
    ({ status }) => status === 'Survived' || status === 'NoCoverage',
  );
  return {
    folder,
    mutants: mutants.length,
    caught: mutants.length - survivors.length,
    interval: wilson(mutants.length - survivors.length, mutants.length),
    byTimeout: mutants.filter(({ status }) => status === 'Timeout').length,
    survivors: survivors.map(({ file, location, mutatorName, replacement }) => {
      const { line, column } = location.start;
      return `${file}:${line}:${column} ${mutatorName}: ${replacement ?? ''}`;
    }),
  };
});
const record = {
  commit: git('rev-parse', '--short', 'HEAD'),
  seed: SEED,
  lines: Number(asked),
  folders,
};
writeFileSync(join(root, 'docs/results/mutation.json'), `${JSON.stringify(record, null, 2)}\n`);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
for (const { folder, mutants, caught, interval, byTimeout } of folders)
  console.log(
    `${folder}: ${caught} of ${mutants} caught, ${percent(caught / mutants)} (${interval.map(percent).join(' to ')}), ${byTimeout} of them by running too long`,
  );
