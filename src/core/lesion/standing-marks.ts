import { type PixelIdentity, samePixels } from '../image/pixel-identity.ts';
import { type Box, isBoxInside } from '../geometry/box.ts';
import type { Lesion } from './lesion.ts';

/** Why a mark is not drawn on, nor scored from, the image that carries its SOP Instance UID. */
export type AwayReason = 'outside' | 'other pixels';

/**
 * The one check of marks, wherever they come from. A box that the image does not hold (not finite,
 * too small, beyond its edge) is outside; a mark that was made on other pixels is not of this image.
 * Marks kept before pixels were noted carry none: their box alone is looked at.
 */
export const whyAway = (
  box: Box,
  made: PixelIdentity | undefined,
  image: PixelIdentity,
): AwayReason | undefined => {
  if (made && !samePixels(made, image)) return 'other pixels';
  return isBoxInside(box, image.columns, image.rows) ? undefined : 'outside';
};

export interface AwayMark {
  readonly sopInstanceUid: string;
  readonly reason: AwayReason;
}

/** The marks of a lesion that do not belong on the open images that carry their UIDs. */
export const awayMarks = (
  { marks, pixels }: Pick<Lesion, 'marks' | 'pixels'>,
  imageOf: (sopInstanceUid: string) => PixelIdentity | undefined,
): readonly AwayMark[] =>
  Object.entries(marks).flatMap(([sop, box]) => {
    const image = imageOf(sop);
    const reason = image && whyAway(box, pixels?.[sop], image);
    return reason ? [{ sopInstanceUid: sop, reason }] : [];
  });

/** The lesion without those; itself where there are none. Marks on images not open stay. */
export const withoutAway = (
  lesion: Lesion,
  imageOf: (sopInstanceUid: string) => PixelIdentity | undefined,
): Lesion => {
  const away = new Set(awayMarks(lesion, imageOf).map((mark) => mark.sopInstanceUid));
  if (away.size === 0) return lesion;
  const marks = Object.entries(lesion.marks).filter(([sop]) => !away.has(sop));
  return { ...lesion, marks: Object.fromEntries(marks) };
};
