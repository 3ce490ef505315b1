import type { StudyQuery } from '../../ports/server.ts';
import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import { integer, parseJsonList, personName, requiredUid, text, texts } from './dicom-json.ts';
import { exchange } from './exchange.ts';
import { fail, type Outcome } from './failure.ts';
import { isWebPage, statusFailure, webPage, type Purpose } from './status-failure.ts';
import { matchingKeys, meantBy, pageOf, withoutEscapedKeys } from './study-query.ts';

export interface StudySummary {
  readonly studyInstanceUid: string;
  readonly patientId: string;
  /** A PN value; see formatPersonName. */
  readonly patientName: string;
  /** DICOM dates, yyyymmdd or ''. */
  readonly birthDate: string;
  readonly date: string;
  readonly time: string;
  readonly description: string;
  readonly accessionNumber: string;
  readonly modalities: readonly string[];
  readonly seriesCount: number | undefined;
  readonly instanceCount: number | undefined;
}

export interface StudyPage {
  readonly studies: readonly StudySummary[];
  /** Where the next page begins; undefined where there is none. */
  readonly nextOffset: number | undefined;
  /** Studies of the page whose record the server got wrong; they are left out. */
  readonly unreadable: number;
}

export interface SeriesSummary {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly number: number | undefined;
  readonly description: string;
}

export interface InstanceSummary {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly number: number | undefined;
  /** Absent in many servers' answers. */
  readonly frames?: number;
}

const LARGEST_ANSWER = 16 * 2 ** 20;
/** Objects asked for at a time, and in all, within one study. */
const PAGE = 500;
const MOST = 5000;

const study = z
  .object({
    '0020000D': requiredUid,
    '00100010': personName,
    '00100020': text,
    '00100030': text,
    '00080020': text,
    '00080030': text,
    '00081030': text,
    '00080050': text,
    '00080061': texts,
    '00201206': integer,
    '00201208': integer,
  })
  .transform((found): StudySummary => ({
    studyInstanceUid: found['0020000D'],
    patientId: found['00100020'],
    patientName: found['00100010'],
    birthDate: found['00100030'],
    date: found['00080020'],
    time: found['00080030'],
    description: found['00081030'],
    accessionNumber: found['00080050'],
    modalities: found['00080061'],
    seriesCount: found['00201206'],
    instanceCount: found['00201208'],
  }));

/** Absent in some servers' answers; where it is there it must be what was asked for. */
const statedUid = text;

const series = z.object({
  '0020000D': statedUid,
  '0020000E': requiredUid,
  '00080060': text,
  '00200011': integer,
  '0008103E': text,
});

const instance = z.object({
  '0020000D': statedUid,
  '00080018': requiredUid,
  '00080016': requiredUid,
  '00200013': integer,
  '00280008': integer,
});

interface Asked<T> {
  readonly path: string;
  readonly keys: URLSearchParams;
  readonly item: z.ZodType<T>;
  readonly what: Message;
  readonly purpose: Purpose;
  readonly signal: AbortSignal | undefined;
}

/** One QIDO-RS request. */
const query = async <T>(connection: Connection, asked: Asked<T>) => {
  const answer = await exchange(connection, {
    // A space as %20, which every server reads; a plus is %2B already.
    path: `${asked.path}?${String(asked.keys).replaceAll('+', '%20')}`,
    accept: 'application/dicom+json',
    maxBytes: LARGEST_ANSWER,
    signal: asked.signal,
  });
  if (!answer.ok) return answer;
  const failed = statusFailure(connection, answer.value, asked.purpose);
  if (failed) return failed;
  const { status, bytes, incomplete } = answer.value;
  if (status === 204) return ok({ items: [], unreadable: 0, incomplete: false });
  if (isWebPage(answer.value)) return webPage;
  const list = parseJsonList(bytes, asked.item, asked.what);
  return list.ok ? ok({ ...list.value, incomplete }) : list;
};

/**
 * A page of the studies that match. One study more than a page is asked for, which tells whether there
 * is another page; so do a server's own limit and its warning.
 */
const studyPage = async (
  connection: Connection,
  matching: URLSearchParams,
  { limit, offset }: ReturnType<typeof pageOf>,
  signal: AbortSignal | undefined,
): Promise<Outcome<StudyPage>> => {
  const keys = new URLSearchParams(matching);
  keys.append('includefield', '00081030');
  keys.append('includefield', '00080061');
  const asked = {
    path: '/studies',
    item: study,
    what: message('server.what.studies'),
    purpose: 'search',
  } as const;
  const part = async (most: number, from: number) => {
    keys.set('limit', String(most));
    keys.set('offset', String(from));
    return query(connection, { ...asked, keys, signal });
  };
  const found = await part(limit + 1, offset);
  if (!found.ok) return found;
  let { items, unreadable } = found.value;
  const { incomplete } = found.value;
  let sent = items.length + unreadable;
  // Orthanc 1.10 cuts to the limit before it skips the offset: a page that ends early is asked for once
  // more, with all that lies before it.
  if (offset > 0 && sent <= limit && !incomplete) {
    const whole = await part(offset + limit + 1, 0);
    if (!whole.ok) return whole;
    const rest = whole.value.items.length + whole.value.unreadable - offset;
    if (rest > sent) {
      items = whole.value.items.slice(-rest);
      unreadable = Math.min(whole.value.unreadable, rest);
      sent = rest;
    }
  }
  const studies = items.slice(0, limit);
  const more = sent > limit || (incomplete && sent > 0);
  const nextOffset = more ? offset + Math.min(sent, limit) : undefined;
  return ok({ studies, nextOffset, unreadable });
};

/** Pages of a wide search that are looked through for one with a study that was meant. */
const MOST_PAGES = 20;

/** The next page of a wide search that has a study that was meant, or the last. */
const meantPage = async (
  connection: Connection,
  keys: URLSearchParams,
  page: ReturnType<typeof pageOf>,
  isMeant: (study: StudySummary) => boolean,
  signal: AbortSignal | undefined,
): Promise<Outcome<StudyPage>> => {
  let { offset } = page;
  for (let n = 1; ; n++) {
    const found = await studyPage(connection, keys, { ...page, offset }, signal);
    if (!found.ok) return found;
    const studies = found.value.studies.filter(isMeant);
    const { nextOffset } = found.value;
    if (studies.length > 0 || nextOffset === undefined || n === MOST_PAGES)
      return ok({ ...found.value, studies });
    offset = nextOffset;
  }
};

/** A search for studies; asked again without escapes where nothing was found, see there. */
export const searchStudies = async (
  connection: Connection,
  asked: StudyQuery,
  signal?: AbortSignal,
): Promise<Outcome<StudyPage>> => {
  const keys = matchingKeys(asked);
  if (!keys.ok) return keys;
  const isWanted = meantBy(asked) ?? (() => true);
  const found = await meantPage(connection, keys.value, pageOf(asked), isWanted, signal);
  const wider = withoutEscapedKeys(keys.value);
  if (!found.ok || found.value.studies.length > 0 || !wider) return found;
  const isMeant = (study: StudySummary) => wider.isMeant(study) && isWanted(study);
  return meantPage(connection, wider.keys, pageOf(asked), isMeant, signal);
};

/**
 * All items of a level, page by page. A server that knows no paging sends the same again: a page
 * without anything new is the last.
 */
const queryAll = async <T>(
  connection: Connection,
  asked: Omit<Asked<T>, 'purpose'>,
  idOf: (item: T) => string,
): Promise<Outcome<readonly T[]>> => {
  const all = new Map<string, T>();
  for (let offset = 0; all.size < MOST;) {
    asked.keys.set('limit', String(PAGE));
    asked.keys.set('offset', String(offset));
    const found = await query(connection, { ...asked, purpose: 'open' });
    if (!found.ok) return found;
    const { items, unreadable, incomplete } = found.value;
    const before = all.size;
    for (const item of items) all.set(idOf(item), item);
    offset += items.length + unreadable;
    const more = items.length + unreadable >= PAGE || incomplete;
    if (!more || all.size === before) return ok([...all.values()]);
  }
  return fail(message('server.too-large.more', { most: MOST }));
};

const otherStudy = (asked: string, items: readonly { readonly '0020000D': string }[]) => {
  const other = items.find((item) => !['', asked].includes(item['0020000D']));
  return other && fail(message('server.malformed.study', { asked, got: other['0020000D'] }));
};

/** The series of a study. Fails with "gone" where the server knows none. */
export const listSeries = async (
  connection: Connection,
  studyInstanceUid: string,
  signal?: AbortSignal,
): Promise<Outcome<readonly SeriesSummary[]>> => {
  const found = await queryAll(
    connection,
    {
      path: `/studies/${studyInstanceUid}/series`,
      keys: new URLSearchParams({ includefield: '0008103E' }),
      item: series,
      what: message('server.what.series'),
      signal,
    },
    (item) => item['0020000E'],
  );
  if (!found.ok) return found;
  const other = otherStudy(studyInstanceUid, found.value);
  if (other) return other;
  if (found.value.length === 0) return fail(message('server.gone'));
  return ok(
    found.value.map((item) => ({
      studyInstanceUid,
      seriesInstanceUid: item['0020000E'],
      modality: item['00080060'],
      number: item['00200011'],
      description: item['0008103E'],
    })),
  );
};

/** The instances of a series, in the order of their numbers; none where the series is gone. */
export const listInstances = async (
  connection: Connection,
  of: Pick<SeriesSummary, 'studyInstanceUid' | 'seriesInstanceUid'>,
  signal?: AbortSignal,
): Promise<Outcome<readonly InstanceSummary[]>> => {
  const { studyInstanceUid, seriesInstanceUid } = of;
  const found = await queryAll(
    connection,
    {
      path: `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances`,
      keys: new URLSearchParams(),
      item: instance,
      what: message('server.what.images'),
      signal,
    },
    (item) => item['00080018'],
  );
  if (!found.ok) return found;
  const other = otherStudy(studyInstanceUid, found.value);
  if (other) return other;
  const instances = found.value.map((item) => ({
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid: item['00080018'],
    sopClassUid: item['00080016'],
    number: item['00200013'],
    ...(item['00280008'] !== undefined && { frames: item['00280008'] }),
  }));
  return ok(instances.sort((a, b) => (a.number ?? 0) - (b.number ?? 0)));
};
