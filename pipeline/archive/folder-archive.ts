import { open, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseDataSet, PIXEL_DATA } from '../../src/adapters/dicom-io/read/data-set.ts';
import { readFileMeta } from '../../src/adapters/dicom-io/read/file-meta.ts';
import { DICOMDIR_CLASS } from '../../src/adapters/dicom-io/read/identity.ts';
import { readHeader } from '../../src/adapters/dicom-io/read/read-header.ts';
import { transferSyntaxOf } from '../../src/adapters/dicom-io/read/transfer-syntax.ts';
import type { MammogramHeader } from '../../src/core/dicom/mammogram-header.ts';
import { examStudies, type StudyOfPatient } from './exam-studies.ts';
import { NoSpace, StudyFailure } from './failures.ts';
import type { JobIdentity } from './job-identity.ts';
import type { Archive, ImageReference, StudyReference } from './ports.ts';

export interface FolderOptions {
  readonly folder: string;
  /** Where reports go; the state of the work is beside them. */
  readonly results: string;
  /** YYYYMMDD; studies before are left out, and after `until`. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Told of files that are no DICOM objects, which are passed over. */
  readonly passedOver: (path: string) => void;
}

interface Indexed extends ImageReference, StudyOfPatient {
  readonly isPicture: boolean;
  readonly path: string;
}

const PICTURES = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(1|2|7|13|3|6|77)(\.|$)/;
/** What a header takes up to its pixels: a few thousand bytes, private groups and icons aside. */
const HEAD = 2 ** 17;
/** What the page opens at most. */
const WHOLE = 2 ** 30;

/** The header of a file as the page reads it, from as few of its bytes as hold it; undefined without one. */
const headerOf = async (path: string): Promise<MammogramHeader | undefined> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (const most of [HEAD, 64 * HEAD, WHOLE]) {
      const length = Math.min(most, size);
      const bytes = new Uint8Array(length);
      await file.read(bytes, 0, length, 0);
      const meta = readFileMeta(bytes);
      if (!meta.ok) return undefined;
      const parsed = parseDataSet(bytes, meta.value);
      const isWhole = length === size;
      // A header that is cut between two elements ends as if it were whole.
      if (parsed.ok && (isWhole || parsed.value.dataSet.elements[PIXEL_DATA])) {
        const { transferSyntaxUid, mediaStorageSopClassUid } = meta.value;
        const syntax = transferSyntaxOf(transferSyntaxUid);
        const header = readHeader(parsed.value.dataSet, syntax, transferSyntaxUid);
        return { ...header, sopClassUid: header.sopClassUid || mediaStorageSopClassUid };
      }
      if (isWhole) return undefined;
    }
    return undefined;
  } finally {
    await file.close();
  }
};

/** What a file says it is; undefined where it says nothing. */
const indexFile = async (path: string): Promise<Indexed | undefined> => {
  const header = await headerOf(path);
  if (!header?.studyInstanceUid || !header.sopInstanceUid) return undefined;
  if (header.sopClassUid === DICOMDIR_CLASS) return undefined;
  const { patientId, issuerOfPatientId, personName, patientBirthDate, sopClassUid } = header;
  return {
    study: header.studyInstanceUid,
    date: /^\d{8}$/.test(header.studyDate) ? header.studyDate : '',
    ...{ patientId, issuerOfPatientId, personName, patientBirthDate },
    sopInstanceUid: header.sopInstanceUid,
    seriesInstanceUid: header.seriesInstanceUid,
    frames: header.numberOfFrames,
    isPicture: sopClassUid === '' || PICTURES.test(sopClassUid),
    path,
  };
};

async function* filesUnder(folder: string, leaveOut: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (path === leaveOut) continue;
    if (entry.isDirectory()) yield* filesUnder(path, leaveOut);
    else if (entry.isFile()) yield path;
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Writes a file whole or not at all, also where the machine fails in between. */
const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
  const part = `${path}.part`;
  try {
    await writeFile(part, bytes, { flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    if (isFull(error)) throw new NoSpace('There is no room left where the reports go.');
    throw new StudyFailure(
      `The report was not written (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
};

/** Files of a folder as an archive, whatever their names and places; reports go into another. */
export const openFolder = async (options: FolderOptions): Promise<Archive> => {
  const [folder, results] = [resolve(options.folder), resolve(options.results)];
  const index = new Map<string, Map<string, Indexed>>();
  for await (const path of filesUnder(folder, results)) {
    const found = await indexFile(path);
    if (!found) options.passedOver(relative(folder, path));
    else if (found.isPicture) {
      const images = index.get(found.study) ?? new Map<string, Indexed>();
      // The same object twice: the first one counts, as in the page.
      if (!images.has(found.sopInstanceUid)) images.set(found.sopInstanceUid, found);
      index.set(found.study, images);
    }
  }
  await mkdir(results, { recursive: true });
  const imagesOf = (study: string) => [...(index.get(study)?.values() ?? [])];
  const firstOf = (study: string): Indexed | undefined => index.get(study)?.values().next().value;
  /** An image of each study, by the day: there are too many to look at all of them for each. */
  const ofDay = new Map<string, Indexed[]>();
  for (const study of index.keys()) {
    const first = firstOf(study);
    if (first) ofDay.set(first.date, [...(ofDay.get(first.date) ?? []), first]);
  }
  const pathOf = (uid: string) => join(results, `${uid}.dcm`);
  const { since = '', until = '99999999' } = options;
  return {
    studies: async function* () {
      const studies = [...index].map(([study, images]): StudyReference => {
        const date = [...images.values()].find((image) => image.date)?.date ?? '';
        return { study, date, objects: images.size };
      });
      yield studies.filter(({ date }) => date >= since && date <= until);
    },
    exam: async (study) => {
      const of = firstOf(study);
      return of ? examStudies(of, ofDay.get(of.date) ?? []) : [study];
    },
    images: async (study) => imagesOf(study),
    fetch: async ({ study, sopInstanceUid }) => {
      const image = index.get(study)?.get(sopInstanceUid);
      if (!image) throw new StudyFailure('An image of it is gone.');
      try {
        return await readFile(image.path);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new StudyFailure(`An image of it could not be read (${code}).`);
      }
    },
    holds: async ({ sopInstanceUid }: JobIdentity) =>
      stat(pathOf(sopInstanceUid)).then(
        () => true,
        () => false,
      ),
    store: ({ sopInstanceUid, bytes }) => writeWhole(pathOf(sopInstanceUid), bytes),
    trouble: async () => undefined,
  };
};
