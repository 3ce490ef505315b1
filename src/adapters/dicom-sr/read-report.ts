import type { DcmjsDict } from 'dcmjs';
import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { CaseReport, ReportPatient } from '../../core/report/case-report.ts';
import { restoreReport } from '../../core/report/restore-report.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import { agrees, asGraphics, asScoord, type AsStored } from './agreement.ts';
import { CAD_SR } from './cad-sr.ts';
import { readText } from './data-set.ts';
import { MEASUREMENT_REPORT } from './measurement-report.ts';
import { readPart10 } from './part10.ts';
import { readPayload } from './payload.ts';
import { PRESENTATION_STATE } from './presentation-state.ts';
import { readAnnotations } from './read-annotations.ts';
import { readCadTree, type TreeContent } from './read-cad-tree.ts';
import { readMeasurementTree } from './read-measurement-tree.ts';

interface Format {
  readonly source: Exclude<RestoredCase['source'], 'json'>;
  readonly read: (dict: DcmjsDict) => TreeContent;
  readonly stored: AsStored;
}

const FORMATS: Readonly<Record<string, Format>> = {
  [CAD_SR.sopClassUid]: {
    source: 'cad-sr',
    read: readCadTree,
    stored: asScoord,
  },
  [MEASUREMENT_REPORT.sopClassUid]: {
    source: 'measurement-report',
    read: readMeasurementTree,
    stored: asScoord,
  },
  [PRESENTATION_STATE]: {
    source: 'presentation-state',
    read: readAnnotations,
    stored: asGraphics,
  },
};

/** SOP classes that `readDicomReport` reads, to tell them from images before they are parsed. */
export const REPORT_SOP_CLASSES: readonly string[] = Object.keys(FORMATS);

const sexOf = (value: string): ReportPatient['sex'] =>
  value === 'F' || value === 'M' || value === 'O' ? value : '';

/** Who it is about comes from the standard attributes; the private block does not say. */
const withIdentity = (report: CaseReport, dict: DcmjsDict): CaseReport => ({
  ...report,
  patient: {
    id: readText(dict, 'PatientID'),
    name: readText(dict, 'PatientName'),
    birthDate: readText(dict, 'PatientBirthDate'),
    sex: sexOf(readText(dict, 'PatientSex')),
  },
  studies: report.studies.map((study) =>
    study.studyInstanceUid === readText(dict, 'StudyInstanceUID')
      ? {
          ...study,
          id: readText(dict, 'StudyID'),
          accessionNumber: readText(dict, 'AccessionNumber'),
          referringPhysicianName: readText(dict, 'ReferringPhysicianName'),
        }
      : study,
  ),
});

const kindOf = ({ source }: Format): Message => message(`report.kind.${source}`);

const restore = (dict: DcmjsDict, format: Format): Result<RestoredCase, Message> => {
  const tree = format.read(dict);
  if (tree.lesions.length === 0) return err(message('report.no-lesions', { kind: kindOf(format) }));
  const payload = readPayload(dict);
  if (payload && agrees(tree, payload, format.stored))
    return ok(restoreReport(withIdentity(payload, dict), format.source));
  return ok({
    source: format.source,
    exact: false,
    patientId: readText(dict, 'PatientID'),
    images: tree.images,
    lesions: tree.lesions,
    report: undefined,
  });
};

/**
 * Lesions, marks and scores from a CAD report, measurement report or presentation state that this
 * program wrote: exactly, or, where the private block is gone or no longer fits, from the standard
 * part.
 */
export const readDicomReport = (bytes: Uint8Array): Result<RestoredCase, Message> => {
  const file = readPart10(bytes);
  if (!file.ok) return file;
  const { dict } = file.value;
  const sopClass = readText(dict, 'SOPClassUID');
  const format = Object.hasOwn(FORMATS, sopClass) ? FORMATS[sopClass] : undefined;
  if (!format) return err(message('report.other-object'));
  try {
    return restore(dict, format);
  } catch (error) {
    return err(
      message('report.kind-damaged', { kind: kindOf(format), reason: (error as Error).message }),
    );
  }
};
