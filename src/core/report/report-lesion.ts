import { armSchema } from '../classifier/arms.ts';
import { z } from 'zod';
import { lesionOriginSchema } from '../lesion/lesion.ts';
import { takenOverSchema } from '../lesion/taken-over.ts';
import { appliedSiteCalibrationSchema } from '../classifier/site-calibration.ts';
import { locationSchema } from '../lesion/location.ts';
import { massDescriptorsSchema } from '../lesion/mass-descriptors.ts';
import { readingSchema, revealSchema } from '../lesion/reading.ts';

const finite = z.number();
const probability = z.number().min(0).max(1);
/** Entries of a list: far more than one lesion has, and few enough for any screen. */
const MOST = { views: 200, arms: 10, vertices: 100_000, assessments: 1000, words: 100 };

/** A box in stored pixels (core/geometry/box): (0, 0) is the outer corner of the first pixel. */
export const boxSchema = z.object({
  x: finite,
  y: finite,
  width: z.number().positive(),
  height: z.number().positive(),
});

/** One way in which an image or a mark is outside what the classifier was made for (core/lesion/scope). */
export const warningSchema = z.object({
  code: z.string(),
  severity: z.enum(['blocks', 'warns']),
  text: z.string(),
});

const lengthSchema = z.object({ mm: z.number().positive(), of: z.enum(['outline', 'box']) });

const markSchema = z.object({
  sopInstanceUid: z.string().min(1),
  box: boxSchema,
  /** Outline of the lesion in stored pixels, open: the last vertex is joined to the first. */
  outline: z
    .array(z.tuple([finite, finite]))
    .min(3)
    .max(MOST.vertices)
    .optional(),
  /** Longest extent on this view, mm, in the plane of the image's calibration: of the outline, else of the box. */
  longest: lengthSchema.optional(),
  /** What is wrong with this mark, beside what is with its image. */
  warnings: z.array(warningSchema).max(MOST.words).optional(),
});

const estimateSchema = z.object({ value: probability, low: probability, high: probability });

/** Score of a lesion; every per-view list is in the order of `views`. */
const scoreSchema = z.object({
  /** SOP Instance UIDs. */
  views: z.array(z.string()).min(1).max(MOST.views),
  arms: z
    .array(
      z.object({
        arm: armSchema,
        /** SVM decision values and their mean. */
        viewScores: z.array(finite).max(MOST.views),
        score: finite,
        likelihood: estimateSchema,
      }),
    )
    .min(1)
    .max(MOST.arms),
  /** At the training prevalence, as all likelihoods here. */
  viewLikelihoods: z.array(probability).max(MOST.views),
  likelihood: estimateSchema,
  /** False where the number is a rank only and must not be read as a probability. */
  calibrated: z.boolean(),
  trainingPrevalence: z.number().gt(0).lt(1),
  /** The prevalence that the reader had chosen: the number on screen is at this one. */
  assumedPrevalence: z.number().gt(0).lt(1),
  /** The site's own calibration, where the number on screen went through one. */
  siteCalibration: appliedSiteCalibrationSchema.optional(),
  operatingPoint: z
    .object({
      name: z.string(),
      /** Threshold on the likelihood at the training prevalence. */
      likelihood: probability,
      sensitivity: probability,
      specificity: probability,
    })
    .optional(),
  /** Where it was computed: "webgpu, NVIDIA ...". */
  engine: z.string(),
});

const sizeSchema = lengthSchema.extend({ view: z.string() });

/** A lesion on an earlier exam beside now (core/lesion/follow-up). */
const followUpSchema = z.object({
  /** Its number and study date (DA) there. */
  number: z.int().positive(),
  date: z.string().max(8),
  then: sizeSchema,
  now: sizeSchema,
  /** That the mm of the two hold in unlike planes. */
  unlikeScales: z.boolean().optional(),
  years: z.number().positive().optional(),
  mmAYear: finite.optional(),
});

export const lesionSchema = z.object({
  id: z.string().min(1),
  number: z.int().positive(),
  marks: z.array(markSchema).min(1).max(MOST.views),
  score: scoreSchema.optional(),
  /** What speaks against trusting the score: all that stands beside it on screen. */
  cautions: z
    .array(z.object({ code: z.string(), view: z.string().optional(), text: z.string() }))
    .max(MOST.words)
    .optional(),
  /** Why there is no score, where one was asked for. */
  scoreProblem: z.string().optional(),
  /** The reader's assessments, oldest first. */
  assessments: z.array(readingSchema).max(MOST.assessments),
  /** The reader's free words. */
  notes: z.string(),
  /** How the reader describes the mass; absent where nothing was said. */
  descriptors: massDescriptorsSchema.optional(),
  /** The id of the mark on an earlier exam that is of the same lesion, as the reader says. */
  sameAs: z.string().min(1).optional(),
  /** Its size then and now, where the earlier exam was open. */
  followUp: followUpSchema.optional(),
  /** When a score of the lesion was first on the reader's screen; absent where none was. */
  reveal: revealSchema.optional(),
  /** That the finder marked it first, and the reader accepted it; absent where the reader marked it. */
  origin: lesionOriginSchema.optional(),
  /** That the reader took it over from a report that does not agree with the images. */
  takenOver: takenOverSchema.optional(),
  /** Estimated from the marks. */
  location: locationSchema.optional(),
});

export type ReportLesion = z.infer<typeof lesionSchema>;
export type ReportMark = ReportLesion['marks'][number];
export type ReportFollowUp = NonNullable<ReportLesion['followUp']>;
export type ReportScore = NonNullable<ReportLesion['score']>;
export type ReportAssessment = ReportLesion['assessments'][number];

/** What speaks against trusting the score, beside what its images are that the model was not made for. */
export const scoreCautionTexts = ({
  cautions = [],
}: Pick<ReportLesion, 'cautions'>): readonly string[] =>
  cautions.filter(({ code }) => code !== 'scope').map(({ text }) => text);
