import { describe, expect, it } from 'vitest';
import { formatCaseReport, parseCaseReport } from '../../core/report/report-json.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { writeCadSr } from './cad-sr.ts';
import { writeMeasurementReport } from './measurement-report.ts';
import { readDicomReport } from './read-report.ts';
import { dciodvfy, dsr2html, hasDciodvfy, hasDcmtk, unless } from './testing/tools.ts';
import { countingUuids, valueOf } from './testing/written.ts';

/** The sample with all that a reader can say beside lesions. */
const worded = (): CaseReport => {
  const report = sampleReport();
  const [image] = report.images;
  const [study] = report.studies;
  if (!image || !study) throw new Error('the sample has images and a study');
  image.measurements = [
    {
      id: 'a',
      kind: 'distance',
      points: [
        [10.125, 20],
        [110, 20.1],
      ],
      value: 9.98751,
      calibration: 'detector',
    },
    {
      id: 'b',
      kind: 'ellipse',
      points: [
        [200, 210],
        [240, 300],
      ],
      value: 28.27,
      calibration: 'detector',
    },
    {
      id: 'c',
      kind: 'angle',
      points: [
        [1, 1],
        [2, 2],
        [3, 1],
      ],
      value: 90,
      calibration: 'none',
    },
  ];
  image.nipple = { x: 100.25, y: 1500, source: 'reader' };
  image.lateralitySource = 'reader';
  study.reading = { density: 'c', categories: { R: '1', L: '4B' }, conclusion: 'Très dense.' };
  return report;
};
const written = () => valueOf(writeMeasurementReport(worded(), countingUuids())).bytes;

describe('what the reader said beside lesions', () => {
  it('comes back to the last digit, from JSON and from the DICOM reports', () => {
    expect(parseCaseReport(formatCaseReport(worded()))).toEqual({ ok: true, value: worded() });
    const cad = valueOf(writeCadSr(worded(), countingUuids())).bytes;
    for (const bytes of [written(), cad]) {
      const restored = valueOf(readDicomReport(bytes));
      expect([restored.exact, restored.lesions.length]).toEqual([true, 2]);
      expect(restored.report).toEqual(worded());
    }
  });

  it.runIf(hasDciodvfy)(`is written without errors${unless(hasDciodvfy, 'dciodvfy')}`, () => {
    expect(dciodvfy(written()).filter((line) => line.startsWith('Error'))).toEqual([]);
  });

  it.runIf(hasDcmtk)(`is there for others to read${unless(hasDcmtk, 'dcmtk')}`, () => {
    const html = dsr2html(written());
    for (const said of [
      'Heterogeneously dense',
      '4B - Intermediate',
      '9.98751',
      '28.27',
      'Très dense',
    ])
      expect(html).toContain(said);
  });
});
