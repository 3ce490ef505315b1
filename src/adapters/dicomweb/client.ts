import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { createConnection, type ConnectionOptions } from './connection.ts';
import { UID } from './dicom-json.ts';
import { fail, type Outcome } from './failure.ts';
import {
  retrieveInstance,
  retrieveStudy,
  type InstanceReference,
  type RetrievedStudy,
  type RetrieveInstanceOptions,
  type RetrieveStudyOptions,
} from './retrieve.ts';
import {
  listInstances,
  listSeries,
  searchStudies,
  type InstanceSummary,
  type Listing,
  type SeriesSummary,
  type StudyPage,
} from './search.ts';
import { store, type StorableObject, type StoreOutcome } from './store.ts';
import type { StudyQuery } from '../../ports/server.ts';

interface Stoppable {
  readonly signal?: AbortSignal;
}

/**
 * A DICOMweb server: QIDO-RS, WADO-RS and STOW-RS (PS3.18 chapter 10). No method rejects; what fails
 * is a tagged result with a message for the reader.
 */
export interface DicomWebClient {
  /** The address in use; without credentials, which nothing here shows. */
  readonly base: string;
  searchStudies(query: StudyQuery, options?: Stoppable): Promise<Outcome<StudyPage>>;
  listSeries(
    studyInstanceUid: string,
    options?: Stoppable,
  ): Promise<Outcome<Listing<SeriesSummary>>>;
  listInstances(
    series: Pick<SeriesSummary, 'studyInstanceUid' | 'seriesInstanceUid'>,
    options?: Stoppable,
  ): Promise<Outcome<Listing<InstanceSummary>>>;
  retrieveInstance(
    instance: InstanceReference,
    options?: RetrieveInstanceOptions,
  ): Promise<Outcome<File>>;
  retrieveStudy(
    studyInstanceUid: string,
    options?: RetrieveStudyOptions,
  ): Promise<Outcome<RetrievedStudy>>;
  store(objects: readonly StorableObject[], options?: Stoppable): Promise<Outcome<StoreOutcome>>;
}

const notUids = (...uids: readonly string[]) =>
  uids.every((uid) => UID.test(uid)) ? undefined : fail(message('server.invalid-input.uid'));

/** Sends nothing yet; fails where the credentials cannot be sent. */
export const createDicomWebClient = (options: ConnectionOptions): Outcome<DicomWebClient> => {
  const created = createConnection(options);
  if (!created.ok) return created;
  const connection = created.value;
  return ok({
    base: connection.base,
    searchStudies: (query, { signal } = {}) => searchStudies(connection, query, signal),
    listSeries: async (uid, { signal } = {}) => notUids(uid) ?? listSeries(connection, uid, signal),
    listInstances: async (series, { signal } = {}) =>
      notUids(series.studyInstanceUid, series.seriesInstanceUid) ??
      listInstances(connection, series, signal),
    retrieveInstance: async (of, more) =>
      notUids(of.studyInstanceUid, of.seriesInstanceUid, of.sopInstanceUid) ??
      retrieveInstance(connection, of, more),
    retrieveStudy: async (uid, more) => notUids(uid) ?? retrieveStudy(connection, uid, more),
    store: (objects, { signal } = {}) => store(connection, objects, signal),
  });
};
