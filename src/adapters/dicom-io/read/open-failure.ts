/** Why a file was not opened; stable names for tests and for grouping in a list. */
export type OpenFailureCode =
  | 'empty-file'
  | 'not-dicom'
  | 'not-an-image'
  | 'damaged-header'
  | 'not-a-mammogram'
  | 'tomosynthesis'
  | 'placeholder'
  | 'mask'
  | 'other-study'
  | 'colour'
  | 'unsupported-transfer-syntax'
  | 'missing-identifier'
  | 'no-pixel-data'
  | 'bad-size'
  | 'too-large'
  | 'unsupported-pixel-format'
  | 'truncated-pixel-data'
  | 'size-mismatch'
  | 'damaged-pixel-data'
  | 'unreadable-file'
  | 'decoder-crashed'
  | 'too-slow'
  | 'needs-memory';

/** One file that was not opened, with a sentence for the reader. */
export interface OpenFailure {
  readonly fileName: string;
  readonly code: OpenFailureCode;
  readonly reason: string;
}

/** A failure before the file's name is attached. */
export interface Refusal {
  readonly code: OpenFailureCode;
  readonly reason: string;
}

export const refusal = (code: OpenFailureCode, reason: string): Refusal => ({ code, reason });
