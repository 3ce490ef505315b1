import type { CaseReport, ReportPatient, ReportStudy } from '../../core/report/case-report.ts';
import type { Attributes } from './data-set.ts';
import { momentOf } from './moment.ts';

/** LO holds 64 characters. */
const longString = (value: string): string => value.slice(0, 64);

/** A study's own number, by which nobody files: empty (type 2) where SH cannot hold it as one value. */
const studyId = (id: string): string => (id.length > 16 || id.includes('\\') ? '' : id);

const patientModule = ({ name, id, issuer, birthDate, sex }: ReportPatient): Attributes => ({
  PatientName: name,
  PatientID: id,
  IssuerOfPatientID: issuer,
  PatientBirthDate: birthDate,
  PatientSex: sex,
});

/** Patient module and General Study module, as in the images of the study (PS3.3 C.7.1.1, C.7.2.1). */
export const patientAndStudy = ({ patient }: CaseReport, study: ReportStudy): Attributes => ({
  ...patientModule(study.patient ?? patient),
  StudyInstanceUID: study.studyInstanceUid,
  StudyDate: study.date,
  StudyTime: study.time,
  StudyID: studyId(study.id),
  AccessionNumber: study.accessionNumber,
  ReferringPhysicianName: study.referringPhysicianName,
  StudyDescription: longString(study.description) || undefined,
});

/** Where a report does not say which installation wrote it: the serial number must not be empty. */
const UNKNOWN_DEVICE = 'unknown';

/**
 * General and Enhanced General Equipment (PS3.3 C.7.5.1, C.7.5.2): the program and the model pack. The
 * serial number is that of the installation, which tells two of one version apart.
 */
export const equipment = ({ program, pack }: CaseReport): Attributes => ({
  Manufacturer: longString(program.name),
  ManufacturerModelName: longString(program.name),
  DeviceSerialNumber: longString(program.installation ?? UNKNOWN_DEVICE),
  SoftwareVersions: [
    longString(program.version),
    ...(pack ? [longString(`model pack ${pack.id} ${pack.version}`)] : []),
  ],
});

export interface ObjectIdentity {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: 'SR' | 'PR' | 'KO';
  readonly seriesNumber: number;
  readonly instanceNumber: number;
  readonly seriesDescription: string;
}

/** SOP Common and the series (PS3.3 C.12.1, C.7.3.1). */
export const identity = (object: ObjectIdentity, report: CaseReport): Attributes => {
  const { date, time, offset } = momentOf(report.createdAt);
  return {
    SOPClassUID: object.sopClassUid,
    SOPInstanceUID: object.sopInstanceUid,
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    TimezoneOffsetFromUTC: offset,
    Modality: object.modality,
    SeriesInstanceUID: object.seriesInstanceUid,
    SeriesNumber: object.seriesNumber,
    InstanceNumber: object.instanceNumber,
    SeriesDate: date,
    SeriesTime: time,
    SeriesDescription: object.seriesDescription,
  };
};
