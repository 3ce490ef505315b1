import type { Lesion, LesionOrigin } from '../lesion/lesion.ts';
import type { ReaderWords } from '../lesion/reading.ts';
import type { TakenOver } from '../lesion/taken-over.ts';
import type { Box } from '../geometry/box.ts';
import type { CaseReport } from './case-report.ts';
import type { RestoredFormat } from './export-format.ts';
import type { ReportDocument } from './report-documents.ts';
import type { ReportMark, ReportScore } from './report-lesion.ts';

export interface RestoredLesion {
  /** Undefined where the object does not carry it (a CAD report that lost its private block). */
  readonly id: string | undefined;
  readonly number: number;
  readonly marks: readonly ReportMark[];
  /** What the reader said of it, where the object still carries it. */
  readonly words: ReaderWords;
  /** That the finder marked it first, where the object still says so. */
  readonly origin?: LesionOrigin | undefined;
  /** That an earlier reader took it over from a report that did not agree with the images. */
  readonly takenOver?: TakenOver | undefined;
  /** The whole score, where the object still carries it. */
  readonly score: ReportScore | undefined;
  /** Fused likelihood as it was shown, at the prevalence assumed then, in [0, 1]. */
  readonly likelihood: number | undefined;
  /** The same for each view alone, by SOP Instance UID. */
  readonly viewLikelihoods: Readonly<Record<string, number>>;
}

/** What came back from a file that was exported earlier. */
export interface RestoredCase {
  readonly source: RestoredFormat;
  /**
   * True where geometry and scores are what was exported to the last digit; false where they were
   * read from the standard part of a DICOM object, whose coordinates are 32-bit floats.
   */
  readonly exact: boolean;
  readonly patientId: string;
  /** SOP Instance UIDs of the images that the lesions are marked on or that were listed. */
  readonly images: readonly string[];
  readonly lesions: readonly RestoredLesion[];
  /** The DICOM object that it came in; undefined for JSON. */
  readonly document?: ReportDocument;
  /** The whole report, where it came back exactly. */
  readonly report: CaseReport | undefined;
}

/** The smallest box around some points, at least one. */
export const boundsOf = (points: readonly (readonly [number, number])[]): Box => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  // Not Math.min(...): an outline may have more vertices than a call may have arguments.
  for (const [x, y] of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
};

/** The pixels that the marks were made on, where the report says. */
const pixelsOf = ({ report }: RestoredCase, { marks }: RestoredLesion): Pick<Lesion, 'pixels'> => {
  const marked = new Set(marks.map((mark) => mark.sopInstanceUid));
  const known = (report?.images ?? []).flatMap(({ sopInstanceUid, columns, rows, pixelDigest }) =>
    marked.has(sopInstanceUid) && pixelDigest !== undefined
      ? [[sopInstanceUid, { columns, rows, digest: pixelDigest }] as const]
      : [],
  );
  return known.length > 0 ? { pixels: Object.fromEntries(known) } : {};
};

/** The lesions for the store of open patients. `newId` serves lesions whose id was lost. */
export const toLesions = (
  restored: RestoredCase,
  patientKey: string,
  newId: () => string,
): Lesion[] =>
  restored.lesions.map((lesion) => ({
    id: lesion.id ?? newId(),
    patientKey,
    number: lesion.number,
    marks: Object.fromEntries(lesion.marks.map((mark) => [mark.sopInstanceUid, mark.box])),
    ...pixelsOf(restored, lesion),
    ...(lesion.origin && { origin: lesion.origin }),
    ...(lesion.takenOver && { takenOver: lesion.takenOver }),
    ...lesion.words,
  }));
