import { err, ok, type Result } from '../../src/core/message/result.ts';
import { parseCsv } from './csv.ts';
import type { ReportedLesion } from './report-rois.ts';
import { readOutcome, type Problem } from './rois.ts';

/** What a site knows of the lesions that its reports mark. */
export interface Outcomes {
  readonly of: (lesion: ReportedLesion) => boolean | undefined;
  readonly problems: readonly Problem[];
}

const byNumber = (patient: string, number: string | number) => `${patient}|${number}`;

/**
 * Reads a table of outcomes: `pathology`, and either `lesion` (the id that a report gives) or `patient`
 * (Patient ID) with `number` (the lesion's number on screen). Rows that cannot be used are named.
 */
export const readOutcomes = (text: string): Result<Outcomes, string> => {
  const { columns, rows, problems } = parseCsv(text);
  if (!columns.includes('pathology')) return err('the table has no column pathology');
  const named = columns.includes('lesion');
  if (!named && !(columns.includes('patient') && columns.includes('number')))
    return err('the table has neither a column lesion nor the columns patient and number');
  const known = new Map<string, boolean>();
  for (const { line, cells } of rows) {
    const key = named ? (cells.lesion ?? '') : byNumber(cells.patient ?? '', cells.number ?? '');
    const outcome = readOutcome(cells.pathology ?? '');
    if (!outcome.ok) problems.push({ line, reason: outcome.error });
    else if (known.has(key) && known.get(key) !== outcome.value)
      problems.push({
        line,
        reason: `${key.replace('|', ', lesion ')} has another pathology above`,
      });
    else if (outcome.value !== undefined) known.set(key, outcome.value);
  }
  return ok({
    of: ({ id, patient, number }) => known.get(named ? (id ?? '') : byNumber(patient, number)),
    problems,
  });
};
