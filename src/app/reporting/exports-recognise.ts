import { reasonOf } from '../../core/message/failure.ts';
import type { FileEntry } from '../../adapters/dicom-io/intake/collect-entries.ts';
import { readFileMeta } from '../../adapters/dicom-io/read/file-meta.ts';
import { restoreJson } from '../../core/report/restore-report.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import { message, type Message } from '../../core/message/message.ts';
import { err, type Result } from '../../core/message/result.ts';
import { loadDicomReports } from './exports-files.ts';

/** A file that may be a report, by its first bytes. */
export interface ReportEntry {
  readonly path: string;
  readonly file: File;
  readonly kind: 'json' | 'dicom';
}

/** The file meta information of a DICOM file lies within this many bytes. */
const START = 4096;
/** Far more than the report of a patient: 64 MiB. */
const LARGEST = 2 ** 26;
/** Structured reports and presentation states; which of them are read, the reader itself says. */
const REPORT_FAMILIES = ['1.2.840.10008.5.1.4.1.1.88.', '1.2.840.10008.5.1.4.1.1.11.'];

const looksLikeJson = (start: Uint8Array): boolean =>
  /^\uFEFF?\s*\{/.test(new TextDecoder().decode(start.subarray(0, 64)));

const kindOf = (name: string, start: Uint8Array): ReportEntry['kind'] | undefined => {
  if (/\.json$/i.test(name) || looksLikeJson(start)) return 'json';
  const meta = readFileMeta(start);
  return meta.ok &&
    REPORT_FAMILIES.some((root) => meta.value.mediaStorageSopClassUid.startsWith(root))
    ? 'dicom'
    : undefined;
};

const recognise = async (entry: FileEntry): Promise<ReportEntry | undefined> => {
  if ('problem' in entry || entry.file.size === 0 || entry.file.size > LARGEST) return undefined;
  try {
    const start = new Uint8Array(await entry.file.slice(0, START).arrayBuffer());
    const kind = kindOf(entry.file.name, start);
    return kind && { path: entry.path, file: entry.file, kind };
  } catch {
    // The image opener says why a file cannot be read.
    return undefined;
  }
};

/** Takes the reports out of the files to open; the rest is for the image opener, as before. */
export const takeOutReports = async (
  entries: readonly FileEntry[],
): Promise<{ readonly images: readonly FileEntry[]; readonly reports: readonly ReportEntry[] }> => {
  const found: (ReportEntry | undefined)[] = [];
  for (const entry of entries) found.push(await recognise(entry));
  return {
    images: entries.filter((_, i) => found[i] === undefined),
    reports: found.filter((report) => report !== undefined),
  };
};

/** Reads a report. The message is about the file, without its name. */
export const readReport = async ({
  file,
  kind,
}: ReportEntry): Promise<Result<RestoredCase, Message>> => {
  try {
    if (kind === 'json') return restoreJson(await file.text());
    const { readDicomReport } = await loadDicomReports();
    return readDicomReport(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    return err(message('report.unreadable', { reason: reasonOf(error) }));
  }
};
