import { message } from '../../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import { mammogramFile } from '../../adapters/dicom-io/fixtures/build-dicom.ts';
import { writeCadSr } from '../../adapters/dicom-sr/index.ts';
import { formatCaseReport } from '../../core/report/report-json.ts';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { readReport, takeOutReports } from './exports-recognise.ts';

const entry = (name: string, content: string | Uint8Array) => {
  const part = typeof content === 'string' ? content : content.slice();
  return { path: `folder/${name}`, file: new File([part as BlobPart], name) };
};
const written = writeCadSr(sampleReport(), { newUuid: () => crypto.randomUUID() });
if (!written.ok) throw new Error(written.error.code);
const sr = entry('IM1', written.value.bytes);
const json = entry('IM2', formatCaseReport(sampleReport()));
const image = entry('IM3', mammogramFile({}));
const text = entry('note.txt', 'Dear colleague');
const unread = { path: 'gone', problem: message('file.unreadable-file', { reason: 'gone' }) };

describe('the files to open', () => {
  it('are parted into images and reports by what they hold, whatever they are called', async () => {
    const parted = await takeOutReports([sr, image, json, text, unread]);
    expect(parted.images).toEqual([image, text, unread]);
    expect(parted.reports).toEqual([
      { ...sr, kind: 'dicom' },
      { ...json, kind: 'json' },
    ]);
  });

  it('give the same lesions from either form', async () => {
    const { reports } = await takeOutReports([sr, json]);
    const [a, b] = await Promise.all(reports.map(readReport));
    if (!a?.ok || !b?.ok || a.value.by !== 'us' || b.value.by !== 'us')
      throw new Error('not read as ours');
    expect(a.value.restored.lesions).toEqual(b.value.restored.lesions);
  });

  it('are named as what they are where they are not ours', async () => {
    const { reports } = await takeOutReports([
      entry('settings.json', '{"a": 1}'),
      entry('cut.dcm', written.value.bytes.subarray(0, written.value.bytes.length - 500)),
    ]);
    const read = await Promise.all(reports.map(readReport));
    expect(read).toEqual([
      { ok: false, error: message('report.foreign') },
      { ok: false, error: message('part10.cut-off') },
    ]);
  });
});
