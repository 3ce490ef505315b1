import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { isBoxInside } from '../../src/core/roi/box.ts';
import type { DemoIndex } from './demo-index.ts';

const folder = fileURLToPath(new URL('../../public/demo/', import.meta.url));
const index = JSON.parse(readFileSync(`${folder}index.json`, 'utf8')) as DemoIndex;
const files = index.cases.flatMap((demo) => demo.files);

const hasValidator = spawnSync('dciodvfy', ['--help']).error === undefined;
if (!hasValidator) console.warn('SKIPPED: dciodvfy is not installed, demo files not validated.');

describe('public/demo', () => {
  it('holds four views of one case in at most 8 MB', () => {
    expect(files).toHaveLength(4);
    const bytes = files.reduce((sum, name) => sum + statSync(folder + name).size, 0);
    expect(bytes).toBeLessThanOrEqual(8e6);
  });

  it('has marks that lie inside their images', () => {
    for (const demo of index.cases)
      for (const lesion of demo.lesions)
        for (const [name, box] of Object.entries(lesion.marks)) {
          const set = dicomParser.parseDicom(readFileSync(folder + name));
          const columns = set.uint16('x00280011') ?? 0;
          expect(isBoxInside(box, columns, set.uint16('x00280010') ?? 0)).toBe(true);
        }
  });

  it.skipIf(!hasValidator)('passes dciodvfy without an error', () => {
    for (const name of files) {
      const run = spawnSync('dciodvfy', [folder + name], { encoding: 'utf8' });
      const said = run.stdout + run.stderr;
      expect(said).toContain('MammographyImageForPresentation');
      expect(said.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    }
  });
});
