import { z } from 'zod';
import { ok } from '../../core/result.ts';
import type { Connection } from './connection.ts';
import { integer, parseJsonList, personName, requiredUid, text, texts } from './dicom-json.ts';
import { exchange } from './exchange.ts';
import { fail, type Outcome } from './failure.ts';
import { isWebPage, statusFailure, webPage, type Purpose } from './status-failure.ts';
import { matchingKeys, pageOf, withoutEscapedKeys, type StudyQuery } from './study-query.ts';

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
});

interface Asked<T> {
  readonly path: string;
  readonly keys: URLSearchParams;
  readonly item: z.ZodType<T>;
  readonly what: string;
  readonly purpose: Purpose;
  readonly signal: AbortSignal | undefined;
}

/** One QIDO-RS request. */
const query = async <T>(connection: Connection, asked: Asked<T>) => {
  const answer = await exchange(connection, {
    path: `${asked.path}?${asked.keys}`,
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
  keys.set('limit', String(limit + 1));
  keys.set('offset', String(offset));
  const asked = {
    path: '/studies',
    item: study,
    what: 'list of studies',
    purpose: 'search',
  } as const;
  const found = await query(connection, { ...asked, keys, signal });
  if (!found.ok) return found;
  const { items, unreadable, incomplete } = found.value;
  const sent = items.length + unreadable;
  const studies = items.slice(0, limit);
  const more = sent > limit || (incomplete && sent > 0);
  const nextOffset = more ? offset + Math.min(sent, limit) : undefined;
  return ok({ studies, nextOffset, unreadable });
};

/** A search for studies; asked again without escapes where nothing was found, see there. */
export const searchStudies = async (
  connection: Connection,
  asked: StudyQuery,
  signal?: AbortSignal,
): Promise<Outcome<StudyPage>> => {
  const keys = matchingKeys(asked);
  if (!keys.ok) return keys;
  const found = await studyPage(connection, keys.value, pageOf(asked), signal);
  const wider = withoutEscapedKeys(keys.value);
  if (!found.ok || found.value.studies.length > 0 || !wider) return found;
  const again = await studyPage(connection, wider.keys, pageOf(asked), signal);
  if (!again.ok) return again;
  const { studies, nextOffset, unreadable } = again.value;
  return ok({ studies: studies.filter(wider.isMeant), nextOffset, unreadable });
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
  return fail('too-large', `This study has more than ${MOST} objects.`);
};

const otherStudy = (asked: string, items: readonly { readonly '0020000D': string }[]) => {
  const other = items.find((item) => !['', asked].includes(item['0020000D']));
  return (
    other &&
    fail(
      'malformed',
      `The server was asked for study ${asked} and answered with study ${other['0020000D']}. Nothing was opened.`,
    )
  );
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
      what: 'list of series',
      signal,
    },
    (item) => item['0020000E'],
  );
  if (!found.ok) return found;
  const other = otherStudy(studyInstanceUid, found.value);
  if (other) return other;
  if (found.value.length === 0)
    return fail('gone', 'This study is no longer on the server. Search again.');
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
      what: 'list of images',
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
  }));
  return ok(instances.sort((a, b) => (a.number ?? 0) - (b.number ?? 0)));
};
