import { expect, it } from 'vitest';
import { testHeader } from '../dicom/test-header.ts';
import type { LookupTable } from '../image/mammogram-image.ts';
import { testImage } from '../image/testing.ts';
import { identityOf, reportedImage } from './reported-image.ts';
import { withoutNames } from './without-names.ts';
import { sampleReport } from './testing/sample-report.ts';

const imageOf = (studyInstanceUid: string, studyDate: string, personName: string, issuer: string) =>
  reportedImage(
    testHeader({
      studyInstanceUid,
      studyDate,
      personName,
      patientId: '123',
      issuerOfPatientId: issuer,
    }),
    testImage(8, 8, () => 0),
  );

it('names the patient as the newest study does, whatever was opened first, and each study as its own', () => {
  const identity = identityOf([
    imageOf('1.1', '20200101', 'MAIDEN^JANE', ''),
    imageOf('1.2', '20260101', 'MARRIED^JANE', 'HOSP-A'),
  ]);
  const married = { id: '123', issuer: 'HOSP-A', name: 'MARRIED^JANE' };
  expect(identity.patient).toMatchObject(married);
  expect(identity.studies?.['1.1']?.patient).toMatchObject({ id: '123', name: 'MAIDEN^JANE' });
  expect(identity.studies?.['1.1']?.patient).not.toHaveProperty('issuer');
  expect(identity.studies?.['1.2']).not.toHaveProperty('patient');
});

it('names the lookup tables of the file', () => {
  const table = { firstMapped: 0, values: [0, 1], bits: 8 } as unknown as LookupTable;
  const image = testImage(8, 8, () => 0);
  const { display } = reportedImage(testHeader({}), {
    ...image,
    modality: table,
    voi: [{ kind: 'lut', lut: table }],
  });
  expect(display?.tables).toEqual(['Modality', 'VOI']);
  expect(reportedImage(testHeader({}), image).display).not.toHaveProperty('tables');
});

it('says nothing of either where names are hidden', () => {
  const report = sampleReport();
  const named = { ...report.patient, name: 'MAIDEN^JANE', issuer: 'HOSP-A' };
  const hidden = withoutNames({
    ...report,
    patient: named,
    studies: report.studies.map((study) => ({ ...study, patient: named })),
  });
  expect(JSON.stringify(hidden)).not.toMatch(/MAIDEN|HOSP-A/);
});
