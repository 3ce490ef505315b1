import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { CaseReport, ReportStudy } from '../../core/report/case-report.ts';
import { uidFromUuid } from '../../core/report/uid.ts';
import { LOCAL_SCHEME } from './codes.ts';
import { equipment, identity, patientAndStudy, type ObjectIdentity } from './common-modules.ts';
import type { ContentItem } from './content.ts';
import type { Attributes } from './data-set.ts';
import { evidence, mainStudy, predecessors } from './evidence.ts';
import { momentOf } from './moment.ts';
import { writePart10 } from './part10.ts';
import { payloadElements } from './payload.ts';

/** A DICOM object ready to be saved or stored. */
export interface DicomObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** A name without anything about the patient. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What makes an export unique: random UUIDs in the page, fixed ones in a test. */
export interface ExportPorts {
  newUuid(): string;
}

export const newUid = (ports: ExportPorts): string => uidFromUuid(ports.newUuid());

export const NOTHING_TO_REPORT = message('export.nothing');

/** The attributes of an object as the file that it is saved or stored as. */
export const written = (
  report: CaseReport,
  object: ObjectIdentity,
  attributes: Attributes,
  file: Pick<DicomObject, 'fileName' | 'studyInstanceUid'>,
): Result<DicomObject, Message> => {
  const bytes = writePart10(attributes, payloadElements(report), report.program.version);
  const { sopClassUid, sopInstanceUid, seriesInstanceUid } = object;
  return bytes.ok
    ? ok({ ...file, sopClassUid, sopInstanceUid, seriesInstanceUid, bytes: bytes.value })
    : bytes;
};

/** SR Document General module (PS3.3 C.17.2). A program's result is complete but verified by nobody. */
const documentGeneral = (report: CaseReport, study: ReportStudy): Attributes => {
  const { date, time } = momentOf(report.createdAt);
  return {
    ContentDate: date,
    ContentTime: time,
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'UNVERIFIED',
    PreliminaryFlag: 'PRELIMINARY',
    ReferencedPerformedProcedureStepSequence: [],
    PerformedProcedureCodeSequence: [],
    ...predecessors(report),
    ...evidence(report, study),
  };
};

/** Declares our own codes (PS3.3 table C.12-1). */
const codingSchemes = (report: CaseReport): Attributes => ({
  CodingSchemeIdentificationSequence: {
    CodingSchemeDesignator: LOCAL_SCHEME,
    CodingSchemeName: 'Codes of the program that wrote this object',
    CodingSchemeResponsibleOrganization: report.program.name,
  },
});

export interface SrKind {
  /** Of the file. */
  readonly stem: string;
  readonly sopClassUid: string;
  /** Root template, PS3.16. */
  readonly template: string;
  readonly seriesNumber: number;
  readonly seriesDescription: string;
}

/** Wraps the root container of a tree into a complete SR object of the study with the marks, which it is given. */
export const writeSr = (
  kind: SrKind,
  report: CaseReport,
  tree: (study: ReportStudy) => ContentItem,
  ports: ExportPorts,
): Result<DicomObject, Message> => {
  const study = mainStudy(report);
  if (!study) return err(NOTHING_TO_REPORT);
  const object: ObjectIdentity = {
    sopClassUid: kind.sopClassUid,
    seriesInstanceUid: newUid(ports),
    sopInstanceUid: newUid(ports),
    modality: 'SR',
    seriesNumber: kind.seriesNumber,
    instanceNumber: 1,
    seriesDescription: kind.seriesDescription,
  };
  const attributes: Attributes = {
    ...patientAndStudy(report, study),
    ...identity(object, report),
    ...equipment(report),
    ...documentGeneral(report, study),
    ...codingSchemes(report),
    ContentTemplateSequence: { MappingResource: 'DCMR', TemplateIdentifier: kind.template },
    ...tree(study),
  };
  const { studyInstanceUid } = study;
  return written(report, object, attributes, { fileName: `${kind.stem}.dcm`, studyInstanceUid });
};
