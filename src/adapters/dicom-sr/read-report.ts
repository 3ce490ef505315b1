import type { DcmjsDict } from 'dcmjs';
import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { CaseReport, ReportPatient } from '../../core/report/case-report.ts';
import { restoreReport } from '../../core/report/restore-report.ts';
import { BATCH } from '../../core/report/report-second-look.ts';
import type { ReportDocument } from '../../core/report/report-documents.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import { studiesSpokenOf } from '../../core/report/said-beside.ts';
import { agrees, asGraphics, asScoord } from './agreement.ts';
import { CAD_SR } from './cad-sr.ts';
import { readItems, readText } from './data-set.ts';
import { KEY_OBJECT_SELECTION } from './evidence.ts';
import { MEASUREMENT_REPORT } from './measurement-report.ts';
import { readPart10 } from './part10.ts';
import { CREATOR, readPayload } from './payload.ts';
import { PRESENTATION_STATE } from './presentation-state.ts';
import { readAnnotations } from './read-annotations.ts';
import { C } from './concepts.ts';
import { below } from './tree.ts';
import { readCadTree, type TreeContent } from './read-cad-tree.ts';
import {
  isKeyImageState,
  keyStateAgrees,
  readSelection,
  selectionAgrees,
} from './read-key-images.ts';
import { readMeasurementTree } from './read-measurement-tree.ts';

interface Format {
  readonly source: Exclude<RestoredCase['source'], 'json'>;
  readonly read: (dict: DcmjsDict) => TreeContent;
  /** Whether the private block speaks of what the standard part shows. */
  readonly agrees: (tree: TreeContent, payload: CaseReport, dict: DcmjsDict) => boolean;
}

const marksInSr: Format['agrees'] = (tree, payload) => agrees(tree, payload, asScoord);

const FORMATS: Readonly<Record<string, Format>> = {
  [CAD_SR.sopClassUid]: {
    source: 'cad-sr',
    read: readCadTree,
    agrees: marksInSr,
  },
  [MEASUREMENT_REPORT.sopClassUid]: {
    source: 'measurement-report',
    read: readMeasurementTree,
    agrees: marksInSr,
  },
  [PRESENTATION_STATE]: {
    source: 'presentation-state',
    read: readAnnotations,
    agrees: (tree, payload) => agrees(tree, payload, asGraphics),
  },
  [KEY_OBJECT_SELECTION]: {
    source: 'key-images',
    read: readSelection,
    agrees: selectionAgrees,
  },
};

/** The state of a view that was kept: of the class of presentation states, and a part of the key images. */
const KEY_IMAGE_STATE: Format = {
  source: 'key-images',
  read: readAnnotations,
  agrees: keyStateAgrees,
};

const formatOf = (dict: DcmjsDict): Format | undefined => {
  const sopClass = readText(dict, 'SOPClassUID');
  if (sopClass === PRESENTATION_STATE && isKeyImageState(dict)) return KEY_IMAGE_STATE;
  return Object.hasOwn(FORMATS, sopClass) ? FORMATS[sopClass] : undefined;
};

/** SOP classes that `readDicomReport` reads, to tell them from images before they are parsed. */
export const REPORT_SOP_CLASSES: readonly string[] = Object.keys(FORMATS);

const sexOf = (value: string): ReportPatient['sex'] =>
  value === 'F' || value === 'M' || value === 'O' ? value : '';

const patientIn = (dict: DcmjsDict): ReportPatient => {
  const issuer = readText(dict, 'IssuerOfPatientID');
  return {
    id: readText(dict, 'PatientID'),
    ...(issuer && { issuer }),
    name: readText(dict, 'PatientName'),
    birthDate: readText(dict, 'PatientBirthDate'),
    sex: sexOf(readText(dict, 'PatientSex')),
  };
};

/** Who it is about comes from the standard attributes; the private block does not say. */
const withIdentity = (report: CaseReport, dict: DcmjsDict): CaseReport => ({
  ...report,
  patient: patientIn(dict),
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

/** The instant of DICOM date, time and offset, ms since 1970; 0 where there is none. */
const instantOf = (dict: DcmjsDict): number => {
  const date = readText(dict, 'ContentDate') || readText(dict, 'PresentationCreationDate');
  const time = readText(dict, 'ContentTime') || readText(dict, 'PresentationCreationTime');
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  if (!parts) return 0;
  const [h = '00', m = '00', s = '00', fraction = ''] =
    /^(\d\d)(\d\d)?(\d\d)?(\.\d+)?/.exec(time)?.slice(1) ?? [];
  const offset = /^([+-]\d\d)(\d\d)$/.exec(readText(dict, 'TimezoneOffsetFromUTC'));
  const zone = offset ? `${offset[1]}:${offset[2]}` : 'Z';
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${h}:${m}:${s}${fraction.slice(0, 4)}${zone}`;
  return Date.parse(iso) || 0;
};

/** SOP Instance UIDs of the predecessor documents, as the standard part and the private block say. */
const replacedBy = (dict: DcmjsDict, payload: CaseReport | undefined): string[] => [
  ...new Set([
    ...readItems(dict, 'PredecessorDocumentsSequence')
      .flatMap((study) => readItems(study, 'ReferencedSeriesSequence'))
      .flatMap((series) => readItems(series, 'ReferencedSOPSequence'))
      .map((reference) => readText(reference, 'ReferencedSOPInstanceUID')),
    ...(payload?.predecessors ?? []).map(({ sopInstanceUid }) => sopInstanceUid),
  ]),
];

/** Only what this program wrote is known to hold all that it had to say. */
const documentOf = (dict: DcmjsDict, payload: CaseReport | undefined): ReportDocument => ({
  sopClassUid: readText(dict, 'SOPClassUID'),
  sopInstanceUid: readText(dict, 'SOPInstanceUID'),
  seriesInstanceUid: readText(dict, 'SeriesInstanceUID'),
  studyInstanceUid: readText(dict, 'StudyInstanceUID'),
  writer:
    payload || readText(dict, 'Manufacturer').toUpperCase() === CREATOR
      ? `${readText(dict, 'Manufacturer')} ${readText(dict, 'DeviceSerialNumber')}`
      : '',
  writtenAt: (payload && Date.parse(payload.createdAt)) || instantOf(dict),
  replaces: replacedBy(dict, payload),
});

/** What the algorithm of a report of ours says of itself, where a store changed the rest. */
const namesUs = (dict: DcmjsDict): boolean =>
  below(dict, C.algorithmParameters).some((node) =>
    readText(node, 'TextValue').toUpperCase().startsWith(`${CREATOR} `),
  );

/** Whether a report without a lesion has something to say. */
const says = (report: CaseReport): boolean =>
  (report.secondLooks ?? []).length > 0 ||
  (report.keyImages ?? []).length > 0 ||
  studiesSpokenOf(report).length > 0;

const kindOf = ({ source }: Format): Message => message(`report.kind.${source}`);

export interface ReadReportOptions {
  /** Whether to read what a batch wrote and no reader has seen: not where it would become a reader's. */
  readonly unread?: boolean;
}

const restore = (
  dict: DcmjsDict,
  format: Format,
  { unread = false }: ReadReportOptions,
): Result<RestoredCase, Message> => {
  if (!unread && readText(dict, 'DeviceSerialNumber') === BATCH)
    return err(message('report.unread', { kind: kindOf(format) }));
  const tree = format.read(dict);
  const payload = readPayload(dict);
  const document = documentOf(dict, payload);
  if (document.writer === '' && !namesUs(dict)) return err(message('report.other-program'));
  const isExact = payload !== undefined && format.agrees(tree, payload, dict);
  // A report whose lesions were all deleted stands in the place of earlier ones.
  if (tree.lesions.length === 0 && document.replaces.length === 0 && !(isExact && says(payload)))
    return err(message('report.no-lesions', { kind: kindOf(format) }));
  if (isExact)
    return ok({ ...restoreReport(withIdentity(payload, dict), format.source), document });
  return ok({
    document,
    source: format.source,
    exact: false,
    patientId: readText(dict, 'PatientID'),
    images: tree.images,
    lesions: tree.lesions,
    report: undefined,
  });
};

/**
 * Lesions, marks, scores and key images from a CAD report, measurement report, presentation state or
 * key object selection that this program wrote: exactly, or, where the private block is gone or no
 * longer fits, the lesions of the standard part.
 */
export const readDicomReport = (
  bytes: Uint8Array,
  options: ReadReportOptions = {},
): Result<RestoredCase, Message> => {
  const file = readPart10(bytes);
  if (!file.ok) return file;
  const { dict } = file.value;
  const format = formatOf(dict);
  if (!format) return err(message('report.other-object'));
  try {
    return restore(dict, format, options);
  } catch (error) {
    return err(
      message('report.kind-damaged', { kind: kindOf(format), reason: (error as Error).message }),
    );
  }
};
