import { err, type Result } from '../../core/message/result.ts';

export type DicomWebFailureCode =
  /** The reader stopped it. */
  | 'aborted'
  /** What the reader typed cannot be sent. */
  | 'invalid-input'
  /** No answer at all: down, wrong address, or (across origins) not allowed to be read (CORS). */
  | 'unreachable'
  /** The page's own content security policy forbids the address. */
  | 'blocked'
  | 'timeout'
  /** The connection broke within an answer. */
  | 'interrupted'
  /** 401: no credentials, or wrong ones. */
  | 'unauthorised'
  /** 403: known, but not allowed. */
  | 'forbidden'
  /** The study or instance is no longer on the server. */
  | 'gone'
  /** Something answers, but not a DICOMweb server. */
  | 'not-dicomweb'
  /** It sends the page elsewhere; not followed, since the credentials are for this server only. */
  | 'redirected'
  /** DICOM JSON or multipart that breaks the standard. */
  | 'malformed'
  | 'too-large'
  /** Another 4xx. */
  | 'refused'
  /** A 5xx. */
  | 'server-error';

/** An expected failure. `message` is a sentence for the reader, without credentials. */
export interface DicomWebFailure {
  readonly code: DicomWebFailureCode;
  readonly message: string;
}

export type Outcome<T> = Result<T, DicomWebFailure>;

export const fail = (code: DicomWebFailureCode, message: string) => err({ code, message });
