import { existsSync, readFileSync } from 'node:fs';
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

it('fetches no decoder, no reader of DICOM and no drawing library before there is a file', () => {
  const by = reached(join(import.meta.dirname, 'main.tsx'));
  expect(by.size).toBeGreaterThan(300);
  const late = [...by].filter(([name]) =>
    /^(@cornerstonejs|@kitware|@tensorflow|dicom-parser|dcmjs|pako|@zip\.js)/.test(name),
  );
  expect(late).toEqual([]);
});
