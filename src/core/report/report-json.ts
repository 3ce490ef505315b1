import { z } from 'zod';
import { message, type Message } from '../message/message.ts';
import { err, ok, type Result } from '../message/result.ts';
import { checkedBy } from '../message/schema-problems.ts';
import {
  CASE_REPORT_KIND,
  CASE_REPORT_SCHEMA_VERSION,
  caseReportSchema,
  type CaseReport,
} from './case-report.ts';

const firstLesions = z.looseObject({
  lesions: z.array(
    z.looseObject({ assessments: z.array(z.looseObject({ note: z.string().catch('') })) }),
  ),
});

/** Schema 1 had a note in each assessment; since schema 2 a lesion has notes of its own. */
const toNotesOfLesions = (report: object): object => {
  const parsed = checkedBy(firstLesions, report);
  if (!parsed.ok) return report;
  const lesions = parsed.value.lesions.map(({ assessments, ...lesion }) => ({
    ...lesion,
    notes: assessments.flatMap(({ note }) => (note ? [note] : [])).join('\n'),
    assessments: assessments.map(({ note: _moved, ...assessment }) => assessment),
  }));
  return { ...report, lesions };
};

/** Steps from an older schema to the next: entry n takes a report of version n to n + 1. */
export type Migrations = Readonly<Record<number, (report: object) => object>>;
const MIGRATIONS: Migrations = { 1: toNotesOfLesions };

const envelopeSchema = z.looseObject({
  kind: z.literal(CASE_REPORT_KIND),
  schemaVersion: z.int().positive(),
});

/** Numbers are written with all their digits, so that geometry and scores come back as they were. */
export const formatCaseReport = (report: CaseReport): string =>
  `${JSON.stringify(report, undefined, 2)}\n`;

/** Brings a report of an older version up to `current`, one step at a time. */
export const migrate = (
  report: object,
  version: number,
  migrations: Migrations,
  current: number,
): Result<object, Message> => {
  if (version > current) return err(message('report.newer', { schema: version, known: current }));
  let migrated = report;
  for (let v = version; v < current; v++) {
    const step = migrations[v];
    if (!step) return err(message('report.older', { schema: v }));
    migrated = { ...step(migrated), schemaVersion: v + 1 };
  }
  return ok(migrated);
};

/** Checks a parsed value that says it is a report: version, every field, and their agreement. */
export const parseCaseReportValue = (value: unknown): Result<CaseReport, Message> => {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return err(message('report.foreign'));
  const { schemaVersion } = envelope.data;
  const migrated = migrate(envelope.data, schemaVersion, MIGRATIONS, CASE_REPORT_SCHEMA_VERSION);
  if (!migrated.ok) return migrated;
  const checked = checkedBy(caseReportSchema, migrated.value);
  return checked.ok ? checked : err(message('report.damaged', { reason: checked.error }));
};

/** Reads what formatCaseReport wrote, now or in an earlier version. */
export const parseCaseReport = (text: string): Result<CaseReport, Message> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(message('report.not-json', { reason: (error as Error).message }));
  }
  return parseCaseReportValue(value);
};
