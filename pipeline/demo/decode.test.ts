import { describe, expect, it } from 'vitest';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { makeStudy } from './demo-case.ts';
import { writeMgFile } from './mg-file.ts';
import { patients } from './patients.ts';
import type { PatientSpec, StudySpec } from './patients.ts';

const patient = patients[1] as PatientSpec;
const study = patient.studies[0] as StudySpec;
const images = makeStudy(patient, study, { pixel: 1.6, noiseSize: 16 });

describe('demo files through the program’s own reader', () => {
  it('decode to exactly the pixels that were made', async () => {
    for (const image of images) {
      const bytes = await writeMgFile(image);
      const read = await readDicom(bytes, `${image.side}${image.view}.dcm`);
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      const decoded = read.value.image;
      expect([decoded.columns, decoded.rows]).toEqual([image.columns, image.rows]);
      expect(Array.from(decoded.pixels)).toEqual(Array.from(image.pixels));
      expect(decoded.spacing).toEqual({ row: 1.6, column: 1.6 });
      expect(decoded.voi.map((v) => (v.kind === 'window' ? v.explanation : v.kind))).toEqual([
        'NORMAL',
        'HARDER',
        'SOFTER',
      ]);
    }
  });
});
