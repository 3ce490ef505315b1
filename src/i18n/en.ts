import type { Text } from '../core/message/message.ts';

/**
 * English, which also says what there is to say: each entry is a code that `message` takes, with the
 * values that its places name. Other languages must have the same entries.
 */
export const en = {
  // Reports that come back (core/report, adapters/dicom-sr).
  'report.unreadable': 'The report could not be read: {reason}',
  'report.not-json': 'The file is not JSON: {reason}',
  'report.foreign': 'This is JSON, but not a report of this program.',
  'report.newer':
    'The report was written by a newer version of this program (schema {schema}, this program reads up to {known}).',
  'report.older': 'The report is of schema {schema}, which this program no longer reads.',
  'report.damaged': 'The report is damaged: {reason}',
  'report.other-object': 'This DICOM object is neither a report nor a presentation state.',
  'report.no-lesions': 'This {kind} has no lesions that this program can read.',
  'report.kind-damaged': 'The {kind} is damaged: {reason}',
  'report.kind.cad-sr': 'mammography CAD report',
  'report.kind.measurement-report': 'structured report',
  'report.kind.presentation-state': 'presentation state',

  // DICOM files that are no images (adapters/dicom-sr).
  'part10.too-large': 'The file is larger than any report (4 MiB) and was not read.',
  'part10.cut-off': 'The DICOM file ends too early. It was probably cut off while it was copied.',
  'part10.too-deep':
    'The DICOM file is damaged: its sequences nest far deeper than those of a report.',
  'part10.no-header': 'The file is not readable as DICOM: its header is missing.',
  'part10.encoding':
    'The report is compressed or in big-endian order; reports are read in explicit or implicit little endian.',
  'part10.unreadable': 'The file is not readable as DICOM: {reason}',
} as const satisfies Readonly<Record<string, Text>>;

type English = typeof en;

declare module '../core/message/message.ts' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it takes English's entries
  interface Catalogue extends English {}
}

/** All entries in another language. */
export type Translation = { readonly [C in keyof English]: Text };
