import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { DELIVERED } from './demo-case.ts';
import { demoEntry } from './demo-index.ts';
import type { DemoIndex } from './demo-index.ts';
import { patients } from './patients.ts';

const folder = fileURLToPath(new URL('../../public/demo/', import.meta.url));
const index = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as DemoIndex;
const files = index.cases.flatMap((demo) => demo.files);

const hasValidator = spawnSync('dciodvfy', ['--help']).error === undefined;
if (!hasValidator) console.warn('SKIPPED: dciodvfy is not installed, demo files not validated.');

/** The header without the pixels: enough to parse, fast to read. */
const headerOf = (name: string) =>
  dicomParser.parseDicom(readFileSync(folder + name), { untilTag: 'x7fe00010' });

describe('public/demo', () => {
  it('holds three patients, one with a prior, in at most 15 MB', () => {
    expect(index.cases.map((demo) => demo.id)).toEqual(['demo-1', 'demo-2', 'demo-3']);
    expect(index.cases.map((demo) => demo.files.length)).toEqual([4, 4, 8]);
    const present = readdirSync(folder).filter((name) => name.endsWith('.dcm'));
    expect(present.sort()).toEqual([...files].sort());
    const bytes = files.reduce((sum, name) => sum + statSync(folder + name).size, 0);
    expect(bytes).toBeLessThanOrEqual(15e6);
  });

  it('has the index that the phantom’s plan gives, so that marks fit the pixels', () => {
    expect(index.cases).toEqual(patients.map((patient) => demoEntry(patient, DELIVERED.pixel)));
  });

  it('shows every kind of mass, each marked in both views of its breast', () => {
    const lesions = index.cases.flatMap((demo) => demo.lesions);
    expect(new Set(lesions.map((lesion) => lesion.kind)).size).toBe(4);
    for (const lesion of lesions) {
      const views = Object.keys(lesion.marks).map((name) => name.replace(/^.*-[RL]|\.dcm$/g, ''));
      expect(new Set(views)).toEqual(new Set(['CC', 'MLO']));
    }
  });

  it('is labelled SYNTHETIC in every file, with the side and date the index says', () => {
    for (const demo of index.cases)
      for (const study of demo.studies)
        for (const name of study.files) {
          const set = headerOf(name);
          expect(set.string('x00100010')).toMatch(/^SYNTHETIC\^/);
          expect(set.string('x00081030')).toMatch(/^SYNTHETIC/);
          expect(set.string('x00080020')).toBe(study.date);
          expect(name).toContain(`-${set.string('x00200062')}`);
          expect([set.uint16('x00280010'), set.uint16('x00280011')]).toEqual([2294, 1914]);
        }
  });

  it.skipIf(!hasValidator)('passes dciodvfy without an error', { timeout: 60_000 }, () => {
    for (const name of files) {
      const run = spawnSync('dciodvfy', [folder + name], { encoding: 'utf8' });
      const said = run.stdout + run.stderr;
      expect(said, name).toContain('MammographyImageForPresentation');
      expect(said.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    }
  });
});
