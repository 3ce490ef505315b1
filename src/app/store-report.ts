import { message, type Message } from '../core/message/message.ts';
import type { DicomWebClient, DicomWebFailure, SeriesSummary } from '../adapters/dicomweb/index.ts';
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
import type { ReportLedger, Storing } from './report-ledger.ts';

type Archive = Pick<DicomWebClient, 'listSeries' | 'listInstances' | 'retrieveInstance' | 'store'>;
type Held = RestoredCase & { readonly document: ReportDocument };

/** What a server holds that may be a report. */
interface Holding {
  readonly held: readonly Held[];
  /** Objects that the server lists and does not give, or nobody can read from its list. */
  readonly unread: number;
}

/** Of one object alone: another may well be had. */
const isOfOneObject = ({ code }: DicomWebFailure): boolean =>
  code !== 'server.server-error.busy' &&
  /^server\.(server-error|refused|malformed|not-dicomweb|too-large)/.test(code);

/** Series that may hold what we write; some servers do not say the modality. */
const mayHold = ({ modality }: SeriesSummary): boolean => ['SR', 'PR', 'KO', ''].includes(modality);

const heldInSeries = async (
  archive: Archive,
  series: SeriesSummary,
  signal: AbortSignal,
): Promise<Result<Holding, Message>> => {
  const { readDicomReport, REPORT_SOP_CLASSES } = await loadDicomReports();
  const instances = await archive.listInstances(series, { signal });
  if (!instances.ok) return instances;
  const held: Held[] = [];
  let unread = instances.value.unread ? 1 : 0;
  for (const instance of instances.value.items) {
    if (!['', ...REPORT_SOP_CLASSES].includes(instance.sopClassUid)) continue;
    const file = await archive.retrieveInstance(instance, { signal });
    if (!file.ok && file.error.code === 'server.gone') continue;
    if (!file.ok && !isOfOneObject(file.error)) return file;
    if (!file.ok) {
      unread++;
      continue;
    }
    const read = readDicomReport(new Uint8Array(await file.value.arrayBuffer()));
    // What cannot be read is another program's, or says nothing that a new report could replace.
    if (read.ok && read.value.document) held.push({ ...read.value, document: read.value.document });
  }
  return ok({ held, unread });
};

/** The reports that the server holds on the studies. A study that it does not know has none. */
const heldReports = async (
  archive: Archive,
  studies: readonly string[],
  signal: AbortSignal,
): Promise<Result<Holding, Message>> => {
  const held: Held[] = [];
  let unread = 0;
  for (const study of studies) {
    const series = await archive.listSeries(study, { signal });
    if (!series.ok && series.error.code === 'server.gone') continue;
    if (!series.ok) return series;
    if (series.value.unread) unread++;
    for (const one of series.value.items.filter(mayHold)) {
      const found = await heldInSeries(archive, one, signal);
      if (!found.ok) return found;
      held.push(...found.value.held);
      unread += found.value.unread;
    }
  }
  return ok({ held, unread });
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
  unread: number,
  warning: Message | undefined,
): readonly Message[] => [
  warning === undefined
    ? message('stored.done', { report, server })
    : message('stored.warned', { report, server, warning }),
  ...(replaced > 0 ? [message('stored.replaced')] : []),
  ...(beside > 0 ? [message('stored.beside')] : []),
  ...(unread > 0 ? [message('stored.unread', { count: unread })] : []),
];

/** Whether an object is refused because it is there: nobody else writes one of its UID. */
const isThere = (reason: Message): boolean =>
  Object.values<unknown>(reason.values).some(
    (said) => (said as Partial<Message>).code === 'stored.refused.duplicate',
  );

/** Begun before and not finished, unless something newer stands in its place since: else undefined. */
const begunBefore = (
  ledger: ReportLedger,
  place: string,
  content: string,
  held: readonly Held[],
): Storing | undefined => {
  const begun = ledger.begun(place);
  if (begun?.content !== content) return undefined;
  const old = superseded([...held.map(({ document }) => document), ...begun.documents]);
  return begun.documents.some(({ sopInstanceUid }) => old.has(sopInstanceUid)) ? undefined : begun;
};

const begin = async (
  report: CaseReport,
  format: StoredFormat,
  content: string,
): Promise<Result<Storing, Message>> => {
  const objects = await dicomObjects(report, format);
  if (!objects.ok) return objects;
  const { readDicomReport } = await loadDicomReports();
  const documents = objects.value.flatMap(({ bytes }) => {
    const read = readDicomReport(bytes);
    return read.ok && read.value.document ? [read.value.document] : [];
  });
  return ok({ content, objects: objects.value, documents, stored: new Set() });
};

/**
 * Stores one form of a report once, in the place of the earlier ones that it speaks for. Where the server
 * takes only some of its objects, the next try sends the others, as they were.
 */
export const storeReport = async (
  archive: Archive,
  server: string,
  report: CaseReport,
  format: StoredFormat,
  ledger: ReportLedger,
  signal: AbortSignal,
): Promise<Result<readonly Message[], Message>> => {
  const studies = report.studies.map((study) => study.studyInstanceUid);
  const found = await heldReports(archive, studies, signal);
  if (!found.ok) return found;
  const { held, unread } = found.value;
  const place = [server, format, ...studies].join(' ');
  const content = contentKey(report);
  const before = begunBefore(ledger, place, content, held);
  const own = new Set(before?.objects.map(({ sopInstanceUid }) => sopInstanceUid));
  const isOwn = ({ document }: Held) => own.has(document.sopInstanceUid);
  const others = held.filter((one) => !isOwn(one));
  const plan = planStoring(report, format, others, ledger);
  const name = message(`stored.report.${format}`);
  const begun = before ? ok(before) : await begin(plan.report, format, content);
  if (!begun.ok) return begun;
  const { objects, documents, stored } = begun.value;
  for (const { document } of held.filter(isOwn)) stored.add(document.sopInstanceUid);
  // A server that has only some of the objects has not the report.
  if (plan.alike >= objects.length || stored.size >= objects.length)
    return ok([message('stored.already', { report: name, server })]);
  ledger.begin(place, begun.value);
  const answer = await archive.store(
    objects.filter(({ sopInstanceUid }) => !stored.has(sopInstanceUid)),
    { signal },
  );
  if (!answer.ok) return answer;
  for (const { sopInstanceUid } of answer.value.stored) stored.add(sopInstanceUid);
  const failed = answer.value.failed.filter(({ reason }) => !isThere(reason));
  for (const { sopInstanceUid, reason } of answer.value.failed)
    if (isThere(reason)) stored.add(sopInstanceUid);
  for (const document of documents) if (stored.has(document.sopInstanceUid)) ledger.note(document);
  const [refused] = failed;
  if (!refused) {
    ledger.finish(place);
    const warning = answer.value.stored.find((one) => one.warning)?.warning;
    return ok(outcomeOf(name, server, plan, unread, warning));
  }
  const { reason } = refused;
  const count = { stored: stored.size, total: objects.length };
  return err(
    stored.size > 0
      ? message('stored.part', { report: name, server, reason, ...count })
      : message('stored.not', { reason }),
  );
};
