import type { PixelIdentity } from '../image/pixel-identity.ts';
import type { Box } from '../geometry/box.ts';
import { z } from 'zod';
import type { ReaderWords } from './reading.ts';
import type { TakenOver } from './taken-over.ts';

/** That a lesion was first marked by the finder, and accepted by the reader. */
export const lesionOriginSchema = z.object({
  by: z.literal('finder'),
  /** Pack, and version of its finder. */
  finder: z.string(),
  /** The finding (core/finder/second-look) that was accepted. */
  finding: z.string(),
  mass: z.number().min(0).max(1),
  malignant: z.number().min(0).max(1),
  at: z.iso.datetime({ offset: true }),
});
export type LesionOrigin = Readonly<z.infer<typeof lesionOriginSchema>>;

/**
 * One finding of one patient, with at most one mark a view and what the reader says of it. `marks` is
 * keyed by SOP Instance UID; boxes are in stored pixels of that image.
 */
export interface Lesion extends ReaderWords {
  readonly id: string;
  readonly patientKey: string;
  /** 1, 2, ... within the patient: what the reader sees as "Lesion 2". Never reused while it exists. */
  readonly number: number;
  readonly marks: Readonly<Record<string, Box>>;
  /** The pixels that each mark was made on, by SOP Instance UID; absent where they were not noted. */
  readonly pixels?: Readonly<Record<string, PixelIdentity>> | undefined;
  /** Absent where the reader marked it. */
  readonly origin?: LesionOrigin | undefined;
  /** Absent where it was made here, or its report agreed with the images. */
  readonly takenOver?: TakenOver | undefined;
}

/** Number for the next lesion of a patient: one more than the highest in use. */
export const nextLesionNumber = (lesions: readonly Lesion[], patientKey: string): number =>
  1 + Math.max(0, ...lesions.filter((l) => l.patientKey === patientKey).map((l) => l.number));

/** Without `made` a mark that moves keeps the pixels that it was made on. */
export const withMark = (
  lesion: Lesion,
  sopInstanceUid: string,
  box: Box,
  made?: PixelIdentity,
): Lesion => ({
  ...lesion,
  marks: { ...lesion.marks, [sopInstanceUid]: box },
  ...(made && { pixels: { ...lesion.pixels, [sopInstanceUid]: made } }),
});

export const withoutMark = (lesion: Lesion, sopInstanceUid: string): Lesion => {
  const { [sopInstanceUid]: _gone, ...marks } = lesion.marks;
  if (!lesion.pixels) return { ...lesion, marks };
  const { [sopInstanceUid]: _too, ...pixels } = lesion.pixels;
  return { ...lesion, marks, pixels };
};

export const boxText = (b: Box): string => `${b.x},${b.y},${b.width},${b.height}`;

/** Text that changes whenever a mark does; tells whether two lesions are marked alike. */
export const marksKey = (lesion: Pick<Lesion, 'marks'>): string =>
  Object.entries(lesion.marks)
    .map(([sop, box]) => `${sop}:${boxText(box)}`)
    .sort()
    .join('|');
