import type { CaseReport } from './case-report.ts';

/**
 * The report without who it is about and who sent them: name, ID, birth date, accession number,
 * study ID and description, referring physician, the reader's name and notes, for free words may name
 * anybody. Sex, dates and UIDs stay: a re-import finds its images by UID, and whoever holds the images
 * can tell the patient by it too (this is not de-identification, PS3.15 E).
 */
export const withoutNames = (report: CaseReport): CaseReport => ({
  ...report,
  patient: { id: '', name: '', birthDate: '', sex: report.patient.sex },
  studies: report.studies.map(({ patient: _named, ...study }) => ({
    ...study,
    id: '',
    accessionNumber: '',
    referringPhysicianName: '',
    description: '',
    ...(study.reading && { reading: { ...study.reading, conclusion: '' } }),
  })),
  lesions: report.lesions.map((lesion) => ({
    ...lesion,
    notes: '',
    assessments: lesion.assessments.map((reading) => ({ ...reading, reader: '' })),
  })),
});
