import { z } from 'zod';
import { locationSchema } from '../lesion/location.ts';
import { DISMISSAL_REASONS } from '../lesion/second-reading.ts';
import { boxSchema } from './report-lesion.ts';

const probability = z.number().min(0).max(1);
const moment = z.iso.datetime({ offset: true });
const sop = z.string().min(1);
/** Entries of a list: far more than one exam has, and few enough for any screen. */
const MOST = {
  views: 200,
  unreadable: 500,
  findings: 2000,
  lesions: 2000,
  studies: 100,
  notes: 100,
};

/**
 * What became of a finding: nothing yet; a lesion by the reader's word; set aside; a lesion before; or, in
 * a batch without a reader, a lesion only so that it has a score.
 */
const FINDING_ANSWERS = ['open', 'accepted', 'dismissed', 'agrees', 'scored'] as const;

/** What a report of a batch names in place of an installation: no reader has seen any of it. */
export const BATCH = 'batch';

const findingSchema = z.object({
  id: z.string().min(1),
  /** As on screen: 1 is the most suspicious. */
  rank: z.int().positive(),
  /** One mark a view, in stored pixels. */
  marks: z
    .array(
      z.object({ sopInstanceUid: sop, box: boxSchema, mass: probability, malignant: probability }),
    )
    .min(1)
    .max(MOST.views),
  /** Probability that it is a mass, as among the archive's films; no likelihood of malignancy. */
  mass: probability,
  /** Probability that it is a malignant mass, likewise: what the ranks go by. */
  malignant: probability,
  answer: z.enum(FINDING_ANSWERS),
  /** The lesion that it became, or that the reader marked there. */
  lesionId: z.string().optional(),
  /** Why it was dismissed: a code, and its words. */
  reason: z.object({ code: z.enum(DISMISSAL_REASONS), text: z.string() }).optional(),
  /** When the reader answered. */
  at: moment.optional(),
  location: locationSchema.optional(),
});

/** A lesion as it stood when the reader said that the own look was done. */
const lesionBeforeSchema = z.object({
  id: z.string().min(1),
  number: z.int().positive(),
  marks: z.array(z.object({ sopInstanceUid: sop, box: boxSchema })).max(MOST.views),
});

/**
 * The finder's second look at one exam, as the reader saw it. It is in a report only where the reader
 * said that the own look was done: what nobody has seen leaves no trace. Apart from that, a batch over an
 * archive writes looks that are `unread`.
 */
export const secondLookSchema = z.object({
  /** An exam may have several studies of one day. */
  studyInstanceUids: z.array(z.string()).min(1).max(MOST.studies),
  /** When the reader said that the own look was done; of an unread one, when the program looked. */
  doneAt: moment,
  /** No reader has asked for it, or seen it. */
  unread: z.literal(true).optional(),
  /** The reader's own lesions of the exam by then. */
  before: z.array(lesionBeforeSchema).max(MOST.lesions),
  finder: z.object({
    name: z.string(),
    /** The pack that it comes with. */
    packId: z.string(),
    packVersion: z.string(),
    packSha256: z.string(),
  }),
  /** The operating point: marks an image that holds no lesion. */
  falseMarks: z.number().positive(),
  /** SOP Instance UIDs of the views that the finder has looked at. */
  lookedAt: z.array(sop).max(MOST.views),
  notLookedAt: z.array(z.object({ sopInstanceUid: sop, reason: z.string() })).max(MOST.views),
  /** Objects of the studies that could not be read, and so are in no list of images. */
  unreadable: z
    .array(z.object({ sopInstanceUid: sop, reason: z.string() }))
    .max(MOST.unreadable)
    .optional(),
  /** Orders breasts that were recalled for a mass; no breast is called normal by it. */
  breasts: z.array(z.object({ side: z.enum(['L', 'R']), likelihood: probability })).max(2),
  /** What the finder does not look for, and how many false marks are to be expected. */
  notes: z.array(z.string()).max(MOST.notes),
  findings: z.array(findingSchema).max(MOST.findings),
});

export type ReportSecondLook = z.infer<typeof secondLookSchema>;
export type ReportFinding = ReportSecondLook['findings'][number];
type Answered = Pick<ReportFinding, 'answer'>;

/** Whether a finding is a lesion of the report: accepted, marked by hand, or scored without a reader. */
export const isLesion = ({ answer }: Answered): boolean =>
  answer === 'accepted' || answer === 'agrees' || answer === 'scored';

interface WithSecondLooks {
  readonly secondLooks?: readonly ReportSecondLook[] | undefined;
}

/** A finding with the second look that it is of. */
export interface Found {
  readonly look: ReportSecondLook;
  readonly finding: ReportFinding;
}

/** The finding that a lesion came from or agrees with. */
export const findingOfLesion = (
  { secondLooks = [] }: WithSecondLooks,
  lesionId: string,
): Found | undefined => {
  for (const look of secondLooks) {
    const finding = look.findings.find((each) => isLesion(each) && each.lesionId === lesionId);
    if (finding) return { look, finding };
  }
  return undefined;
};

/** Findings that are no lesions: open, or dismissed. */
export const looseFindings = ({ secondLooks = [] }: WithSecondLooks): readonly Found[] =>
  secondLooks.flatMap((look) =>
    look.findings.filter((each) => !isLesion(each)).map((finding) => ({ look, finding })),
  );
