/** DICOMweb (PS3.18): search a server, open its studies, store reports. See createDicomWebClient. */
export { createDicomWebClient, type DicomWebClient } from './client.ts';
export type { ConnectionOptions, Timeouts } from './connection.ts';
export type { Credentials } from './credentials.ts';
export { kindOf, type DicomWebFailure, type Outcome } from './failure.ts';
export {
  isWantedByDefault,
  type ArrivingEntry,
  type InstanceReference,
  type RetrievedEntry,
  type RetrievedStudy,
  type RetrieveInstanceOptions,
  type RetrieveProgress,
  type RetrieveStudyOptions,
} from './retrieve.ts';
export type { InstanceSummary, Listing, SeriesSummary, StudyPage, StudySummary } from './search.ts';
export { parseServerAddress, type ServerAddress } from './server-address.ts';
export { readServerConfig, type ServerConfig } from './server-config.ts';
export type { StorableObject, StoreOutcome } from './store.ts';
export type { StudyQuery } from '../../ports/server.ts';
