import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import type { StudyQuery } from '../../ports/server.ts';
import { UID } from './dicom-json.ts';
import { fail, type Outcome } from './failure.ts';
import { matchesWildcard, withoutEscapes } from './wildcard.ts';

/** One more is asked for, and Microsoft's server takes 200 at most. */
const LARGEST_PAGE = 199;
const LONGEST_VALUE = 64;

/** Backslash separates values and control characters have no place in one. */
const FORBIDDEN = /[\\\u0000-\u001f\u007f]/;
/** For an identifier that holds one all the same: any one character stands there. */
const withoutBackslash = (value: string): string => value.replaceAll('\\', '?');
const hasWildcard = (value: string): boolean => /[*?]/.test(value);

const nameMatch = (typed: string): string => {
  if (hasWildcard(typed)) return typed;
  const [family = '', given = ''] = typed.split(',').map((part) => part.trim());
  // What is typed with spaces may be parted by carets, or by more names between.
  const loose = (part: string) => part.replace(/\s+/g, '*');
  return typed.includes(',') ? `${loose(family)}*^${loose(given)}*` : `*${longestWord(typed)}*`;
};

/** The words of a name that is typed as people say it; [] for a single one, a pattern, or with a comma. */
const wordsOf = (typed: string): readonly string[] => {
  const words = typed.split(/\s+/).filter(Boolean);
  return words.length > 1 && !hasWildcard(typed) && !typed.includes(',') ? words : [];
};
const longestWord = (typed: string): string =>
  wordsOf(typed).reduce((a, b) => (b.length > a.length ? b : a), '') || typed;

/**
 * Which of the studies that a server finds were meant: "Jane Doe" is asked for by its longest word, for
 * a server knows no words in any order, and all words must be in the name. Undefined: all were meant.
 */
export const meantBy = (query: StudyQuery) => {
  const words = wordsOf(query.patientName?.trim() ?? '');
  if (words.length === 0) return undefined;
  return ({ patientName }: { readonly patientName: string }): boolean =>
    words.every((word) => matchesWildcard(`*${word}*`, patientName));
};

const day = (date: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))
    ? date.replaceAll('-', '')
    : undefined;

const dateRange = (from: string, to: string): Outcome<string> => {
  const [first, last] = [from && day(from), to && day(to)];
  if (first === undefined || last === undefined) return fail(message('server.invalid-input.date'));
  if (first && last && first > last) return fail(message('server.invalid-input.dates'));
  return ok(first === last ? first : `${first}-${last}`);
};

const within = (value: number | undefined, least: number, most: number, normal: number): number =>
  Math.min(Math.max(Math.trunc(value ?? normal), least), most);

/** Page size and start of a query. */
export const pageOf = (query: StudyQuery) => ({
  limit: within(query.limit, 1, LARGEST_PAGE, 50),
  offset: within(query.offset, 0, Number.MAX_SAFE_INTEGER, 0),
});

/** The matching keys of a QIDO-RS search for studies (PS3.18 10.6.1.2.1), without paging. */
export const matchingKeys = (query: StudyQuery): Outcome<URLSearchParams> => {
  const name = query.patientName?.trim() ?? '';
  const id = withoutBackslash(query.patientId?.trim() ?? '');
  const accession = withoutBackslash(query.accessionNumber?.trim() ?? '');
  const uid = query.studyInstanceUid?.trim() ?? '';
  const modality = query.modality?.trim() ?? (accession || uid ? '' : 'MG');
  if (uid !== '' && !UID.test(uid)) return fail(message('server.invalid-input.uid'));
  for (const value of [name, id, accession, modality]) {
    if (FORBIDDEN.test(value)) return fail(message('server.invalid-input.character'));
    if (value.length > LONGEST_VALUE)
      return fail(message('server.invalid-input.length', { most: LONGEST_VALUE }));
  }
  const dates = dateRange(query.from?.trim() ?? '', query.to?.trim() ?? '');
  if (!dates.ok) return dates;
  const keys = new URLSearchParams();
  if (name !== '') keys.set('PatientName', nameMatch(name));
  if (id !== '') keys.set('PatientID', id);
  if (accession !== '') keys.set('AccessionNumber', accession);
  if (uid !== '') keys.set('StudyInstanceUID', uid);
  if (dates.value !== '') keys.set('StudyDate', dates.value);
  if (modality !== '') keys.set('ModalitiesInStudy', modality);
  return ok(keys);
};

/**
 * For servers that do not undo percent escapes (Orthanc 1.10 with DICOMweb 1.7): a wider search that
 * needs none, and which of its studies were meant. Undefined where the keys have no escapes.
 */
export const withoutEscapedKeys = (keys: URLSearchParams) => {
  const name = keys.get('PatientName') ?? '*';
  const id = keys.get('PatientID') ?? '*';
  const wide = new URLSearchParams(keys);
  let changed = false;
  for (const key of ['PatientName', 'PatientID']) {
    const wider = withoutEscapes(keys.get(key) ?? '');
    if (wider === undefined) continue;
    changed = true;
    wide.set(key, wider);
  }
  if (!changed) return undefined;
  const isMeant = (study: { readonly patientName: string; readonly patientId: string }): boolean =>
    study.patientName.split('=').some((group) => matchesWildcard(name, group)) &&
    matchesWildcard(id, study.patientId);
  return { keys: wide, isMeant };
};
