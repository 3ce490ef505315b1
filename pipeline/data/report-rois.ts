import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { readDicomReport } from '../../src/adapters/dicom-sr/index.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import type { MammogramHeader } from '../../src/core/dicom/mammogram-header.ts';
import { restoreJson } from '../../src/core/report/restore-report.ts';
import type { RestoredCase } from '../../src/core/report/restored.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { Result } from '../../src/core/message/result.ts';
import { sayIn } from '../../src/i18n/say.ts';
import type { Problem, Roi, RoiTable } from './rois.ts';

export const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

const readReport = (path: string): Result<RestoredCase, Message> => {
  const bytes = readFileSync(path);
  const isJson = bytes.subarray(0, 64).toString('utf8').trimStart().startsWith('{');
  return isJson
    ? restoreJson(bytes.toString('utf8'))
    : readDicomReport(new Uint8Array(bytes), { unread: true });
};

export interface Located {
  /** Below the folder that was searched. */
  readonly path: string;
  readonly header: MammogramHeader;
}

/** A lesion of a report, by what a table of outcomes can name it with. */
export interface ReportedLesion {
  readonly id?: string;
  readonly patient: string;
  readonly number: number;
}

/** The mammograms under a folder by SOP Instance UID; other files are passed over. */
export const locate = async (folder: string): Promise<ReadonlyMap<string, Located>> => {
  const found = new Map<string, Located>();
  for (const path of filesUnder(folder)) {
    const read = await readDicom(new Uint8Array(readFileSync(join(folder, path))), path);
    if (read.ok) found.set(read.value.header.sopInstanceUid, { path, header: read.value.header });
  }
  return found;
};

/** Whether two boxes are one, but for the digits that a form of report keeps. */
const isAlike = (a: Box, b: Box): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) < 0.01);

/**
 * The marks of reports that the viewer wrote (JSON or DICOM, under `reportsFolder`) as rows of a
 * table, on the DICOM images under `imagesFolder` that carry their SOP Instance UIDs. A row's line
 * is its place among the marks, from 1. A mark that several reports tell counts once. Outcomes are not in reports: `outcomeOf` says them, and a lesion
 * that it does not know is scored, not counted.
 */
export const readReportRois = async (
  reportsFolder: string,
  imagesFolder: string,
  outcomeOf: (lesion: ReportedLesion) => boolean | undefined = () => undefined,
): Promise<RoiTable> => {
  const images = await locate(imagesFolder);
  const rois: Roi[] = [];
  const problems: Problem[] = [];
  const seen = new Map<string, Box>();
  let line = 0;
  for (const path of filesUnder(reportsFolder)) {
    const report = readReport(join(reportsFolder, path));
    if (!report.ok) {
      problems.push({ line: 0, reason: `${path}: ${sayIn('en', report.error)}` });
      continue;
    }
    for (const { id, number, marks } of report.value.lesions)
      for (const { sopInstanceUid, box } of marks) {
        line++;
        const image = images.get(sopInstanceUid);
        if (!image) {
          const reason = `${path}: no image under ${imagesFolder} has the SOP Instance UID ${sopInstanceUid}`;
          problems.push({ line, reason });
          continue;
        }
        const { header } = image;
        const patient = header.patientId || header.studyInstanceUid;
        const lesion = id ?? `${patient} ${number}`;
        const mark = JSON.stringify([lesion, sopInstanceUid]);
        const earlier = seen.get(mark);
        if (earlier) {
          const reason = `${path}: lesion ${lesion} is marked otherwise on ${image.path} in a report before`;
          if (!isAlike(earlier, box)) problems.push({ line, reason });
          continue;
        }
        seen.set(mark, box);
        const malignant = outcomeOf({ ...(id ? { id } : {}), patient, number });
        rois.push({
          ...(malignant === undefined ? {} : { malignant }),
          line,
          image: image.path,
          patient,
          view: header.view.value ?? '',
          ...(header.laterality.value ? { side: header.laterality.value } : {}),
          lesion,
          box,
          density: '',
          subtlety: '',
          margins: '',
          shape: '',
        });
      }
  }
  return { rois, problems };
};
