import { z } from 'zod';
import { MAMMOGRAPHY_VIEWS } from '../dicom/mammogram-header.ts';
import { examReadingSchema } from '../lesion/exam-reading.ts';
import { SPACING_SOURCES } from '../image/mammogram-image.ts';
import { keyImageSchema } from './key-image.ts';
import { reportProblems } from './report-problems.ts';
import { measurementSchema } from './report-measurement.ts';
import { lesionSchema, warningSchema } from './report-lesion.ts';
import { secondLookSchema } from './report-second-look.ts';

/** Version of the JSON report. An older one is migrated, a newer one is refused. */
export const CASE_REPORT_SCHEMA_VERSION = 2;
/** What tells our JSON from any other. */
export const CASE_REPORT_KIND = 'tandem-case-report';

/** Entries of a list: far more than one patient has, and few enough for any screen. */
const MOST = { studies: 500, images: 2000, lesions: 2000, words: 100 };

const LOOKUP_TABLES = ['Modality', 'VOI'] as const;
export type LookupTableKind = (typeof LOOKUP_TABLES)[number];

/** DICOM UI (PS3.5 section 6.2): digits and dots, at most 64 characters. */
const uid = z.string().regex(/^[0-9][0-9.]{0,63}$/, 'not a DICOM UID');
/** DICOM DA and TM as in the files; '' where a file has none. */
const date = z.string().regex(/^(\d{8})?$/, 'not a date YYYYMMDD');
const time = z.string().regex(/^(\d{2,6}(\.\d{1,6})?)?$/, 'not a time HHMMSS');

const patientSchema = z.object({
  id: z.string(),
  /** Issuer of Patient ID (0010,0021); absent where the images name none. */
  issuer: z.string().optional(),
  /** As in the images: a DICOM person name, "Family^Given^Middle". */
  name: z.string(),
  birthDate: date,
  sex: z.enum(['F', 'M', 'O', '']),
});

const studySchema = z.object({
  studyInstanceUid: uid,
  date,
  time,
  id: z.string(),
  accessionNumber: z.string(),
  referringPhysicianName: z.string(),
  description: z.string(),
  /** Who its own images are about, where they say it otherwise than those of the newest study. */
  patient: patientSchema.optional(),
  /** What the reader said of the exam as a whole; absent where nothing was said. */
  reading: examReadingSchema.optional(),
});

const imageSchema = z.object({
  sopClassUid: uid,
  sopInstanceUid: uid,
  seriesInstanceUid: uid,
  studyInstanceUid: uid,
  rows: z.int().positive(),
  columns: z.int().positive(),
  /** Tells its pixels from others under the same UID (core/image/pixel-identity). */
  pixelDigest: z.string().optional(),
  laterality: z.enum(['L', 'R']).optional(),
  view: z.enum(MAMMOGRAPHY_VIEWS).optional(),
  /** Where side and view were read, 'reader' where the reader said so; absent in older reports. */
  lateralitySource: z.string().max(64).optional(),
  viewSource: z.string().max(64).optional(),
  /** What the file says of side and view where the reader said otherwise: "LCC", "?MLO". */
  viewInFile: z.string().max(64).optional(),
  viewModifiers: z.array(z.string()).max(MOST.words),
  /** PatientOrientation (0020,0020): row direction, column direction. */
  patientOrientation: z.tuple([z.string(), z.string()]).optional(),
  contentDate: date,
  contentTime: time,
  /** Millimetres between rows and between columns, in the plane that `source` stands for. */
  spacing: z
    .object({
      row: z.number().positive(),
      column: z.number().positive(),
      source: z.enum(SPACING_SOURCES),
    })
    .optional(),
  /** How it is shown by default: what a presentation state must repeat, for it replaces the image's own. */
  display: z
    .object({
      photometric: z.enum(['MONOCHROME1', 'MONOCHROME2']),
      rescale: z.object({ slope: z.number(), intercept: z.number() }).optional(),
      window: z
        .object({
          center: z.number(),
          width: z.number().positive(),
          function: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
        })
        .optional(),
      /** Lookup tables of the file that it goes through; absent where there are none. */
      tables: z.array(z.enum(LOOKUP_TABLES)).max(LOOKUP_TABLES.length).optional(),
    })
    .optional(),
  /** The nipple in stored pixels, where it is known. */
  nipple: z
    .object({ x: z.number(), y: z.number(), source: z.enum(['reader', 'detected']) })
    .optional(),
  /** What the reader measured on it. */
  measurements: z.array(measurementSchema).max(MOST.lesions).optional(),
  warnings: z.array(warningSchema).max(MOST.words),
});

const bodySchema = z.object({
  kind: z.literal(CASE_REPORT_KIND),
  schemaVersion: z.literal(CASE_REPORT_SCHEMA_VERSION),
  /** When it was exported, in local time with its offset: 2026-01-31T12:00:00+01:00. */
  createdAt: z.iso.datetime({ offset: true, local: false }),
  use: z.literal('research use only'),
  program: z.object({
    name: z.string().min(1),
    version: z.string().min(1),
    /** Tells this installation from others of the program; a random id, of no person. */
    installation: z.string().min(1).max(64).optional(),
  }),
  /** Stored reports whose content this one has taken in: it stands in their place. */
  predecessors: z
    .array(
      z.object({
        sopClassUid: uid,
        sopInstanceUid: uid,
        seriesInstanceUid: uid,
        studyInstanceUid: uid,
      }),
    )
    .max(MOST.images)
    .optional(),
  /** The model pack of the scores; absent where nothing was scored. The finder's is with its second look. */
  pack: z
    .object({
      id: z.string(),
      version: z.string(),
      name: z.string(),
      /** SHA-256 of manifest.json, which itself holds the hash of every other file. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
  patient: patientSchema,
  studies: z.array(studySchema).min(1).max(MOST.studies),
  images: z.array(imageSchema).min(1).max(MOST.images),
  lesions: z.array(lesionSchema).max(MOST.lesions),
  /** One an exam, where the reader has asked for it; absent where not. */
  secondLooks: z.array(secondLookSchema).max(MOST.studies).optional(),
  /** Views that the reader kept, in the order of keeping; absent where there are none. */
  keyImages: z.array(keyImageSchema).max(MOST.images).optional(),
});

/**
 * All that leaves the viewer about one patient: images, lesions with marks and scores, the reader's
 * assessment, and what computed the scores. Pixels stay behind.
 */
export const caseReportSchema = bodySchema.superRefine((report, context) => {
  for (const { path, message } of reportProblems(report))
    context.addIssue({ code: 'custom', path: [...path], message });
});

export type CaseReport = z.infer<typeof bodySchema>;
export type ReportPatient = CaseReport['patient'];
export type ReportStudy = CaseReport['studies'][number];
export type ReportImage = CaseReport['images'][number];
