import dcmjs, { type DcmjsDict } from 'dcmjs';
import { describe, expect, it } from 'vitest';
import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import { SAMPLE_UIDS, sampleReport } from '../../core/report/testing/sample-report.ts';
import { toLesions, type RestoredCase } from '../../core/report/restored.ts';
import { writeCadSr } from './cad-sr.ts';
import { writeMeasurementReport } from './measurement-report.ts';
import { markPolygon } from './mark-shape.ts';
import { writePresentationStates } from './presentation-state.ts';
import { readDicomReport } from './read-report.ts';
import { countingUuids, valueOf } from './testing/written.ts';

const report = sampleReport();
const written = {
  'cad-sr': valueOf(writeCadSr(report, countingUuids())).bytes,
  'measurement-report': valueOf(writeMeasurementReport(report, countingUuids())).bytes,
  'presentation-state':
    valueOf(writePresentationStates(report, countingUuids())).at(-1)?.bytes ?? new Uint8Array(),
};
const kinds = Object.entries(written);

/** The object after another program had it in its hands. */
const changed = (bytes: Uint8Array, change: (dict: DcmjsDict) => void): Uint8Array => {
  const file = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer);
  change(file.dict);
  return new Uint8Array(file.write());
};
const withoutPrivate = (dict: DcmjsDict) => {
  delete dict['00790010'];
  delete dict['00791001'];
};
const read = (bytes: Uint8Array): RestoredCase => valueOf(readDicomReport(bytes));

describe('reading back', () => {
  it.each(kinds)('restores everything from a %s to the last digit', (kind, bytes) => {
    const restored = read(bytes);
    expect(restored.source).toBe(kind);
    expect(restored.exact).toBe(true);
    expect(restored.report).toEqual(report);
    expect(restored.lesions.map((lesion) => lesion.score)).toEqual([
      report.lesions[0]?.score,
      undefined,
    ]);
  });

  it('restores a lesion of one view whose fused likelihood is calibrated apart from the view', () => {
    const [lesion] = report.lesions;
    if (!lesion?.score) throw new Error('the sample has no scored lesion');
    const oneView = {
      ...report,
      lesions: [
        {
          ...lesion,
          marks: lesion.marks.slice(0, 1),
          score: {
            ...lesion.score,
            views: lesion.score.views.slice(0, 1),
            arms: lesion.score.arms.map((arm) => ({
              ...arm,
              viewScores: arm.viewScores.slice(0, 1),
            })),
            viewLikelihoods: [0.31],
            likelihood: { value: 0.27, low: 0.2, high: 0.4 },
          },
        },
      ],
    };
    const bytes = [
      valueOf(writeCadSr(oneView, countingUuids())).bytes,
      valueOf(writeMeasurementReport(oneView, countingUuids())).bytes,
    ];
    for (const written of bytes) expect(read(written).exact).toBe(true);
  });

  it.each(kinds)('still does after %s was stored in implicit VR', (_, bytes) => {
    const file = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer);
    file.meta['00020010'] = { vr: 'UI', Value: ['1.2.840.10008.1.2'] };
    expect(read(new Uint8Array(file.write())).report).toEqual(report);
  });

  it.each(kinds)('still does after the private block of a %s was moved', (_, bytes) => {
    const moved = changed(bytes, (dict) => {
      const [creator, value] = [dict['00790010'], dict['00791001']];
      withoutPrivate(dict);
      if (creator && value) Object.assign(dict, { '00790042': creator, '00794201': value });
    });
    expect(read(moved).exact).toBe(true);
  });

  it.each(kinds)(
    'falls back to the standard part of a %s without its private block',
    (kind, bytes) => {
      const restored = read(changed(bytes, withoutPrivate));
      expect(restored.exact).toBe(false);
      const [lesion] = restored.lesions;
      expect(lesion?.number).toBe(1);
      expect(lesion?.id).toBe(kind === 'cad-sr' ? undefined : report.lesions[0]?.id);
      const original = report.lesions[0]?.marks ?? [];
      lesion?.marks.forEach((mark, i) => {
        expect(mark.sopInstanceUid).toBe(original[i]?.sopInstanceUid);
        const wanted = original[i] && markPolygon(original[i]);
        markPolygon(mark).forEach(([x, y], j) => {
          expect(x).toBeCloseTo(wanted?.[j]?.[0] ?? Number.NaN, 3);
          expect(y).toBeCloseTo(wanted?.[j]?.[1] ?? Number.NaN, 3);
        });
      });
    },
  );

  it.each(kinds.slice(0, 2))('finds the likelihoods in the standard part of a %s', (_, bytes) => {
    const [scored, unscored] = read(changed(bytes, withoutPrivate)).lesions;
    expect(scored?.likelihood).toBeCloseTo(0.148769640124863, 14);
    expect(scored?.viewLikelihoods).toEqual({
      [SAMPLE_UIDS.lcc]: expect.closeTo(0.19548532731377, 13) as number,
      [SAMPLE_UIDS.lmlo]: expect.closeTo(0.07855254992917, 13) as number,
    });
    expect(unscored?.number).toBe(3);
    expect(unscored?.likelihood).toBeUndefined();
    expect(unscored?.marks).toEqual(report.lesions[1]?.marks);
  });

  it.each(kinds)(
    'does not believe the private block of a %s whose images were renamed',
    (_, bytes) => {
      const text = (buffer: Uint8Array) => new TextDecoder('latin1').decode(buffer);
      const renamed = changed(bytes, (dict) => {
        const block = dict['00791001'];
        withoutPrivate(dict);
        const json = JSON.stringify(dict).replaceAll(SAMPLE_UIDS.lcc, '1.2.3.4');
        for (const key of Object.keys(dict)) delete dict[key];
        Object.assign(dict, JSON.parse(json));
        if (block) dict['00791001'] = block;
        dict['00790010'] = { vr: 'LO', Value: ['TANDEM CADX'] };
      });
      expect(text(renamed)).toContain(SAMPLE_UIDS.lcc);
      const restored = read(renamed);
      expect(restored.exact).toBe(false);
      expect(restored.lesions[0]?.marks.map((mark) => mark.sopInstanceUid)).toContain('1.2.3.4');
    },
  );

  it('keeps who the patient is out of the private block', () => {
    for (const [, bytes] of kinds) {
      const { dict } = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer);
      const hidden = new TextDecoder().decode(dict['00791001']?.Value[0] as ArrayBuffer);
      for (const secret of ['DEMO-1', 'SYNTHETIC^D', '19660101', 'ACC-7', 'Referrer'])
        expect(hidden).not.toContain(secret);
    }
  });

  it.each([
    'Yamada^Tarou=山田^太郎=やまだ^たろう',
    'WANG^XIAODONG=王^小东',
    '=王^小东',
    'DOE^J==ド',
  ])('brings back all groups of the name %s', (name) => {
    const named = {
      ...report,
      patient: { ...report.patient, name },
      studies: report.studies.map((study) => ({ ...study, referringPhysicianName: name })),
    };
    const { bytes } = valueOf(writeCadSr(named, countingUuids()));
    expect(read(bytes).report).toEqual(named);
  });

  it('brings back what was said of an exam without a lesion, by its measurement report', () => {
    const { keyImages: _none, ...without } = { ...sampleReport(), lesions: [] };
    expect(writeMeasurementReport(without, countingUuids()).ok).toBe(false);
    const on = (change: Partial<ReportImage>) => ({
      ...without,
      images: without.images.map((image, i) => (i === 2 ? { ...image, ...change } : image)),
    });
    const measured = [[1 / 3, 20] as [number, number], [300, 400.1] as [number, number]];
    const spoken: CaseReport[] = [
      on({ nipple: { x: 1700.123456789, y: 10, source: 'reader' } }),
      on({ lateralitySource: 'reader', viewSource: 'ViewPosition', viewInFile: 'LCC' }),
      on({
        measurements: [
          { id: 'm', kind: 'distance', points: measured, value: 1 / 3, calibration: 'none' },
        ],
      }),
      {
        ...without,
        studies: without.studies.map((study) => ({
          ...study,
          reading: { density: 'c', categories: { R: '1', L: '2' }, conclusion: 'Nothing new.' },
        })),
      },
    ];
    for (const report of spoken) {
      const written = valueOf(writeMeasurementReport(report, countingUuids()));
      expect(written.studyInstanceUid).toBe(report.studies[0]?.studyInstanceUid);
      expect(read(written.bytes)).toMatchObject({ exact: true, lesions: [] });
      expect(read(written.bytes).report).toEqual(report);
    }
  });

  it('hands lesions to the store', () => {
    const lesions = toLesions(read(written['cad-sr']), 'patient', () => 'new');
    expect(lesions.map(({ id, number }) => [id, number])).toEqual([
      ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 1],
      ['second', 3],
    ]);
    expect(lesions[0]?.marks[SAMPLE_UIDS.lcc]).toEqual(report.lesions[0]?.marks[0]?.box);
  });

  it('thins an outline that is too long for its attribute, and still comes back exactly', () => {
    const long = sampleReport();
    const mark = long.lesions[0]?.marks[0];
    if (mark)
      mark.outline = Array.from({ length: 20_000 }, (_, i): [number, number] => {
        const angle = (i / 10_000) * Math.PI;
        return [1110 + 100 * Math.cos(angle), 790 + 80 * Math.sin(angle)];
      });
    const { bytes } = valueOf(writeCadSr(long, countingUuids()));
    expect(read(bytes).report).toEqual(long);
  });

  it('refuses sequences that nest without end before the parser sees them', () => {
    const start = [0x40, 0, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff];
    const item = [0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff];
    const nested = Array.from({ length: 20_000 }, () => [...start, ...item]).flat();
    // Left open, and inside the value of an element that lengths alone would step over.
    const length = new Uint8Array(Uint32Array.of(nested.length).buffer);
    const hidden = [0x79, 0, 0x20, 0x10, 0x55, 0x4e, 0, 0, ...length, ...nested];
    for (const added of [nested, hidden])
      expect(readDicomReport(Uint8Array.from([...written['cad-sr'], ...added]))).toMatchObject({
        ok: false,
        error: { code: 'part10.too-deep' },
      });
  });

  it('does not begin on what would freeze the page', () => {
    const bytes = new Uint8Array(2 ** 22 + 2);
    bytes.set(written['cad-sr']);
    expect(readDicomReport(bytes)).toMatchObject({
      ok: false,
      error: { code: 'part10.too-large' },
    });
  });

  it('does not inflate: a few kilobytes could become gigabytes', () => {
    const file = dcmjs.data.DicomMessage.readFile(written['cad-sr'].slice().buffer);
    file.meta['00020010'] = { vr: 'UI', Value: ['1.2.840.10008.1.2.1.99'] };
    expect(readDicomReport(new Uint8Array(file.write()))).toMatchObject({
      ok: false,
      error: { code: 'part10.encoding' },
    });
  });

  it('passes on only the beginning of what the parser quotes from a file', () => {
    const bytes = written['cad-sr'].slice();
    const vr = bytes.indexOf(0x43, 400);
    for (const at of [vr, vr + 200, vr + 900]) bytes.fill(0x7f, at, at + 6);
    const result = readDicomReport(bytes);
    expect(JSON.stringify(result.ok || result.error).length).toBeLessThan(300);
  });

  it('refuses what it cannot read, and says why', () => {
    const bad: [Uint8Array, string][] = [
      [new Uint8Array(0), 'part10.no-header'],
      [new TextEncoder().encode('x'.repeat(500)), 'part10.no-header'],
      [written['cad-sr'].slice(0, 2000), 'part10.cut-off'],
      [written['measurement-report'].slice(0, -1), 'part10.cut-off'],
      [
        changed(written['cad-sr'], (dict) => {
          dict['00080016'] = { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.1.2'] };
        }),
        'report.other-object',
      ],
      [
        changed(written['cad-sr'], (dict) => {
          dict['0040A730'] = { vr: 'SQ', Value: [] };
        }),
        'report.no-lesions',
      ],
    ];
    for (const [bytes, code] of bad)
      expect(readDicomReport(bytes)).toMatchObject({ ok: false, error: { code } });
  });
});
