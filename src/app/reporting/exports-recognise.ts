import { reasonOf } from '../../core/message/failure.ts';
import type { FileEntry } from '../../adapters/dicom-io/intake/collect-entries.ts';
import type { ReadObject } from '../../adapters/dicom-io/objects/read-object.ts';
import { restoreJson } from '../../core/report/restore-report.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { PROGRAM_NAME } from '../build-info.ts';
import { loadDicomReports } from './exports-files.ts';

/** A file that may be a report, by its first bytes. */
export interface ReportEntry {
  readonly path: string;
  readonly file: File;
  readonly kind: 'json' | 'dicom';
}

/** Reads DICOM on the page's own thread: loaded with the first file. */
const loadObjects = () => import('../../adapters/dicom-io/objects/read-object.ts');
type Objects = Awaited<ReturnType<typeof loadObjects>>;

/** The file meta information of a DICOM file lies within this many bytes. */
const START = 4096;
/** Far more than the report of a patient, or a scanned letter: 64 MiB. */
const LARGEST = 2 ** 26;
const looksLikeJson = (start: Uint8Array): boolean =>
  /^\uFEFF?\s*\{/.test(new TextDecoder().decode(start.subarray(0, 64)));

const kindOf = (
  name: string,
  start: Uint8Array,
  { isDocumentClass, sopClassOf }: Objects,
): ReportEntry['kind'] | undefined => {
  if (/\.json$/i.test(name) || looksLikeJson(start)) return 'json';
  return isDocumentClass(sopClassOf(start)) ? 'dicom' : undefined;
};

const recognise = async (entry: FileEntry, objects: Objects): Promise<ReportEntry | undefined> => {
  if ('problem' in entry || entry.file.size === 0 || entry.file.size > LARGEST) return undefined;
  try {
    const start = new Uint8Array(await entry.file.slice(0, START).arrayBuffer());
    const kind = kindOf(entry.file.name, start, objects);
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
  const objects = await loadObjects();
  for (const entry of entries) found.push(await recognise(entry, objects));
  return {
    images: entries.filter((_, i) => found[i] === undefined),
    reports: found.filter((report) => report !== undefined),
  };
};

/** What another program said. */
export interface ReadForeign extends Omit<ReadObject, 'isOwn'> {
  readonly by: 'others';
}
export type ReadReport = { readonly by: 'us'; readonly restored: RestoredCase } | ReadForeign;

const own = (read: Result<RestoredCase, Message>): Result<ReadReport, Message> =>
  read.ok ? ok({ by: 'us', restored: read.value }) : read;

/**
 * A DICOM object: ours goes to the reader that brings lesions back, of what it reads; so does what is
 * damaged, for the reason that it gives.
 */
const readDicom = async (bytes: Uint8Array, path: string): Promise<Result<ReadReport, Message>> => {
  const { readObject, sopClassOf } = await loadObjects();
  const read = readObject(bytes, path, PROGRAM_NAME);
  if (read.ok && !read.value.isOwn) return ok({ by: 'others', ...read.value });
  const sopClass = read.ok ? read.value.document.sopClassUid : sopClassOf(bytes);
  const { readDicomReport, REPORT_SOP_CLASSES } = await loadDicomReports();
  if (REPORT_SOP_CLASSES.includes(sopClass)) {
    const restored = own(readDicomReport(bytes));
    // Key images that lost their private block are still a selection or a state as others write them.
    const isLeft =
      read.ok && ['key objects', 'presentation'].includes(read.value.document.content.kind);
    if (restored.ok || !isLeft || restored.error.code !== 'report.no-lesions') return restored;
  }
  return read.ok ? ok({ by: 'others', ...read.value }) : read;
};

/** Reads a report. The message is about the file, without its name. */
export const readReport = async ({
  file,
  kind,
  path,
}: ReportEntry): Promise<Result<ReadReport, Message>> => {
  try {
    if (kind === 'json') return own(restoreJson(await file.text()));
    return await readDicom(new Uint8Array(await file.arrayBuffer()), path);
  } catch (error) {
    return err(message('report.unreadable', { reason: reasonOf(error) }));
  }
};
