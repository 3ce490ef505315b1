import { describe, expect, it } from 'vitest';
import { formatCaseReport, parseCaseReport } from '../../core/report/report-json.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { sampleReport } from '../../core/report/testing/sample-report.ts';
import { C } from './concepts.ts';
import { readItems, readNumbers } from './data-set.ts';
import { readPart10 } from './part10.ts';
import { below, childrenOf, firstNamed, named, textOf } from './tree.ts';
import { writeCadSr } from './cad-sr.ts';
import { writeMeasurementReport } from './measurement-report.ts';
import { readDicomReport } from './read-report.ts';
import {
  dciodvfy,
  dsr2html,
  hasDciodvfy,
  hasDcmtk,
  hasPydicom,
  nodesNamed,
  pydicom,
  type PydicomNode,
  unless,
} from './testing/tools.ts';
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
/** The same, of a volume, beside a prior of which something was said. */
const twoExams = (): CaseReport => {
  const report = worded();
  const [study] = report.studies;
  if (!study) throw new Error('the sample has a study');
  const reading = { categories: { R: '2' as const }, conclusion: '' };
  const [image] = report.images;
  const [first] = image?.measurements ?? [];
  if (image) image.sopClassUid = '1.2.840.10008.5.1.4.1.1.13.1.3';
  if (first) first.slice = 12;
  report.studies.unshift({ ...study, studyInstanceUid: '1.9', date: '20200101', reading });
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

  it('names the frame of a volume that was measured, and the slice in words', () => {
    const report = worded();
    const [image] = report.images;
    const [first] = image?.measurements ?? [];
    if (!image || !first) throw new Error('the sample is measured');
    image.measurements = [{ ...first, slice: 12 }];
    const groupIn = (sopClassUid: string) => {
      image.sopClassUid = sopClassUid;
      const { bytes } = valueOf(writeMeasurementReport(report, countingUuids()));
      expect(valueOf(readDicomReport(bytes)).report).toEqual(report);
      const group = below(valueOf(readPart10(bytes)).dict, C.measurementGroup).at(-1) ?? {};
      const [path] = named(firstNamed(group, C.length) ?? {}, C.path);
      const [on] = childrenOf(path ?? {});
      const [reference] = readItems(on ?? {}, 'ReferencedSOPSequence');
      return [readNumbers(reference ?? {}, 'ReferencedFrameNumber'), textOf(group, C.comment)];
    };
    const words = 'calibration: detector; slice 13';
    expect(groupIn('1.2.840.10008.5.1.4.1.1.13.1.3')).toEqual([[13], words]);
    // A slice that is a file by itself has no frames to name.
    expect(groupIn('1.2.840.10008.5.1.4.1.1.2')).toEqual([[], words]);
  });

  it.runIf(hasPydicom)(
    `is the reader's, exam by exam${unless(hasPydicom, 'python3-pydicom')}`,
    () => {
      const { tree } = pydicom(valueOf(writeMeasurementReport(twoExams(), countingUuids())).bytes);
      const said = (node: PydicomNode) => node.children.map(({ name, value }) => [name, value]);
      const [own, ...repeated] = nodesNamed(tree, 'C0034375 UMLS');
      const prior = own?.children.at(-1);
      expect(repeated).toEqual([prior]);
      expect(said(own ?? tree)).toEqual([
        ['129715009 SCT', '129718006 SCT'],
        ['111005 DCM', '397140005 SCT'],
        ['111005 DCM', 'MA.II.A.5.4B BI'],
        ['121106 DCM', 'Très dense.'],
        ['C0034375 UMLS', null],
      ]);
      expect(said(prior ?? tree)).toEqual([
        ['121018 DCM', '1.9'],
        ['111060 DCM', '20200101'],
        ['111005 DCM', '397141009 SCT'],
      ]);
      const reader = [
        ['121005 DCM', '121006 DCM'],
        ['121008 DCM', 'Reader'],
      ];
      const evaluated = [...(own?.children.slice(0, -1) ?? []), prior?.children.at(-1) ?? tree];
      for (const item of evaluated) expect(said(item).slice(0, 2)).toEqual(reader);
      const measured = nodesNamed(tree, '125007 DCM').slice(-3);
      for (const group of measured) expect(said(group).slice(2, 4)).toEqual(reader);
    },
  );

  it.runIf(hasDciodvfy)(`is written without errors${unless(hasDciodvfy, 'dciodvfy')}`, () => {
    for (const report of [worded(), twoExams()]) {
      const { bytes } = valueOf(writeMeasurementReport(report, countingUuids()));
      expect(dciodvfy(bytes).filter((line) => line.startsWith('Error'))).toEqual([]);
    }
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
