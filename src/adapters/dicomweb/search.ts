import type { StudyQuery } from '../../ports/server.ts';
import { message, type Message } from '../../core/message/message.ts';
import { z } from 'zod';
import { ok } from '../../core/message/result.ts';
import type { Connection } from './connection.ts';
import {
  identifier,
  integer,
  parseJsonList,
  personName,
  requiredUid,
  text,
  texts,
  type ReadList,
} from './dicom-json.ts';
import { exchange } from './exchange.ts';
import { fail, type DicomWebFailure, type Outcome } from './failure.ts';
import { isWebPage, statusFailure, webPage, type Purpose } from './status-failure.ts';
import { matchingKeys, meantBy, pageOf, withoutEscapedKeys } from './study-query.ts';

export interface StudySummary {
  readonly studyInstanceUid: string;
  readonly patientId: string;
  /** '' where the server does not say, as many do not. */
  readonly issuerOfPatientId: string;
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
  /** '' where the server does not say. */
  readonly sopClassUid: string;
  readonly number: number | undefined;
  /** Absent in many servers' answers. */
  readonly frames?: number;
}

/** What a study or a series holds. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** That the server lists more, which cannot be read. */
  readonly unread: DicomWebFailure | undefined;
}

const LARGEST_ANSWER = 16 * 2 ** 20;
/** Objects asked for at a time (Microsoft's server takes 200 at most), and in all, within one study. */
const PAGE = 100;
const MOST = 5000;

const study = z
  .object({
    '0020000D': requiredUid,
    '00100010': personName,
    '00100020': identifier,
    '00100021': identifier,
    '00100030': text,
    '00080020': text,
    '00080030': text,
    '00081030': text,
    '00080050': identifier,
    '00080061': texts,
    '00201206': integer,
    '00201208': integer,
  })
  .transform((found): StudySummary => ({
    studyInstanceUid: found['0020000D'],
    patientId: found['00100020'],
    issuerOfPatientId: found['00100021'],
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
  '00080016': text,
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
  const { status, bytes, incomplete } = answer.value;
  // A part beyond the end: some servers do not know it.
  const isEnd = status === 404 && Number(asked.keys.get('offset')) > 0;
  if (status === 204 || isEnd)
    return ok({ items: [], unreadable: 0, problem: '', incomplete: false });
  const failed = statusFailure(connection, answer.value, asked.purpose);
  if (failed) return failed;
  if (isWebPage(answer.value)) return webPage;
  const list = parseJsonList(bytes, asked.item, asked.what);
  return list.ok ? ok({ ...list.value, incomplete }) : list;
};

type Part<T> = ReadList<T> & { readonly incomplete: boolean };
/** Asks for so many, from there on. */
type AskPart<T> = (most: number, from: number) => Promise<Outcome<Part<T>>>;

const countOf = ({ items, unreadable }: ReadList<unknown>): number => items.length + unreadable;

/**
 * Whether a server cuts to the limit before it skips the offset, as Orthanc 1.10 does. Of a list of at least
 * two it then sends no second one.
 */
const cutsFirst = async <T>(part: AskPart<T>): Promise<Outcome<boolean>> => {
  const second = await part(1, 1);
  return second.ok ? ok(countOf(second.value) === 0) : second;
};

/** A page as far as the server has it: one that has a limit of its own and does not say so is asked on. */
const filledPage = async (
  part: AskPart<StudySummary>,
  most: number,
  offset: number,
): Promise<Outcome<Part<StudySummary>>> => {
  const first = await part(most, offset);
  if (!first.ok) return first;
  let page = first.value;
  while (countOf(page) > 0 && countOf(page) < most) {
    const next = await part(most - countOf(page), offset + countOf(page));
    if (!next.ok) return next;
    const known = new Set(page.items.map((one) => one.studyInstanceUid));
    const items = next.value.items.filter((one) => !known.has(one.studyInstanceUid));
    const isNew = items.length > 0;
    const isOther = isNew || next.value.items.length === 0;
    page = {
      items: [...page.items, ...items],
      unreadable: page.unreadable + (isOther ? next.value.unreadable : 0),
      problem: page.problem || next.value.problem,
      incomplete: next.value.incomplete || (!isNew && page.incomplete),
    };
    if (!isNew) break;
  }
  if (offset === 0 || countOf(page) >= most || page.incomplete) return ok(page);
  const cuts = await cutsFirst(part);
  if (!cuts.ok || !cuts.value) return cuts.ok ? ok(page) : cuts;
  const whole = await part(offset + most, 0);
  if (!whole.ok) return whole;
  const { items, unreadable, ...said } = whole.value;
  const rest = items.length + unreadable - offset;
  return ok(
    rest > countOf(page)
      ? { ...said, items: items.slice(-rest), unreadable: Math.min(unreadable, rest) }
      : page,
  );
};

/**
 * A page of the studies that match. One study more than a page is asked for, which tells whether there
 * is another page; so does a server's warning.
 */
const studyPage = async (
  connection: Connection,
  matching: URLSearchParams,
  { limit, offset }: ReturnType<typeof pageOf>,
  signal: AbortSignal | undefined,
): Promise<Outcome<StudyPage>> => {
  const keys = new URLSearchParams(matching);
  keys.append('includefield', '00100021');
  keys.append('includefield', '00081030');
  keys.append('includefield', '00080061');
  const what = message('server.what.studies');
  const asked = { path: '/studies', item: study, what, purpose: 'search' } as const;
  const part: AskPart<StudySummary> = async (most, from) => {
    keys.set('limit', String(most));
    keys.set('offset', String(from));
    return query(connection, { ...asked, keys, signal });
  };
  const found = await filledPage(part, limit + 1, offset);
  if (!found.ok) return found;
  const { items, unreadable, problem, incomplete } = found.value;
  if (items.length === 0 && unreadable > 0)
    return fail(message('server.malformed.schema', { what, problem }));
  const sent = countOf(found.value);
  // A server that sends more than was asked for knows no limit, and so no pages: this is all that it has.
  const taken = sent > limit + 1 ? sent : Math.min(sent, limit);
  const more = sent > taken || (incomplete && sent > 0);
  const nextOffset = more ? offset + taken : undefined;
  return ok({ studies: items.slice(0, taken), nextOffset, unreadable });
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
 * All items of a level, page by page until nothing new comes: a server may have a limit of its own and not
 * say so, or know no paging and send the same again.
 */
const queryAll = async <T>(
  connection: Connection,
  asked: Omit<Asked<T>, 'purpose'>,
  idOf: (item: T) => string,
): Promise<Outcome<Listing<T>>> => {
  const { what } = asked;
  const part: AskPart<T> = async (most, from) => {
    asked.keys.set('limit', String(most));
    asked.keys.set('offset', String(from));
    return query(connection, { ...asked, purpose: 'open' });
  };
  const all = new Map<string, T>();
  let [unreadable, problem, incomplete] = [0, '', false];
  const take = (found: Part<T>): boolean => {
    const before = all.size;
    for (const item of found.items) all.set(idOf(item), item);
    const isNew = all.size > before;
    incomplete = found.incomplete || (!isNew && incomplete);
    // The same again is no more of them.
    if (isNew || found.items.length === 0) unreadable += found.unreadable;
    problem ||= found.problem;
    return isNew;
  };
  for (let offset = 0; all.size < MOST;) {
    const found = await part(PAGE, offset);
    if (!found.ok) return found;
    offset += countOf(found.value);
    if (take(found.value)) continue;
    const cuts = offset >= PAGE ? await cutsFirst(part) : ok(false);
    if (!cuts.ok) return cuts;
    const whole = cuts.value ? await part(MOST, 0) : undefined;
    if (whole && !whole.ok) return whole;
    if (whole) {
      take(whole.value);
      ({ unreadable, incomplete } = whole.value);
      if (all.size >= MOST) break;
    }
    if (incomplete) return fail(message('server.malformed.incomplete', { what }));
    const unread = message('server.malformed.unread', { what, count: unreadable, problem });
    return ok({ items: [...all.values()], unread: unreadable > 0 ? unread : undefined });
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
): Promise<Outcome<Listing<SeriesSummary>>> => {
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
  const other = otherStudy(studyInstanceUid, found.value.items);
  if (other) return other;
  const { items, unread } = found.value;
  if (items.length === 0) return fail(unread ?? message('server.gone'));
  return ok({
    unread,
    items: items.map((item) => ({
      studyInstanceUid,
      seriesInstanceUid: item['0020000E'],
      modality: item['00080060'],
      number: item['00200011'],
      description: item['0008103E'],
    })),
  });
};

/** The instances of a series, in the order of their numbers; none where the series is gone. */
export const listInstances = async (
  connection: Connection,
  of: Pick<SeriesSummary, 'studyInstanceUid' | 'seriesInstanceUid'>,
  signal?: AbortSignal,
): Promise<Outcome<Listing<InstanceSummary>>> => {
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
  const other = otherStudy(studyInstanceUid, found.value.items);
  if (other) return other;
  const instances = found.value.items.map((item) => ({
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid: item['00080018'],
    sopClassUid: item['00080016'],
    number: item['00200013'],
    ...(item['00280008'] !== undefined && { frames: item['00280008'] }),
  }));
  const items = instances.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return ok({ items, unread: found.value.unread });
};
