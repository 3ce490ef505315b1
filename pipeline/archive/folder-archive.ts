import { open, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import dicomParser from 'dicom-parser';
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
  readonly path: string;
}

const DICOMDIR_CLASS = '1.2.840.10008.1.3.10';
const PICTURES = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(1|2|7|13|3|6|77)(\.|$)/;
/** What a header takes up to the series: a few hundred bytes, private groups and icons aside. */
const HEAD = 2 ** 17;
const SERIES_UID = 'x0020000e';

const headOf = async (path: string, most: number): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return new Uint8Array(buffer.buffer, buffer.byteOffset, bytesRead);
  } finally {
    await file.close();
  }
};

const parseHead = (bytes: Uint8Array) => {
  try {
    return dicomParser.parseDicom(bytes, { untilTag: SERIES_UID });
  } catch (error) {
    // What was read before the fault.
    return (error as { dataSet?: ReturnType<typeof dicomParser.parseDicom> }).dataSet;
  }
};

/** What a file says it is, from its first bytes alone; undefined where they say nothing. */
const indexFile = async (path: string): Promise<Indexed | undefined> => {
  for (const most of [HEAD, 64 * HEAD]) {
    const dataSet = parseHead(await headOf(path, most));
    const text = (tag: string) => dataSet?.string(tag)?.trim() ?? '';
    const [study, sop, series] = ['x0020000d', 'x00080018', SERIES_UID].map(text);
    if (text('x00080016') === DICOMDIR_CLASS) return undefined;
    if (study && sop)
      return {
        study,
        date: /^\d{8}$/.test(text('x00080020')) ? text('x00080020') : '',
        patientId: text('x00100020'),
        issuerOfPatientId: text('x00100021'),
        personName: text('x00100010'),
        patientBirthDate: text('x00100030'),
        sopInstanceUid: sop,
        seriesInstanceUid: series ?? '',
        frames: Number(text('x00280008')) || undefined,
        path,
      };
  }
  return undefined;
};

const isPicture = async (path: string): Promise<boolean> => {
  const sopClass =
    parseHead(await headOf(path, HEAD))
      ?.string('x00080016')
      ?.trim() ?? '';
  return sopClass === '' || PICTURES.test(sopClass);
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
    else if (await isPicture(path)) {
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
