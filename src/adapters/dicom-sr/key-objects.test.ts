import dcmjs, { type DcmjsDict } from 'dcmjs';
import { describe, expect, it } from 'vitest';
import { SAMPLE_UIDS, sampleReport } from '../../core/report/testing/sample-report.ts';
import { readItems, readText } from './data-set.ts';
import { KEY_OBJECT_SELECTION } from './evidence.ts';
import { writeKeyObjects } from './key-objects.ts';
import { readPart10 } from './part10.ts';
import { readDicomReport } from './read-report.ts';
import type { DicomObject } from './sr-document.ts';
import { dsr2html, hasDcmtk, unless } from './testing/tools.ts';
import { countingUuids, valueOf } from './testing/written.ts';

const objects = () => valueOf(writeKeyObjects(sampleReport(), countingUuids()));
const dictOf = ({ bytes }: DicomObject) => valueOf(readPart10(bytes)).dict;
const valuesOf = (dict: ReturnType<typeof dictOf>, tag: string) => dict[tag]?.Value;

describe('key images', () => {
  it('are states with the part and the window that were on show, under a selection of them', () => {
    const [inverted, plain, selection] = objects();
    if (!inverted || !plain || !selection) throw new Error('three objects');
    const state = dictOf(inverted);
    const [area] = readItems(state, 'DisplayedAreaSelectionSequence');
    if (!area) throw new Error('an area');
    // From the first pixel, which is 1, to the last, both on show.
    expect(valuesOf(area, '00700052')).toEqual([901, 601]);
    expect(valuesOf(area, '00700053')).toEqual([1400, 1000]);
    const [voi] = readItems(state, 'SoftcopyVOILUTSequence');
    expect(voi && readText(voi, 'WindowCenter')).toBe('1800.5');
    expect(voi && readText(voi, 'VOILUTFunction')).toBe('LINEAR');
    expect(readText(state, 'PresentationLUTShape')).toBe('INVERSE');
    expect(readText(dictOf(plain), 'PresentationLUTShape')).toBe('IDENTITY');
    // Seen through a table of the file: no window, and the state says so.
    expect(readItems(dictOf(plain), 'SoftcopyVOILUTSequence')).toEqual([]);
    expect(readText(dictOf(plain), 'ContentDescription')).toContain('without VOI LUT');

    const document = dictOf(selection);
    expect(readText(document, 'SOPClassUID')).toBe(KEY_OBJECT_SELECTION);
    expect(readText(document, 'Modality')).toBe('KO');
    const images = readItems(document, 'ContentSequence').flatMap((item) =>
      readItems(item, 'ReferencedSOPSequence'),
    );
    expect(
      images.map((image) => [
        readText(image, 'ReferencedSOPInstanceUID'),
        readItems(image, 'ReferencedSOPSequence').map((of) =>
          readText(of, 'ReferencedSOPInstanceUID'),
        ),
      ]),
    ).toEqual([
      [SAMPLE_UIDS.lcc, [inverted.sopInstanceUid]],
      [SAMPLE_UIDS.rcc, [plain.sopInstanceUid]],
    ]);
  });

  it('turn the polarity of a MONOCHROME1 image over where the reader did', () => {
    const report = sampleReport();
    report.images = report.images.map((image) => ({
      ...image,
      display: { photometric: 'MONOCHROME1' },
    }));
    const [inverted, plain] = valueOf(writeKeyObjects(report, countingUuids())).map(dictOf);
    expect(inverted && readText(inverted, 'PresentationLUTShape')).toBe('IDENTITY');
    expect(plain && readText(plain, 'PresentationLUTShape')).toBe('INVERSE');
  });

  it('bring the report back by the state of a view with a mark on it', () => {
    const [inverted] = objects();
    const restored = valueOf(readDicomReport(inverted?.bytes ?? new Uint8Array()));
    expect(restored.exact).toBe(true);
    expect(restored.report?.keyImages).toEqual(sampleReport().keyImages);
  });

  it('bring every key image back by the selection, and by the state of a view without a mark', () => {
    const report = { ...sampleReport(), lesions: [] };
    for (const { bytes } of valueOf(writeKeyObjects(report, countingUuids()))) {
      const restored = valueOf(readDicomReport(bytes));
      expect(restored).toMatchObject({ source: 'key-images', exact: true, lesions: [] });
      expect(restored.report).toEqual(report);
    }
    const selection = valueOf(readDicomReport(objects().at(-1)?.bytes ?? new Uint8Array()));
    expect(selection.report).toEqual(sampleReport());
    expect(selection.lesions.map(({ number }) => number)).toEqual([1, 3]);
  });

  it('are not believed where another program changed the list or the part on show', () => {
    const [state, , selection] = valueOf(
      writeKeyObjects({ ...sampleReport(), lesions: [] }, countingUuids()),
    );
    const changed = (object: DicomObject | undefined, change: (dict: DcmjsDict) => void) => {
      const file = dcmjs.data.DicomMessage.readFile(Uint8Array.from(object?.bytes ?? []).buffer);
      change(file.dict);
      return readDicomReport(new Uint8Array(file.write()));
    };
    const refused = { ok: false, error: { code: 'report.no-lesions' } };
    expect(changed(selection, () => undefined).ok).toBe(true);
    expect(changed(selection, (dict) => void dict['0040A730']?.Value.pop())).toMatchObject(refused);
    expect(
      changed(state, (dict) => {
        const [area] = readItems(dict, 'DisplayedAreaSelectionSequence');
        Object.assign(area ?? {}, { '00700052': { vr: 'SL', Value: [1, 1] } });
      }),
    ).toMatchObject(refused);
    expect(changed(selection, (dict) => void delete dict['00791001'])).toMatchObject(refused);
  });

  it('are none where none was kept', () => {
    const { keyImages: _none, ...report } = sampleReport();
    expect(writeKeyObjects(report, countingUuids()).ok).toBe(false);
  });

  it.skipIf(!hasDcmtk)(`are rendered by dcmtk${unless(hasDcmtk, 'dcmtk')}`, () => {
    const html = dsr2html(objects().at(-1)?.bytes ?? new Uint8Array());
    expect(html).toContain('2 views kept by the reader as shown');
    expect(html).toContain('Of Interest');
  });
});
