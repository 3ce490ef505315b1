import { z } from 'zod';
import type { Finding } from '../finder/second-look.ts';
import type { PixelIdentity } from '../image/pixel-identity.ts';
import type { Lesion } from './lesion.ts';

/** Why a reader dismisses a finding. */
export const DISMISSAL_REASONS = [
  /** Known and benign: cyst, fibroadenoma, lymph node, scar. */
  'benign',
  /** Normal tissue, or tissue that overlaps. */
  'tissue',
  'vessel',
  /** Label, rim of a film, clip, device, fold of the skin. */
  'artefact',
  /** Looked at, and no lesion. */
  'no-lesion',
  'other',
] as const;
export type DismissalReason = (typeof DISMISSAL_REASONS)[number];

const finite = z.number().refine(Number.isFinite);
const share = z.number().min(0).max(1);
const moment = z.iso.datetime({ offset: true });

export const pixelsSchema = z.object({
  columns: z.int().positive(),
  rows: z.int().positive(),
  digest: z.string(),
});

export const findingSchema = z.object({
  id: z.string(),
  side: z.string().optional(),
  marks: z
    .array(
      z.object({
        sopInstanceUid: z.string(),
        pixels: pixelsSchema,
        box: z.object({ x: finite, y: finite, width: finite, height: finite }),
        mass: share,
        malignant: share,
      }),
    )
    .min(1),
  mass: share,
  malignant: share,
}) satisfies z.ZodType<Finding>;

export const dismissalSchema = z.object({
  /** As it was shown: what is kept of it even when another finder finds other things. */
  finding: findingSchema,
  reason: z.enum(DISMISSAL_REASONS),
  at: moment,
});
export type Dismissal = Readonly<z.infer<typeof dismissalSchema>>;

/** An image as it was when the reader spoke. */
export interface SeenImage {
  readonly sopInstanceUid: string;
  readonly pixels: PixelIdentity;
}

/** The reader's word that the own look at an exam is done, and what it had come to. */
export interface LookDone {
  /** ISO 8601. */
  readonly at: string;
  /** The lesions of the exam as they stood. */
  readonly before: readonly Lesion[];
  readonly images: readonly SeenImage[];
  /** Marks an image of the operating point that the findings were first shown at. */
  readonly falseMarks: number;
  /** The finder: pack and version, in words. */
  readonly finder: string;
}

/** What the reader said of an exam at the second look, which is kept. */
export interface SaidOfExam {
  /** Undefined until the reader says that the own look is done. */
  readonly said: LookDone | undefined;
  /** Marks an image of the operating point that is chosen. */
  readonly falseMarks: number;
  readonly dismissals: readonly Dismissal[];
}
