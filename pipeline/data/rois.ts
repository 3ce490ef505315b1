import type { Box } from '../../src/core/geometry/box.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';
import { parseCsv, type CsvRow, type Problem } from './csv.ts';

export type { Problem };

/** One lesion box of a rois.csv. */
export interface Roi {
  /** Line in the file; the header is line 1. */
  readonly line: number;
  /** File below the images folder. */
  readonly image: string;
  /** Height of a pixel divided by its width, where the file says it. */
  readonly pixelAspect?: number;
  readonly patient: string;
  readonly view: string;
  /** Of the breast, L or R, where the file says it. */
  readonly side?: string;
  readonly lesion: string;
  /** In pixels of the image as stored. */
  readonly box: Box;
  readonly malignant?: boolean;
  /** Fold that the file asks for, where it has a `fold` column. */
  readonly fold?: number;
  /** Breast density, subtlety and the reader's words, as written. */
  readonly density: string;
  readonly subtlety: string;
  readonly margins: string;
  readonly shape: string;
}

/**
 * Whether a lesion id ends in _box and a number: one of several in its image, whose partner in the other
 * view is not known. Both views then stand as lesions of their own, so they are trained on and scored,
 * and left out of every figure that counts lesions.
 */
export const isLoneBox = (lesion: string): boolean => /_box\d+$/.test(lesion);

export interface RoiTable {
  readonly rois: readonly Roi[];
  readonly problems: readonly Problem[];
}

const REQUIRED = ['image', 'patient', 'lesion', 'x', 'y', 'width', 'height'];
const OUTCOMES: Readonly<Record<string, boolean>> = {
  malignant: true,
  benign: false,
  benign_without_callback: false,
};

const number = (cells: CsvRow['cells'], name: string): number =>
  cells[name] === '' ? Number.NaN : Number(cells[name]);

const readBox = (cells: CsvRow['cells']): Result<Box, string> => {
  const names = ['x', 'y', 'width', 'height'] as const;
  const wrong = names.find((name) => !Number.isFinite(number(cells, name)));
  if (wrong) return err(`${wrong} is "${cells[wrong]}", expected a number of pixels`);
  const [x, y, width, height] = names.map((name) => number(cells, name)) as [
    number,
    number,
    number,
    number,
  ];
  if (width <= 0 || height <= 0) return err(`the box is ${width} x ${height} pixels`);
  return ok({ x, y, width, height });
};

/** The outcome: undefined where the cell is empty (a lesion that can be scored, not counted). */
export const readOutcome = (text: string): Result<boolean | undefined, string> => {
  if (text === '') return ok(undefined);
  const outcome = OUTCOMES[text.toLowerCase().replaceAll(' ', '_')];
  return outcome === undefined
    ? err(`pathology "${text}" is unknown, expected benign or malignant`)
    : ok(outcome);
};

const readRow = ({ line, cells }: CsvRow): Result<Roi, string> => {
  const missing = ['image', 'patient', 'lesion'].find((name) => !cells[name]);
  if (missing) return err(`${missing} is empty`);
  const box = readBox(cells);
  if (!box.ok) return box;
  const outcome = readOutcome(cells.pathology ?? '');
  if (!outcome.ok) return outcome;
  const aspect = cells.pixel_aspect ? number(cells, 'pixel_aspect') : undefined;
  if (aspect !== undefined && !(aspect > 0))
    return err(`pixel_aspect is "${cells.pixel_aspect}", expected a number above 0`);
  const fold = cells.fold ? number(cells, 'fold') : undefined;
  if (fold !== undefined && !(Number.isInteger(fold) && fold >= 0))
    return err(`fold is "${cells.fold}", expected a whole number from 0`);
  return ok({
    line,
    image: cells.image ?? '',
    patient: cells.patient ?? '',
    view: cells.view ?? '',
    ...(cells.side ? { side: cells.side } : {}),
    lesion: cells.lesion ?? '',
    box: box.value,
    ...(aspect === undefined ? {} : { pixelAspect: aspect }),
    ...(outcome.value === undefined ? {} : { malignant: outcome.value }),
    ...(fold === undefined ? {} : { fold }),
    density: cells.breast_density ?? '',
    subtlety: cells.subtlety ?? '',
    margins: cells.mass_margins ?? '',
    shape: cells.mass_shape ?? '',
  });
};

type Claim = { readonly line: number; readonly value: string };

/** A row that contradicts an earlier one: `what` must be the same for all rows of a `key`. */
const contradiction = (seen: Map<string, Claim>, key: string, value: string, roi: Roi) => {
  const earlier = seen.get(key);
  if (!earlier) seen.set(key, { line: roi.line, value });
  return earlier && earlier.value !== value ? earlier : undefined;
};

/** Drops rows that contradict an earlier row of the same lesion or patient, or mark its lesion on its image again. */
const consistent = (rois: readonly Roi[], problems: Problem[]): Roi[] => {
  const patients = new Map<string, Claim>();
  const outcomes = new Map<string, Claim>();
  const folds = new Map<string, Claim>();
  const marks = new Map<string, Claim>();
  return rois.filter((roi) => {
    const owner = contradiction(patients, roi.lesion, roi.patient, roi);
    const outcome = contradiction(outcomes, roi.lesion, String(roi.malignant), roi);
    const fold = contradiction(folds, roi.patient, String(roi.fold), roi);
    const claimed = owner ?? outcome ?? fold;
    const mark = claimed
      ? undefined
      : contradiction(marks, JSON.stringify([roi.lesion, roi.image]), `${roi.line}`, roi);
    const reason = owner
      ? `lesion ${roi.lesion} belongs to patient ${owner.value} on line ${owner.line}, here to ${roi.patient}`
      : outcome
        ? `lesion ${roi.lesion} has another pathology on line ${outcome.line}`
        : fold
          ? `patient ${roi.patient} is in fold ${fold.value} on line ${fold.line}, here in ${roi.fold}`
          : mark
            ? `lesion ${roi.lesion} is marked on ${roi.image} on line ${mark.line} already`
            : undefined;
    if (reason) problems.push({ line: roi.line, reason });
    return !reason;
  });
};

/**
 * Reads a table of lesion boxes (docs/validation.md names the columns). Rows that cannot be used
 * are left out and named in `problems`. An error only when the table itself cannot be read.
 */
export const readRois = (text: string): Result<RoiTable, string> => {
  const { columns, rows, problems } = parseCsv(text);
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length) return err(`the table has no column ${missing.join(', ')}`);
  const rois = rows.flatMap((row) => {
    const roi = readRow(row);
    if (roi.ok) return [roi.value];
    problems.push({ line: row.line, reason: roi.error });
    return [];
  });
  return ok({ rois: consistent(rois, problems), problems });
};
