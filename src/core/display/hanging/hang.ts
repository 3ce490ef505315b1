import type { ImageKind } from '../../dicom/image-kind.ts';
import type { MammogramHeader } from '../../dicom/mammogram-header.ts';
import { type HangingPlace, placeOf } from '../../dicom/hanging-place.ts';
import { isMagnified } from '../../dicom/magnified.ts';

/** What hangs: anything that has a header. */
export interface Hangable {
  readonly header: MammogramHeader;
}

export interface Hanging<T> {
  /** For each place the images that belong there: the first is shown, the rest stand behind it. */
  readonly places: Readonly<Record<HangingPlace, readonly T[]>>;
  /** Images without a place: side or view unknown, specimens. In the order given. */
  readonly others: readonly T[];
}

/** Additional images of a breast, which stand behind the plain view of the same place. */
const isSupplement = (header: MammogramHeader): boolean =>
  isMagnified(header) ||
  header.viewModifiers.some((m) => m !== 'nipple in profile' && m !== 'implant displaced');

/** Lower stands further in front: the mammogram, what resembles it, what shows something else. */
const KIND_RANKS: Readonly<Record<ImageKind, number>> = {
  mammogram: 0,
  'low-energy': 0,
  contrast: 1,
  synthesized: 2,
  stereotactic: 3,
  recombined: 4,
  'high-energy': 5,
  tomosynthesis: 6,
  cropped: 7,
  mask: 8,
};

/**
 * Lower stands further in front: mammograms before other kinds of pictures, images for presentation
 * before raw ones, the standard view before its relatives, plain before spot or magnification,
 * implant displaced before implant in view.
 */
const rank = (header: MammogramHeader): readonly number[] => [
  KIND_RANKS[header.kind],
  header.presentationIntentType === 'FOR PROCESSING' ? 1 : 0,
  header.view.value === 'CC' || header.view.value === 'MLO' ? 0 : 1,
  isSupplement(header) ? 1 : 0,
  header.partialView ? 1 : 0,
  header.viewModifiers.includes('implant displaced') ? 0 : 1,
];

const compareRanks = (a: readonly number[], b: readonly number[]): number => {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] as number) - (b[i] as number);
};

/** Of equals the later exposure stands in front: it was repeated for a reason. */
const compareTimes = (a: MammogramHeader, b: MammogramHeader): number =>
  `${b.studyDate}${b.contentTime}`.localeCompare(`${a.studyDate}${a.contentTime}`) ||
  (b.instanceNumber ?? 0) - (a.instanceNumber ?? 0);

const inFront = (a: Hangable, b: Hangable): number =>
  compareRanks(rank(a.header), rank(b.header)) || compareTimes(a.header, b.header);

/** Puts the images of one study into the four places. Every image given is in exactly one list. */
export const hang = <T extends Hangable>(images: readonly T[]): Hanging<T> => {
  const at = (place: HangingPlace): readonly T[] =>
    images.filter((image) => placeOf(image.header) === place).sort(inFront);
  return {
    places: { RCC: at('RCC'), LCC: at('LCC'), RMLO: at('RMLO'), LMLO: at('LMLO') },
    others: images.filter((image) => placeOf(image.header) === undefined),
  };
};
