import { message, type Message } from '../core/message/message.ts';
import type { DicomWebClient, SeriesSummary } from '../adapters/dicomweb/index.ts';
import type { CaseReport } from '../core/report/case-report.ts';
import {
  contentKey,
  superseded,
  type DocumentReference,
  type ReportDocument,
} from '../core/report/report-documents.ts';
import type { RestoredCase } from '../core/report/restored.ts';
import { err, ok, type Result } from '../core/message/result.ts';
import type { StoredFormat } from '../core/report/export-format.ts';
import { dicomObjects, loadDicomReports } from './reporting/exports-files.ts';
import type { ReportLedger } from './report-ledger.ts';

type Archive = Pick<DicomWebClient, 'listSeries' | 'listInstances' | 'retrieveInstance' | 'store'>;
type Held = RestoredCase & { readonly document: ReportDocument };

/** Series that may hold what we write; some servers do not say the modality. */
const mayHold = ({ modality }: SeriesSummary): boolean => ['SR', 'PR', 'KO', ''].includes(modality);

const heldInSeries = async (
  archive: Archive,
  series: SeriesSummary,
  signal: AbortSignal,
): Promise<Result<readonly Held[], Message>> => {
  const { readDicomReport, REPORT_SOP_CLASSES } = await loadDicomReports();
  const instances = await archive.listInstances(series, { signal });
  if (!instances.ok) return instances;
  const held: Held[] = [];
  for (const instance of instances.value.items) {
    if (!['', ...REPORT_SOP_CLASSES].includes(instance.sopClassUid)) continue;
    const file = await archive.retrieveInstance(instance, { signal });
    if (!file.ok && file.error.code === 'server.gone') continue;
    if (!file.ok) return file;
    const read = readDicomReport(new Uint8Array(await file.value.arrayBuffer()));
    // What cannot be read is another program's, or says nothing that a new report could replace.
    if (read.ok && read.value.document) held.push({ ...read.value, document: read.value.document });
  }
  return ok(held);
};

/** The reports that the server holds on the studies. A study that it does not know has none. */
const heldReports = async (
  archive: Archive,
  studies: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly Held[], Message>> => {
  const held: Held[] = [];
  for (const study of studies) {
    const series = await archive.listSeries(study, { signal });
    if (!series.ok && series.error.code === 'server.gone') continue;
    if (!series.ok) return series;
    for (const one of series.value.items.filter(mayHold)) {
      const found = await heldInSeries(archive, one, signal);
      if (!found.ok) return found;
      held.push(...found.value);
    }
  }
  return ok(held);
};

const reference = (document: ReportDocument): DocumentReference => ({
  sopClassUid: document.sopClassUid,
  sopInstanceUid: document.sopInstanceUid,
  seriesInstanceUid: document.seriesInstanceUid,
  studyInstanceUid: document.studyInstanceUid,
});

/**
 * Whether the new report speaks for what is held: it was read or written here, this installation wrote
 * it, or each of its lesions is in the new report. Any other would vanish behind what never knew it.
 */
const isTakenIn = (report: CaseReport, ledger: ReportLedger, held: Held): boolean => {
  const { installation } = report.program;
  const here = new Set(report.lesions.map(({ id }) => id));
  return (
    ledger.has(held.document.sopInstanceUid) ||
    (installation !== undefined && held.report?.program.installation === installation) ||
    (held.lesions.length > 0 && held.lesions.every(({ id }) => id !== undefined && here.has(id)))
  );
};

/** What is to be sent. */
export interface StorePlan {
  readonly report: CaseReport;
  /** Current objects that say the same in the same form. A form may take several. */
  readonly alike: number;
  /** Earlier reports in whose place it stands, and others that stay beside it. */
  readonly replaced: number;
  readonly beside: number;
}

export const planStoring = (
  report: CaseReport,
  format: StoredFormat,
  held: readonly Held[],
  ledger: ReportLedger,
): StorePlan => {
  const old = superseded(held.map(({ document }) => document));
  const current = held.filter(({ document }) => !old.has(document.sopInstanceUid));
  const key = contentKey(report);
  const alike = (one: Held) =>
    one.source === format && one.report !== undefined && contentKey(one.report) === key;
  const takenIn = held.filter((one) => alike(one) || isTakenIn(report, ledger, one));
  const takenInCurrent = current.filter((one) => takenIn.includes(one));
  return {
    alike: current.filter(alike).length,
    report:
      takenIn.length > 0
        ? { ...report, predecessors: takenIn.map(({ document }) => reference(document)) }
        : report,
    replaced: takenInCurrent.length,
    beside: current.length - takenInCurrent.length,
  };
};

/** What became of a report that the server has taken. */
const outcomeOf = (
  report: Message,
  server: string,
  { replaced, beside }: StorePlan,
  warning: Message | undefined,
): readonly Message[] => [
  warning === undefined
    ? message('stored.done', { report, server })
    : message('stored.warned', { report, server, warning }),
  ...(replaced > 0 ? [message('stored.replaced')] : []),
  ...(beside > 0 ? [message('stored.beside')] : []),
];

/** Stores one form of a report once, in the place of the earlier ones that it speaks for. */
export const storeReport = async (
  archive: Archive,
  server: string,
  report: CaseReport,
  format: StoredFormat,
  ledger: ReportLedger,
  signal: AbortSignal,
): Promise<Result<readonly Message[], Message>> => {
  const studies = report.studies.map((study) => study.studyInstanceUid);
  const held = await heldReports(archive, studies, signal);
  if (!held.ok) return held;
  const plan = planStoring(report, format, held.value, ledger);
  const name = message(`stored.report.${format}`);
  const objects = await dicomObjects(plan.report, format);
  if (!objects.ok) return objects;
  // A server that has only some of the objects has not the report.
  if (plan.alike >= objects.value.length)
    return ok([message('stored.already', { report: name, server })]);
  const answer = await archive.store(objects.value, { signal });
  if (!answer.ok) return answer;
  const { stored, failed } = answer.value;
  const { readDicomReport } = await loadDicomReports();
  for (const { bytes, sopInstanceUid } of objects.value) {
    if (!stored.some((one) => one.sopInstanceUid === sopInstanceUid)) continue;
    const read = readDicomReport(bytes);
    if (read.ok && read.value.document) ledger.note(read.value.document);
  }
  if (failed[0]) return err(message('stored.not', { reason: failed[0].reason }));
  return ok(outcomeOf(name, server, plan, stored.find((one) => one.warning)?.warning));
};
