import { shortCode } from '../../core/message/shortened.ts';
import { message, type Message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { exchange, type Answer } from './exchange.ts';
import { fail, kindOf, type DicomWebFailure, type FailureKind, type Outcome } from './failure.ts';
import { boundaryOf, parseMultipart } from './multipart.ts';
import {
  listInstances,
  listSeries,
  type InstanceSummary,
  type Listing,
  type SeriesSummary,
} from './search.ts';
import { isWebPage, statusFailure, webPage } from './status-failure.ts';

export type InstanceReference = Pick<
  InstanceSummary,
  'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'
>;

export interface RetrieveInstanceOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (received: number) => void;
  /** Told when a busy server has asked to be left alone for a while, and when that is over. */
  readonly onBusy?: (isBusy: boolean) => void;
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

/** An object that is to come. Its entry is there once it has come, or failed. */
export interface ArrivingEntry {
  readonly path: string;
  /** Of a series that the server calls radiographs, and so no report. */
  readonly isImage: boolean;
  readonly coming: Promise<RetrievedEntry>;
}

export interface RetrieveProgress {
  readonly done: number;
  readonly total: number;
  /** Of all objects so far. */
  readonly bytes: number;
  /** A busy server has asked to be left alone for a while. */
  readonly isBusy: boolean;
}

export interface RetrieveStudyOptions {
  readonly signal?: AbortSignal;
  /** Which series to fetch; what may be a mammogram or written about one unless told. */
  readonly wanted?: (series: SeriesSummary) => boolean;
  readonly onProgress?: (progress: RetrieveProgress) => void;
  /** Told once, when the first object has come: all that are to come, in their order. */
  readonly onArriving?: (arriving: readonly ArrivingEntry[]) => void;
}

export interface RetrievedStudy {
  readonly entries: readonly RetrievedEntry[];
  /** Why not all came: the rest are entries with a problem. Undefined where all were asked for. */
  readonly stopped: DicomWebFailure | undefined;
  /** Modalities of the series that were not fetched, for the viewer does not open them. */
  readonly leftOut: readonly string[];
}

/** As the opener's own: larger than any two-dimensional mammogram. */
const LARGEST_OBJECT = 2 ** 30;
/** Objects of one study that are fetched; far more than a mammography study has. */
const MOST_OBJECTS = 500;
/** Whatever the object was stored in: no lossy second compression, no work for the server. */
const ANY_SYNTAX = 'multipart/related; type="application/dicom"; transfer-syntax=*';
/** For servers that do not know that: they send their default, which is one that all can read. */
const SOME_SYNTAX = 'multipart/related; type="application/dicom"';
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
    return fail(message('server.malformed.type', { type: shortCode(contentType) || 'untyped' }));
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
  const { signal, onBytes, onBusy } = options;
  const ask = (accept: string) =>
    exchange(connection, {
      path: `/studies/${of.studyInstanceUid}/series/${of.seriesInstanceUid}/instances/${of.sopInstanceUid}`,
      ...{ accept, maxBytes: LARGEST_OBJECT, signal, onBytes, onBusy },
    });
  const first = await ask(ANY_SYNTAX);
  const answer = first.ok && first.value.status === 406 ? await ask(SOME_SYNTAX) : first;
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

/** Kinds of picture that may be of the breast: what is not is named when it is read. */
const PICTURES = new Set(['MG', 'CR', 'DX']);
/** Those; secondary captures; what was written about them; and series whose kind the server does not say. */
const WANTED = new Set([...PICTURES, 'OT', 'SC', 'SR', 'PR', 'KO', 'DOC', '']);
export const isWantedByDefault = ({ modality }: SeriesSummary): boolean => WANTED.has(modality);

const label = ({ description, modality, number }: SeriesSummary): string =>
  (description || `${modality} series ${number ?? ''}`).replace(/[/\\]/g, ' ').trim();

/**
 * Requests under way at a time. Browsers allow six to one server over HTTP/1.1: two are left for what else
 * is asked of it.
 */
const AT_A_TIME = 4;

/** Works on the items in their order, so many at a time; resolves when all are done. */
const fourAtATime = async <T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> => {
  const left = items.entries();
  const lane = async () => {
    for (const [index, item] of left) await work(item, index);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
};

interface Planned extends InstanceReference, Pick<ArrivingEntry, 'path' | 'isImage'> {}

type UnreadEntry = { readonly path: string; readonly problem: DicomWebFailure };

interface Plan {
  readonly objects: readonly Planned[];
  /** In the place of what the server lists and nobody can read. */
  readonly unread: readonly UnreadEntry[];
  readonly leftOut: readonly string[];
}

const unreadEntry = (path: string, problem: DicomWebFailure | undefined): readonly UnreadEntry[] =>
  problem ? [{ path, problem }] : [];

const plan = async (
  connection: Connection,
  studyInstanceUid: string,
  { wanted = isWantedByDefault, signal }: RetrieveStudyOptions,
): Promise<Outcome<Plan>> => {
  const listed = await listSeries(connection, studyInstanceUid, signal);
  if (!listed.ok) return listed;
  const series = listed.value.items;
  const chosen = series.filter(wanted);
  const others = series.filter((one) => !chosen.includes(one));
  const leftOut = [...new Set(others.map(({ modality }) => modality))];
  if (chosen.length === 0) {
    return fail(message('server.refused.nothing', { kinds: leftOut.join(', ') }));
  }
  const lists: Outcome<Listing<InstanceSummary>>[] = [];
  await fourAtATime(chosen, async (one, i) => {
    lists[i] = await listInstances(connection, one, signal);
  });
  const planned: Planned[] = [];
  const unread = [...unreadEntry(studyInstanceUid, listed.value.unread)];
  for (const [i, one] of chosen.entries()) {
    const instances = lists[i] as Outcome<Listing<InstanceSummary>>;
    if (!instances.ok) return instances;
    const isImage = PICTURES.has(one.modality);
    unread.push(...unreadEntry(label(one), instances.value.unread));
    for (const instance of instances.value.items) {
      const path = `${label(one)}/${instance.sopInstanceUid}.dcm`;
      planned.push({ ...instance, path, isImage });
    }
  }
  if (planned.length === 0) return fail(unread[0]?.problem ?? message('server.gone'));
  // What was written about them waits for the images anyway.
  planned.sort((a, b) => Number(b.isImage) - Number(a.isImage));
  if (planned.length > MOST_OBJECTS)
    return fail(message('server.too-large.study', { count: planned.length, most: MOST_OBJECTS }));
  return ok({ objects: planned, unread, leftOut });
};

interface Expecting extends ArrivingEntry {
  readonly settle: (entry: RetrievedEntry) => void;
}

const expecting = ({ path, isImage }: Planned): Expecting => {
  let settle: Expecting['settle'] = () => undefined;
  const coming = new Promise<RetrievedEntry>((resolve) => (settle = resolve));
  return { path, isImage, coming, settle };
};

/**
 * The objects of a study, four at a time. Fails where nothing can be had at all; once objects have come,
 * they are kept whatever happens, and each that is missing is an entry that says why.
 */
export const retrieveStudy = async (
  connection: Connection,
  studyInstanceUid: string,
  options: RetrieveStudyOptions = {},
): Promise<Outcome<RetrievedStudy>> => {
  const planned = await plan(connection, studyInstanceUid, options);
  if (!planned.ok) return planned;
  const { objects, unread, leftOut } = planned.value;
  const { signal, onProgress, onArriving } = options;
  const arriving = objects.map(expecting);
  const all: readonly ArrivingEntry[] = [
    ...arriving,
    ...unread.map((entry) => ({
      path: entry.path,
      isImage: false,
      coming: Promise.resolve(entry),
    })),
  ];
  const received = objects.map(() => 0);
  let [done, waiting, hasCome] = [0, 0, false];
  let failure: DicomWebFailure | undefined;
  let stopped: DicomWebFailure | undefined;
  const report = () => {
    const bytes = received.reduce((sum, each) => sum + each, 0);
    onProgress?.({ done, total: arriving.length, bytes, isBusy: waiting > 0 });
  };
  const take = (file: File) => {
    if (!hasCome) onArriving?.(all);
    hasCome = true;
    return file;
  };

  report();
  await fourAtATime(objects, async (one, i) => {
    const { path, settle } = arriving[i] as Expecting;
    const onBytes = (bytes: number) => {
      received[i] = bytes;
      report();
    };
    const onBusy = (isBusy: boolean) => {
      waiting += isBusy ? 1 : -1;
      report();
    };
    const got = stopped
      ? { ok: false as const, error: stopped }
      : await retrieveInstance(connection, one, { signal, onBytes, onBusy });
    received[i] = got.ok ? got.value.size : 0;
    done++;
    if (got.ok) settle({ path, file: take(got.value), expected: expectedOf(one) });
    else {
      failure ??= got.error;
      if (ENDS_ALL.has(kindOf(got.error))) stopped ??= got.error;
      settle({ path, problem: got.error });
    }
    report();
  });
  if (failure && !hasCome) return { ok: false, error: failure };
  return ok({
    entries: await Promise.all(all.map(({ coming }) => coming)),
    stopped,
    leftOut,
  });
};
