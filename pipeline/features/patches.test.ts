import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mammogramFile, words } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { readRois } from '../data/rois.ts';
import { RULES } from '../protocol/rules.ts';
import { patchesOf } from './patches.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-patches-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [ROWS, COLUMNS] = [400, 300];
/** Textured breast in the left half, its lower part saturated; air on the right. */
const pixels = words(
  Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [x, y] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    if (x >= COLUMNS / 2) return 0;
    return y < 300 ? 500 + ((x * 97 + y * 61) % 3490) : 4000;
  }),
);

it('has no patch of a box that holds nothing to judge, but says why', async () => {
  const size = { '00280010': ['US', [ROWS]], '00280011': ['US', [COLUMNS]] } as const;
  writeFileSync(join(folder, 'a.dcm'), mammogramFile({ ...size, '7fe00010': ['OW', pixels] }));
  const rows = ['60,100', '230,100', '140,100', '60,350'].map(
    (at, i) => `a.dcm,p,l${i},${at},40,40,benign`,
  );
  const table = readRois(['image,patient,lesion,x,y,width,height,pathology', ...rows].join('\n'));
  if (!table.ok) throw new Error(table.error);
  const found: string[] = [];
  for await (const patch of patchesOf(table.value.rois, folder, RULES, { cacheFolder: folder }))
    found.push(patch.ok ? `${patch.value.roi.line}` : `${patch.error.line}: ${patch.error.reason}`);
  expect(found).toEqual([
    '2',
    '3: a.dcm: The mark lies in the air.',
    '4: a.dcm: The mark lies mostly outside the breast.',
    '5: a.dcm: The marked place is saturated: nothing can be told apart in it.',
  ]);
});
