import { message, type Message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { exchange, type Answer } from './exchange.ts';
import { fail, kindOf, type DicomWebFailure, type FailureKind, type Outcome } from './failure.ts';
import { boundaryOf, parseMultipart } from './multipart.ts';
import { listInstances, listSeries, type InstanceSummary, type SeriesSummary } from './search.ts';
import { isWebPage, statusFailure, webPage } from './status-failure.ts';

export type InstanceReference = Pick<
  InstanceSummary,
  'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'
>;

export interface RetrieveInstanceOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (received: number) => void;
}

/** As the file opener takes it: a file, or why there is none. */
export type RetrievedEntry =
  | {
      readonly path: string;
      readonly file: File;
      /** What was asked for: the opener refuses an answer that is of another study or object. */
      readonly expected: Pick<InstanceReference, 'studyInstanceUid' | 'sopInstanceUid'>;
    }
  | { readonly path: string; readonly problem: Message };

export interface RetrieveProgress {
  readonly done: number;
  readonly total: number;
  /** Of all objects so far. */
  readonly bytes: number;
}

export interface RetrieveStudyOptions {
  readonly signal?: AbortSignal;
  /** Which series to fetch; mammograms, reports and presentation states unless told. */
  readonly wanted?: (series: SeriesSummary) => boolean;
  readonly onProgress?: (progress: RetrieveProgress) => void;
  /** Each entry as it arrives. */
  readonly onEntry?: (entry: RetrievedEntry) => void;
}

export interface RetrievedStudy {
  readonly entries: readonly RetrievedEntry[];
  /** Why not all came: the rest are entries with a problem. Undefined where all were asked for. */
  readonly stopped: DicomWebFailure | undefined;
}

/** As the opener's own: larger than any two-dimensional mammogram. */
const LARGEST_OBJECT = 2 ** 30;
/** Objects of one study that are fetched; far more than a mammography study has. */
const MOST_OBJECTS = 500;
/** Whatever the object was stored in: no lossy second compression, no work for the server. */
const ANY_SYNTAX = 'multipart/related; type="application/dicom"; transfer-syntax=*';
/** After one of these the next object would fail alike. */
const ENDS_ALL: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'aborted',
  'unreachable',
  'blocked',
  'timeout',
  'unauthorised',
  'forbidden',
]);
const PREAMBLE = 128;

/** With its preamble, or without: the first elements of group 0002 or 0008 then. */
const isDicom = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM' ||
  ((bytes[0] === 0x02 || bytes[0] === 0x08) && bytes[1] === 0 && bytes[3] === 0);

const objectOf = ({ contentType, bytes }: Answer): Outcome<Uint8Array<ArrayBuffer>> => {
  if (isDicom(bytes)) return ok(bytes);
  const boundary = boundaryOf(contentType);
  if (boundary === undefined)
    return fail(message('server.malformed.type', { type: contentType || 'untyped' }));
  const parts = parseMultipart(bytes, boundary, 1);
  if (!parts.ok) return parts;
  const [part] = parts.value;
  if (!part) return fail(message('server.malformed.none'));
  return isDicom(part.body) ? ok(part.body) : fail(message('server.malformed.object'));
};

/** One object, byte for byte as it was stored. */
export const retrieveInstance = async (
  connection: Connection,
  of: InstanceReference,
  options: RetrieveInstanceOptions = {},
): Promise<Outcome<File>> => {
  const answer = await exchange(connection, {
    path: `/studies/${of.studyInstanceUid}/series/${of.seriesInstanceUid}/instances/${of.sopInstanceUid}`,
    accept: ANY_SYNTAX,
    maxBytes: LARGEST_OBJECT,
    signal: options.signal,
    onBytes: options.onBytes,
  });
  if (!answer.ok) return answer;
  const failed = statusFailure(connection, answer.value, 'open');
  if (failed) return failed;
  if (isWebPage(answer.value)) return webPage;
  const object = objectOf(answer.value);
  if (!object.ok) return object;
  return ok(new File([object.value], `${of.sopInstanceUid}.dcm`, { type: 'application/dicom' }));
};

const expectedOf = ({ studyInstanceUid, sopInstanceUid }: InstanceReference) => ({
  studyInstanceUid,
  sopInstanceUid,
});

/** MG; what was written about it (SR, PR, KO aside); and series whose kind the server does not say. */
const WANTED = new Set(['MG', 'SR', 'PR', '']);
export const isWantedByDefault = ({ modality }: SeriesSummary): boolean => WANTED.has(modality);

const label = ({ description, modality, number }: SeriesSummary): string =>
  (description || `${modality} series ${number ?? ''}`).replace(/[/\\]/g, ' ').trim();

interface Planned extends InstanceReference {
  readonly path: string;
}

const plan = async (
  connection: Connection,
  studyInstanceUid: string,
  { wanted = isWantedByDefault, signal }: RetrieveStudyOptions,
): Promise<Outcome<readonly Planned[]>> => {
  const series = await listSeries(connection, studyInstanceUid, signal);
  if (!series.ok) return series;
  const chosen = series.value.filter(wanted);
  if (chosen.length === 0) {
    const kinds = [...new Set(series.value.map((s) => s.modality))].join(', ');
    return fail(message('server.refused.nothing', { kinds }));
  }
  const planned: Planned[] = [];
  for (const one of chosen) {
    const instances = await listInstances(connection, one, signal);
    if (!instances.ok) return instances;
    for (const instance of instances.value)
      planned.push({ ...instance, path: `${label(one)}/${instance.sopInstanceUid}.dcm` });
  }
  if (planned.length === 0) return fail(message('server.gone'));
  if (planned.length > MOST_OBJECTS)
    return fail(message('server.too-large.study', { count: planned.length, most: MOST_OBJECTS }));
  return ok(planned);
};

/**
 * The objects of a study, one at a time. Fails where nothing can be had at all; once objects have come,
 * they are kept whatever happens, and each that is missing is an entry that says why.
 */
export const retrieveStudy = async (
  connection: Connection,
  studyInstanceUid: string,
  options: RetrieveStudyOptions = {},
): Promise<Outcome<RetrievedStudy>> => {
  const planned = await plan(connection, studyInstanceUid, options);
  if (!planned.ok) return planned;
  const { signal, onProgress, onEntry } = options;
  const total = planned.value.length;
  const entries: RetrievedEntry[] = [];
  let received = 0;
  let failure: DicomWebFailure | undefined;
  let stopped: DicomWebFailure | undefined;
  const report = (bytes: number) => onProgress?.({ done: entries.length, total, bytes });

  report(0);
  for (const one of planned.value) {
    const onBytes = (bytes: number) => report(received + bytes);
    const file = stopped
      ? { ok: false as const, error: stopped }
      : await retrieveInstance(connection, one, { signal, onBytes });
    if (!file.ok) {
      failure ??= file.error;
      if (ENDS_ALL.has(kindOf(file.error))) stopped ??= file.error;
    }
    const entry = file.ok
      ? { path: one.path, file: file.value, expected: expectedOf(one) }
      : { path: one.path, problem: file.error };
    if (file.ok) received += file.value.size;
    entries.push(entry);
    onEntry?.(entry);
    report(received);
  }
  if (failure && !entries.some((entry) => 'file' in entry)) return { ok: false, error: failure };
  return ok({ entries, stopped });
};
