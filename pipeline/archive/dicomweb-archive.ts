import {
  createDicomWebClient,
  kindOf,
  parseServerAddress,
  type Credentials,
  type DicomWebClient,
  type DicomWebFailure,
  type Listing,
  type Outcome,
  type SeriesSummary,
  type StudyPage,
  type StudyQuery,
} from '../../src/adapters/dicomweb/index.ts';
import { message, type Message, type Value } from '../../src/core/message/message.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { examStudies, type StudyOfPatient } from './exam-studies.ts';
import { ArchiveTrouble, NoSpace, StudyFailure } from './failures.ts';
import { createGentleFetch, type Gentleness } from './gentle-fetch.ts';
import type { Archive, ImageReference, StudyReference } from './ports.ts';

export interface DicomWebOptions extends Gentleness {
  readonly url: string;
  readonly credentials: Credentials;
  readonly query: StudyQuery;
  /** Longest silence of the archive, s. */
  readonly silence: number;
  /** Told at the end of a list of studies that some of it could not be read, and how many. */
  readonly leftOut: (studies: number) => void;
}

const words = (said: Message): string => sayIn('en', said);

/** What another request may not meet: the archive is away, busy, or takes no one in. */
const TROUBLES = new Set([
  'unreachable',
  'timeout',
  'interrupted',
  'server-error',
  'unauthorised',
  'forbidden',
  'redirected',
  'not-dicomweb',
  'uncertain',
]);

/** The value, or the failure as this folder knows it. */
const valueOf = <T>(outcome: Outcome<T>, signal: AbortSignal): T => {
  if (outcome.ok) return outcome.value;
  signal.throwIfAborted();
  const { error } = outcome;
  const text = words(error);
  throw TROUBLES.has(kindOf(error)) ? new ArchiveTrouble(text) : new StudyFailure(text);
};

/** A list as a whole: one with gaps would pass for a smaller study. */
const wholeOf = <T>(outcome: Outcome<Listing<T>>, signal: AbortSignal): readonly T[] => {
  const { items, unread } = valueOf(outcome, signal);
  if (unread) throw new StudyFailure(words(unread));
  return items;
};

/** An object or series that the archive does not know: some answer with 404. */
const isUnknown = (failure: DicomWebFailure): boolean => kindOf(failure) === 'gone';

/**
 * The series that are fetched: of mammograms, and what the archive does not say; where a study has none of
 * these, its radiographs, as whoever lists such studies (`--query ModalitiesInStudy=CR`) means.
 */
const seriesToFetch = (all: readonly SeriesSummary[]): readonly SeriesSummary[] => {
  const of = (...kinds: readonly string[]) =>
    all.filter(({ modality }) => kinds.includes(modality));
  const mammograms = of('MG', '');
  return mammograms.length > 0 ? mammograms : of('CR', 'DX');
};

const imagesOf = async (
  client: DicomWebClient,
  study: string,
  signal: AbortSignal,
): Promise<ImageReference[]> => {
  const series = await client.listSeries(study, { signal });
  const images: ImageReference[] = [];
  for (const one of seriesToFetch(wholeOf(series, signal))) {
    const listed = wholeOf(await client.listInstances(one, { signal }), signal);
    for (const { seriesInstanceUid, sopInstanceUid, frames } of listed)
      images.push({ study, seriesInstanceUid, sopInstanceUid, frames });
  }
  return images;
};

const STUDIES = message('server.what.studies');

/** Pages until none is left. An archive that sends the same again, though there is said to be more, has no pages. */
async function* pagesOf(
  client: DicomWebClient,
  query: StudyQuery,
  signal: AbortSignal,
): AsyncGenerator<StudyPage> {
  const seen = new Set<string>();
  for (let offset: number | undefined = 0; offset !== undefined;) {
    const page: Outcome<StudyPage> = await client.searchStudies({ ...query, offset }, { signal });
    const found = valueOf(page, signal);
    const before = seen.size;
    for (const { studyInstanceUid } of found.studies) seen.add(studyInstanceUid);
    if (offset > 0 && seen.size === before && found.unreadable === 0)
      throw new StudyFailure(words(message('server.malformed.incomplete', { what: STUDIES })));
    yield found;
    offset = found.nextOffset;
  }
}

async function* studiesOf(
  client: DicomWebClient,
  { query, leftOut }: Pick<DicomWebOptions, 'query' | 'leftOut'>,
  signal: AbortSignal,
): AsyncGenerator<readonly StudyReference[]> {
  let unreadable = 0;
  for await (const page of pagesOf(client, query, signal)) {
    unreadable += page.unreadable;
    yield page.studies.map(({ studyInstanceUid, date, instanceCount }) => ({
      study: studyInstanceUid,
      date,
      objects: instanceCount,
    }));
  }
  if (unreadable > 0) leftOut(unreadable);
}

const patientOf = (study: StudyPage['studies'][number]): StudyOfPatient => ({
  study: study.studyInstanceUid,
  date: /^\d{8}$/.test(study.date) ? study.date : '',
  patientId: study.patientId,
  // Many servers do not tell it of studies; the images do, and two patients in an exam are refused.
  issuerOfPatientId: study.issuerOfPatientId,
  personName: study.patientName,
  patientBirthDate: study.birthDate,
});

/** The studies of a page, where none of them is beyond reading: it might be of the exam. */
const wholePage = ({ studies, unreadable }: StudyPage): StudyPage['studies'] => {
  if (unreadable > 0)
    throw new StudyFailure(words(message('count.studies-unread', { count: unreadable })));
  return studies;
};

const examOf = async (
  client: DicomWebClient,
  study: string,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const asked = await client.searchStudies({ studyInstanceUid: study }, { signal });
  const found = wholePage(valueOf(asked, signal)).find((one) => one.studyInstanceUid === study);
  if (!found) return [study];
  const of = patientOf(found);
  const { date, patientId } = of;
  if (date === '' || patientId === '') return [study];
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const others: StudyOfPatient[] = [];
  for await (const page of pagesOf(client, { patientId, from: day, to: day }, signal))
    others.push(...wholePage(page).map(patientOf));
  return examStudies(of, others);
};

/** Whether a message says something of that code, by itself or within. */
const says = (code: Message['code'], said: Message): boolean =>
  said.code === code ||
  Object.values(said.values as Record<string, Value>).some(
    (value) => typeof value === 'object' && says(code, value),
  );

const OUT_OF_SPACE = 507;

/** A DICOMweb archive, by the page's own client. Throws where address or credentials cannot be used. */
export const openDicomWeb = (
  options: DicomWebOptions,
): Archive & { readonly received: () => number } => {
  const address = parseServerAddress(options.url, undefined);
  if (!address.ok) throw new Error(words(address.error));
  const gentle = createGentleFetch(options);
  const milliseconds = options.silence * 1000;
  const created = createDicomWebClient({
    address: address.value,
    credentials: options.credentials,
    timeouts: { answerMs: milliseconds, idleMs: milliseconds },
    fetch: gentle.fetch,
    turn: gentle.turn,
  });
  if (!created.ok) throw new Error(words(created.error));
  const client = created.value;
  return {
    received: gentle.received,
    studies: (signal) => studiesOf(client, options, signal),
    exam: (study, signal) => examOf(client, study, signal),
    images: (study, signal) => imagesOf(client, study, signal),
    fetch: async ({ study: studyInstanceUid, ...image }, signal) => {
      const file = await client.retrieveInstance({ studyInstanceUid, ...image }, { signal });
      return new Uint8Array(await valueOf(file, signal).arrayBuffer());
    },
    holds: async ({ studies, seriesInstanceUid, sopInstanceUid }, signal) => {
      for (const studyInstanceUid of studies) {
        const listed = await client.listInstances(
          { studyInstanceUid, seriesInstanceUid },
          { signal },
        );
        if (!listed.ok && isUnknown(listed.error)) continue;
        if (wholeOf(listed, signal).some((one) => one.sopInstanceUid === sopInstanceUid))
          return true;
      }
      return false;
    },
    store: async ({ sopInstanceUid, bytes }, signal) => {
      const answer = await client.store([{ sopInstanceUid, bytes }], { signal });
      if (
        !answer.ok &&
        'status' in answer.error.values &&
        answer.error.values.status === OUT_OF_SPACE
      )
        throw new NoSpace(words(answer.error));
      const [refused] = valueOf(answer, signal).failed;
      if (!refused || says('stored.refused.duplicate', refused.reason)) return;
      const text = words(message('stored.not', { reason: refused.reason }));
      throw says('stored.refused.space', refused.reason)
        ? new NoSpace(text)
        : new StudyFailure(text);
    },
    trouble: async (signal) => {
      const answer = await client.searchStudies({ ...options.query, limit: 1 }, { signal });
      if (answer.ok) return undefined;
      signal.throwIfAborted();
      return words(answer.error);
    },
  };
};
