import type { Message } from '../core/message/message.ts';
import type { Result } from '../core/message/result.ts';
import type { StoredFormat } from '../core/report/export-format.ts';

/** How the reader identifies to a server; kept in memory by whoever talks to it. */
export type ServerCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** Which servers the page may contact, by the options that it was started with. */
export interface ServerOffer {
  /** Reached through the page's own origin; `upstream` is the server behind it. */
  readonly proxy: { readonly address: string; readonly upstream: string } | undefined;
  /** The one other origin that the page may contact. */
  readonly connect: string | undefined;
}

/** What the reader searches by; an empty field asks for everything. */
export interface StudyQuery {
  /** Any part of the name; "Family, Given"; or with wildcards * and ? of one's own. */
  readonly patientName?: string;
  /** The whole ID, or with wildcards. */
  readonly patientId?: string;
  /** First and last day, as a date field gives them: yyyy-mm-dd. */
  readonly from?: string;
  readonly to?: string;
  readonly accessionNumber?: string;
  readonly studyInstanceUid?: string;
  /** Of which a study must have a series; MG unless told or a study is named. '' for any. */
  readonly modality?: string;
  /** Studies a page: 1 to 199, 50 unless told. */
  readonly limit?: number;
  /** Studies to skip: `nextOffset` of the page before. */
  readonly offset?: number;
}

export interface FoundStudy {
  readonly studyInstanceUid: string;
  readonly patientId: string;
  /** '' where the server does not say. */
  readonly issuerOfPatientId: string;
  /** A DICOM person name. */
  readonly patientName: string;
  /** DICOM date. */
  readonly birthDate: string;
  readonly accessionNumber: string;
  /** DICOM date. */
  readonly date: string;
  /** DICOM time. */
  readonly time: string;
  readonly description: string;
  /** Of its series; none where the server does not say. */
  readonly modalities: readonly string[];
  readonly instanceCount: number | undefined;
}

export interface FoundStudies {
  readonly studies: readonly FoundStudy[];
  /** Where the next page begins; undefined where there is none. */
  readonly nextOffset: number | undefined;
  /** Studies whose record could not be read; they are left out. */
  readonly unreadable: number;
}

export interface LoadProgress {
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  /** A busy server has asked to be left alone for a while. */
  readonly isBusy: boolean;
}

/** One server that the reader has named. */
export interface ServerSession {
  /** For people: the server's address, never credentials. */
  readonly name: string;
  /** What the reader should know before anything is sent. */
  readonly warning: Message | undefined;
  search(query: StudyQuery, signal: AbortSignal): Promise<Result<FoundStudies, Message>>;
  /**
   * Fetches a study and opens it as it comes; resolves with what did not come. `onComing` is told
   * when the first object has come: `signal` stops it until then, and afterwards whoever stops the opening.
   */
  open(
    studyInstanceUid: string,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
    onComing: () => void,
  ): Promise<Result<readonly Message[], Message>>;
  /** Stores the report of a patient, once; resolves with what became of it. */
  storeReport(
    patientKey: string,
    format: StoredFormat,
    signal: AbortSignal,
  ): Promise<Result<readonly Message[], Message>>;
}

export interface DicomWebPort {
  /** Asks the page's own server what it offers, and fails where it cannot be asked; contacts no other. */
  offer(): Promise<Result<ServerOffer, Message>>;
  /**
   * Lets whatever stands before the page's own server ask for a sign-in, in a tab of its own; resolves when
   * the reader is back.
   */
  signIn(): Promise<void>;
  /** Contacts nothing yet; fails where address or credentials cannot be sent. */
  connect(address: string, credentials: ServerCredentials): Promise<Result<ServerSession, Message>>;
}
