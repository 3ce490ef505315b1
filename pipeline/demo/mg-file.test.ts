import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { makeStudy } from './demo-case.ts';
import { derivedUid, writeMgFile } from './mg-file.ts';
import { patients } from './patients.ts';
import type { PatientSpec } from './patients.ts';

const patient = patients[2] as PatientSpec;
const images = patient.studies.flatMap((study) =>
  makeStudy(patient, study, { pixel: 1.6, noiseSize: 16 }),
);
const files = await Promise.all(images.map(writeMgFile));
const parsed = files.map((bytes) => dicomParser.parseDicom(bytes));

describe('writeMgFile', () => {
  it('writes a lossless 12-bit mammogram for presentation', () => {
    parsed.forEach((set, i) => {
      expect(set.string('x00080016')).toBe('1.2.840.10008.5.1.4.1.1.1.2');
      expect(set.string('x00020010')).toBe('1.2.840.10008.1.2.4.80');
      expect(set.uint16('x00280010')).toBe(images[i]?.rows);
      expect(set.uint16('x00280011')).toBe(images[i]?.columns);
      expect(set.uint16('x00280101')).toBe(12);
      expect(set.string('x00280004')).toBe('MONOCHROME2');
      expect(set.string('x00181164')).toBe('1.6\\1.6');
      expect(set.floatString('x00181114')).toBeCloseTo(660 / 625, 6);
    });
  });

  it('names side, view and orientation as they are hung', () => {
    const described = parsed
      .slice(0, 4)
      .map((set) => [
        set.string('x00200062'),
        set.elements['x00540220']?.items?.[0]?.dataSet?.string('x00080100'),
        set.string('x00200020'),
      ]);
    expect(described).toEqual([
      ['R', '399162004', 'P\\L'],
      ['L', '399162004', 'A\\R'],
      ['R', '399368009', 'P\\FL'],
      ['L', '399368009', 'A\\FR'],
    ]);
  });

  it('says that it is synthetic and that nothing is burned in', () => {
    for (const set of parsed) {
      expect(set.string('x00100010')).toBe('SYNTHETIC^DEMO THREE');
      expect(set.string('x00100020')).toBe('DEMO-3');
      expect(set.string('x00081030')).toMatch(/^SYNTHETIC/);
      expect(set.string('x0008103e')).toMatch(/^SYNTHETIC/);
      expect(set.string('x00204000')).toMatch(/^SYNTHETIC/);
      expect(set.string('x00280301')).toBe('NO');
    }
  });

  it('groups four instances in each study, all with their own UIDs', () => {
    const studies = parsed.map((s) => s.string('x0020000d'));
    expect(new Set(studies.slice(0, 4)).size).toBe(1);
    expect(new Set(studies).size).toBe(2);
    expect(new Set(parsed.map((s) => s.string('x0020000e'))).size).toBe(8);
    expect(new Set(parsed.map((s) => s.string('x00080018'))).size).toBe(8);
    expect(parsed.map((s) => s.string('x00080020'))[4]).toBe('20240110');
  });
});

describe('derivedUid', () => {
  it('is short enough for UI, stable, and differs between words', () => {
    const uid = derivedUid(1, 'study');
    expect(uid).toMatch(/^2\.25\.[1-9]\d+$/);
    expect(uid.length).toBeLessThanOrEqual(64);
    expect(derivedUid(1, 'study')).toBe(uid);
    expect(derivedUid(2, 'study')).not.toBe(uid);
  });
});
