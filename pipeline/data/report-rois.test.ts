import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mammogramFile } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { writeCadSr } from '../../src/adapters/dicom-sr/index.ts';
import { formatCaseReport } from '../../src/core/report/report-json.ts';
import { SAMPLE_UIDS, sampleReport } from '../../src/core/report/testing/sample-report.ts';
import { readReportRois } from './report-rois.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-'));
const [images, reports] = [join(folder, 'images'), join(folder, 'reports')];
const report = sampleReport();

beforeAll(() => {
  mkdirSync(join(images, 'deep'), { recursive: true });
  mkdirSync(reports);
  // All but one of the images that the report speaks of.
  Object.entries(SAMPLE_UIDS)
    .filter(([name]) => name !== 'lmlo')
    .forEach(([name, uid]) =>
      writeFileSync(
        join(images, 'deep', name),
        mammogramFile({ '00080018': ['UI', uid], '00100020': ['LO', 'P7'] }),
      ),
    );
  writeFileSync(join(images, 'note.txt'), 'not an image');
});
afterAll(() => rmSync(folder, { recursive: true }));

const marks = report.lesions.flatMap((lesion) =>
  lesion.marks.map((mark) => ({ ...mark, lesion: lesion.id })),
);

const forms = {
  'case.json': () => Buffer.from(formatCaseReport(report)),
  'case.dcm': () => {
    let n = 0;
    const uuid = () => `00000000-0000-4000-8000-${String(++n).padStart(12, '0')}`;
    const written = writeCadSr(report, { newUuid: uuid });
    if (!written.ok) throw new Error(written.error.code);
    return written.value.bytes;
  },
};

it.each(Object.entries(forms))('reads the boxes of %s exactly', async (name, bytes) => {
  writeFileSync(join(reports, name), bytes());
  const { rois, problems } = await readReportRois(reports, images);
  rmSync(join(reports, name));
  const open = marks.filter((mark) => mark.sopInstanceUid !== SAMPLE_UIDS.lmlo);
  expect(rois.map(({ lesion, box, patient }) => ({ lesion, box, patient }))).toEqual(
    open.map(({ lesion, box }) => ({ lesion, box, patient: 'P7' })),
  );
  expect(rois.every((roi) => roi.image.startsWith('deep'))).toBe(true);
  expect(problems).toHaveLength(marks.length - open.length);
  expect(problems[0]?.reason).toContain(SAMPLE_UIDS.lmlo);
});

it('counts a mark once that several reports tell, and names one that they tell otherwise', async () => {
  for (const [name, bytes] of Object.entries(forms)) writeFileSync(join(reports, name), bytes());
  const once = await readReportRois(reports, images);
  const open = marks.filter((mark) => mark.sopInstanceUid !== SAMPLE_UIDS.lmlo);
  expect(once.rois.map(({ lesion }) => lesion)).toEqual(open.map(({ lesion }) => lesion));
  expect(once.problems).toHaveLength(2 * (marks.length - open.length));
  const [first, ...others] = report.lesions;
  if (!first) throw new Error('the sample has lesions');
  const wider = first.marks.map((m) => ({ ...m, box: { ...m.box, width: m.box.width + 1 } }));
  const changed = { ...report, lesions: [{ ...first, marks: wider }, ...others] };
  writeFileSync(join(reports, 'later.json'), formatCaseReport(changed));
  const { rois, problems } = await readReportRois(reports, images);
  for (const name of [...Object.keys(forms), 'later.json']) rmSync(join(reports, name));
  expect(rois).toEqual(once.rois);
  expect(problems.some(({ reason }) => reason.startsWith('later.json: lesion'))).toBe(true);
});

it('names a file that is no report, and reads the others', async () => {
  writeFileSync(join(reports, 'a.txt'), 'hello');
  writeFileSync(join(reports, 'b.json'), '{"kind": "else"}');
  const { rois, problems } = await readReportRois(reports, images);
  expect(rois).toEqual([]);
  expect(problems.map((p) => p.reason.split(':')[0])).toEqual(['a.txt', 'b.json']);
});
