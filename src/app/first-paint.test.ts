import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What a file imports for its values, at once. */
const importsOf = (file: string): readonly string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type\b)(?:([^;']*?) from )?'([^']+)'/gm,
    ),
  ]
    .filter(([, names = '']) => !/^\{(\s*type [^,}]+,?)+\s*\}$/.test(names))
    .map(([, , from = '']) => (from.startsWith('.') ? join(dirname(file), from) : from));

/** Every module that comes with the page's first file, with the one that brings it. */
const reached = (entry: string): ReadonlyMap<string, string> => {
  const by = new Map([[entry, '']]);
  for (const file of by.keys())
    if (/\.tsx?$/.test(file) && existsSync(file))
      for (const next of importsOf(file)) if (!by.has(next)) by.set(next, file);
  return by;
};

const root = join(import.meta.dirname, '../..');
const by = reached(join(import.meta.dirname, 'main.tsx'));
const first = [...by].map(([file, bringer]) => ({
  file: file.replace(`${root}/`, ''),
  bringer: bringer.replace(`${root}/`, ''),
}));
const firstOf = (pattern: RegExp) => first.filter(({ file }) => pattern.test(file));

it('fetches no decoder, no reader of DICOM and no drawing library before there is a file', () => {
  expect(by.size).toBeGreaterThan(300);
  expect(
    firstOf(/^(@cornerstonejs|@kitware|@tensorflow|dicom-parser|dcmjs|pako|@zip\.js)/),
  ).toEqual([]);
});

// The size itself is measured by `npm run bench`, on the built scripts (bench/weight.ts).
it.each([
  ['what stands beside open images', /^src\/ui\/Workspace\.tsx$/],
  ['the views', /^src\/ui\/viewer\/(layout|marks|crops|loupe|slices|nipple|activation)\/.*\.tsx?$/],
  ['the lesions', /^src\/ui\/(lesion-panel|lesion-table)\/.*\.tsx$/],
  ['the second look', /^src\/ui\/second-look\/.*\.tsx$/],
  ['the report', /^src\/ui\/report\/.*\.tsx$/],
  ['the check of the display', /^src\/ui\/display-check\/.*\.tsx$/],
  ['the opening of a launch', /^src\/app\/(open-launch|launched-studies)\.ts$/],
  ['copies of what is kept', /^src\/adapters\/storage\/local-data\.ts$/],
  [
    'what measures a lesion',
    /^src\/core\/(segmentation\/segment-lesion|lesion\/(measures|view-input))\.ts/,
  ],
  ['another language', /^src\/i18n\/(phrases\/)?zh-CN/],
])('paints the start screen without %s', (_, part) => {
  expect(firstOf(part)).toEqual([]);
});

it('has every style at once, so that none comes after the theme and wins over it', () => {
  const folder = join(root, 'src/ui');
  const styles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css') && name !== 'styles.css')
    .map((name) => `./${name}`);
  const listed = [
    ...readFileSync(join(folder, 'styles.css'), 'utf8').matchAll(/^@import '(.*)';$/gm),
  ].map(([, name = '']) => name);
  expect(listed.toSorted()).toEqual(styles.toSorted());
  expect(listed.at(-1)).toBe('./theme.css');
  expect(firstOf(/^src\/ui\/.*\.css$/).map(({ file }) => file)).toEqual(['src/ui/styles.css']);
  const parts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const own = parts.filter((name) =>
    importsOf(join(folder, name)).some((from) => from.endsWith('.css')),
  );
  expect(own).toEqual([]);
});
