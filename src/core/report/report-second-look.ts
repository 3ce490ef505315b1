import { z } from 'zod';
import { locationSchema } from '../lesion/location.ts';
import { boxSchema } from './report-lesion.ts';

const probability = z.number().min(0).max(1);
const moment = z.iso.datetime({ offset: true });
const sop = z.string().min(1);
/** Entries of a list: far more than one exam has, and few enough for any screen. */
const MOST = { views: 200, findings: 2000, lesions: 2000, studies: 100 };

/** What became of a finding: nothing yet; a lesion by the reader's word; set aside; a lesion before. */
export const FINDING_ANSWERS = ['open', 'accepted', 'dismissed', 'agrees'] as const;

const findingSchema = z.object({
  /** As on screen: 1 is the most suspicious. */
  number: z.int().positive(),
  /** One mark a view, in stored pixels. */
  marks: z
    .array(z.object({ sopInstanceUid: sop, box: boxSchema, mass: probability }))
    .min(1)
    .max(MOST.views),
  /** Probability that it is a mass, as among the archive's films; no likelihood of malignancy. */
  mass: probability,
  answer: z.enum(FINDING_ANSWERS),
  /** The lesion that it became, or that was marked there already. */
  lesionId: z.string().optional(),
  /** Why it was dismissed: a code, and its words. */
  reason: z.object({ code: z.string(), text: z.string() }).optional(),
  /** When the reader answered. */
  at: moment.optional(),
  location: locationSchema.optional(),
});

/**
 * The finder's second look at one exam, as the reader saw it. It is in a report only where the reader
 * said that the own look was done: what nobody has seen leaves no trace.
 */
export const secondLookSchema = z.object({
  /** An exam may have several studies of one day. */
  studyInstanceUids: z.array(z.string()).min(1).max(MOST.studies),
  /** When the reader said that the own look was done. */
  doneAt: moment,
  /** Ids of the lesions that were marked by then: the reader's own, before the second look. */
  lesionsBefore: z.array(z.string()).max(MOST.lesions),
  /** The pack whose finder looked. */
  finder: z.object({ id: z.string(), version: z.string(), name: z.string(), sha256: z.string() }),
  /** Marks an image without a lesion that the reader bears: the operating point. */
  marksPerImage: z.number().positive(),
  /** SOP Instance UIDs of the views that the finder has looked at. */
  lookedAt: z.array(sop).max(MOST.views),
  notLookedAt: z.array(z.object({ sopInstanceUid: sop, reason: z.string() })).max(MOST.views),
  /** What orders breasts that were recalled for a mass; no breast is called normal by it. */
  breasts: z.array(z.object({ side: z.enum(['L', 'R']), score: probability })).max(2),
  findings: z.array(findingSchema).max(MOST.findings),
});

export type ReportSecondLook = z.infer<typeof secondLookSchema>;
export type ReportFinding = ReportSecondLook['findings'][number];
type Finding = Pick<ReportFinding, 'answer' | 'lesionId'>;

/** Whether a finding is a lesion of the reader: accepted, or marked there before. */
export const isLesion = ({ answer }: Finding): boolean =>
  answer === 'accepted' || answer === 'agrees';

/** What stands beside every word of the finder (docs/finder.md). */
export const FINDER_LIMITS =
  'Masses only: calcifications, distortions and asymmetries are not looked for. ' +
  'A breast without a finding is not called normal.';

interface WithSecondLooks {
  readonly secondLooks?: readonly ReportSecondLook[] | undefined;
}

/** The finding that a lesion came from or agrees with, and its second look. */
export const findingOfLesion = (
  { secondLooks = [] }: WithSecondLooks,
  lesionId: string,
): { readonly look: ReportSecondLook; readonly finding: ReportFinding } | undefined => {
  for (const look of secondLooks) {
    const finding = look.findings.find((each) => isLesion(each) && each.lesionId === lesionId);
    if (finding) return { look, finding };
  }
  return undefined;
};

/** Findings that are no lesions of the reader: open, or dismissed. */
export const looseFindings = ({
  secondLooks = [],
}: WithSecondLooks): readonly {
  readonly look: ReportSecondLook;
  readonly finding: ReportFinding;
}[] =>
  secondLooks.flatMap((look) =>
    look.findings.filter((each) => !isLesion(each)).map((finding) => ({ look, finding })),
  );
