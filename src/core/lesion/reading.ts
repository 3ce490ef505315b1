import { message } from '../message/message.ts';
import { z } from 'zod';
import { isUndescribed, type MassDescriptors } from './mass-descriptors.ts';

/**
 * Assessment categories of the ACR BI-RADS Atlas, 5th edition (2013). '4' without a letter is only
 * read: an older report may carry it.
 */
export const BI_RADS_CATEGORIES = ['0', '1', '2', '3', '4A', '4B', '4C', '5', '6'] as const;
export const READ_CATEGORIES = [...BI_RADS_CATEGORIES, '4'] as const;

export type BiRads = (typeof READ_CATEGORIES)[number];

const probability = z.number().min(0).max(1);
const moment = z.iso.datetime({ offset: true });

/** A score as it stood on the reader's screen. */
export const shownScoreSchema = z.object({
  packId: z.string(),
  packVersion: z.string(),
  /** Fused likelihood of malignancy at `assumedPrevalence`: the number that was read. */
  likelihood: probability,
  assumedPrevalence: z.number().gt(0).lt(1),
  /** Name of the site's own calibration that the number went through; absent where there was none. */
  siteCalibration: z.string().min(1).max(80).optional(),
});
export type ShownScore = Readonly<z.infer<typeof shownScoreSchema>>;

/** The first time that a score of the lesion was on the reader's screen. */
export const revealSchema = shownScoreSchema.extend({ at: moment });
export type Reveal = Readonly<z.infer<typeof revealSchema>>;

/** What the reader thought at one time, and whether a score of the lesion had been seen by then. */
export const readingSchema = z.object({
  at: moment,
  scoreShown: z.boolean(),
  /** Person name of the reader, "Family^Given"; '' where not stated. */
  reader: z.string(),
  biRads: z.enum(READ_CATEGORIES).optional(),
  /** Suspicion of malignancy, 0 (none) to 100 (certain). */
  suspicion: z.number().min(0).max(100).optional(),
  /** The score that was on screen then; absent where none stood there, or none had been seen. */
  shown: shownScoreSchema.optional(),
});
export type Reading = Readonly<z.infer<typeof readingSchema>>;

/** A category or suspicion that was chosen and not recorded yet: no assessment, and in no report. */
export const draftSchema = z.object({
  biRads: z.enum(READ_CATEGORIES).optional(),
  /** As it was typed: outside of 0 to 100 it cannot be recorded. */
  suspicion: z.number().optional(),
});
export type AssessmentDraft = Readonly<z.infer<typeof draftSchema>>;

/** The reader's own words about a lesion, beside its marks. Oldest reading first. */
export interface ReaderWords {
  readonly notes?: string | undefined;
  readonly descriptors?: MassDescriptors | undefined;
  /** The id of the mark on an earlier exam that is of the same lesion; '' where the reader took it back. */
  readonly sameAs?: string | undefined;
  readonly readings?: readonly Reading[] | undefined;
  readonly draft?: AssessmentDraft | undefined;
  readonly reveal?: Reveal | undefined;
}

/** What the reader states; the rest of a reading follows from the lesion. */
export interface Assessment {
  readonly at: string;
  readonly biRads: BiRads;
  readonly suspicion: number;
  /** How the reader wants to be named; nobody is named where it is left out. */
  readonly reader?: string;
}

/** Characters of one component of a DICOM person name (PS3.5 6.2). */
const LONGEST_NAME = 64;

/** A name that was typed, as one component of a person name: without what parts components and values. */
const asPersonName = (typed: string): string =>
  typed
    .replace(/[\\^=\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);

/** Whether the reader said anything; to have seen a score is not to have said something. */
export const hasWords = ({ notes, descriptors, readings, draft }: ReaderWords): boolean =>
  Boolean(notes) ||
  !isUndescribed(descriptors) ||
  (readings?.length ?? 0) > 0 ||
  draft !== undefined;

/**
 * Adds an assessment. Until a score has been seen the reader may still change the first one, so a
 * later one takes its place; after that nothing recorded changes, and each is added. `onScreen` is
 * the score on screen now, where there is one.
 */
export const withAssessment = <T extends ReaderWords>(
  words: T,
  assessment: Assessment,
  onScreen: ShownScore | undefined,
): T => {
  const { readings = [], reveal } = words;
  const reading: Reading = {
    at: assessment.at,
    scoreShown: reveal !== undefined,
    reader: asPersonName(assessment.reader ?? ''),
    biRads: assessment.biRads,
    suspicion: assessment.suspicion,
    ...(reveal && onScreen && { shown: onScreen }),
  };
  const last = readings.at(-1);
  const kept = !reveal && last && !last.scoreShown ? readings.slice(0, -1) : readings;
  return { ...words, readings: [...kept, reading] };
};

/** Notes that a score of the lesion was seen; the first time counts. */
export const withReveal = <T extends ReaderWords>(words: T, reveal: Reveal): T =>
  words.reveal ? words : { ...words, reveal };

/** Whether the reader may see the score now: not before an assessment, in the mode that asks for it. */
export const isScoreHidden = ({ reveal }: ReaderWords, readingFirst: boolean): boolean =>
  readingFirst && reveal === undefined;

/** What stands in a report for a score that the reader may not see yet. */
export const NOT_REVEALED = message('score.not-revealed');

/** Whether the score may be revealed: an assessment was recorded first. */
export const mayReveal = ({ readings = [], reveal }: ReaderWords): boolean =>
  reveal === undefined && readings.length > 0;
