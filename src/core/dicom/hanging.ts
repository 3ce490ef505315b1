import { isMagnified } from './scope.ts';
import type { ImageKind } from './image-kind.ts';
import type { MammogramHeader, MammographyView, Side } from './mammogram-header.ts';
import { opposite, type Edge } from './picture-evidence.ts';
import { isSettled, openQuestions, pictureDoubt } from './view-doubts.ts';

/** The four places in reading order: RCC | LCC over RMLO | LMLO. */
export const HANGING_PLACES = ['RCC', 'LCC', 'RMLO', 'LMLO'] as const;
export type HangingPlace = (typeof HANGING_PLACES)[number];

interface Hangable {
  readonly header: MammogramHeader;
}

export interface Hanging<T> {
  /** For each place the images that belong there: the first is shown, the rest stand behind it. */
  readonly places: Readonly<Record<HangingPlace, readonly T[]>>;
  /** Images without a place: side or view unknown, specimens. In the order given. */
  readonly others: readonly T[];
}

/** The row of the hanging that a view belongs to: seen from above, or from the side. */
const rowOf: Readonly<Record<MammographyView, 'CC' | 'MLO' | undefined>> = {
  CC: 'CC',
  XCCL: 'CC',
  XCCM: 'CC',
  XCC: 'CC',
  FB: 'CC',
  CV: 'CC',
  MLO: 'MLO',
  ML: 'MLO',
  LM: 'MLO',
  LAT: 'MLO',
  LMO: 'MLO',
  SIO: 'MLO',
  ISO: 'MLO',
  AT: 'MLO',
  SPECIMEN: undefined,
};

/** Kinds of pictures that are no view of a breast. */
const isNoView = (kind: ImageKind): boolean => kind === 'mask' || kind === 'cropped';

/**
 * Where an image hangs, or undefined where its side or view leaves that open: not known, or named
 * differently by two sources.
 */
export const placeOf = (header: MammogramHeader): HangingPlace | undefined => {
  const row = header.view.value && rowOf[header.view.value];
  const side = header.laterality.value;
  const { side: sides, view: views } = openQuestions(header);
  const isOpen = sides.length > 0 || views.length > 0;
  return row && side && !isOpen && !isNoView(header.kind) ? `${side}${row}` : undefined;
};

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

/**
 * How a stored image is turned for display: first `transpose` (rows become columns), then the
 * flips. Boxes and pixels stay in stored coordinates; only the camera turns.
 */
export interface DisplayOrientation {
  readonly transpose: boolean;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
  /**
   * 'none': PatientOrientation or the side is missing or in doubt, so the image is shown as stored.
   * 'picture': by the side that the reader named and the chest wall in the picture, because the file
   * does not say or is wrong; whether a view from above is upside down stays open.
   */
  readonly source: 'PatientOrientation' | 'picture' | 'none';
}

const asStored: DisplayOrientation = {
  transpose: false,
  flipHorizontal: false,
  flipVertical: false,
  source: 'none',
};

const OTHER: Readonly<Record<Side, Side>> = { L: 'R', R: 'L' };

/** Head up where the column runs along the body, else lateral up: the column runs to the midline. */
const isUpsideDown = (column: string, side: Side): boolean => {
  if (column.includes('F')) return false;
  if (column.includes('H')) return true;
  return column.startsWith(side) && !column.startsWith(OTHER[side]);
};

/** Chest wall to the middle and muscle above, from where the picture has them. */
const byPicture = (side: Side, chestWall: Edge, pectoral: Edge | undefined): DisplayOrientation => {
  const transpose = chestWall === 'top' || chestWall === 'bottom';
  // After the transposition what was at the top lies left, and what was left lies at the top.
  const wallOnLeft = chestWall === 'left' || chestWall === 'top';
  return {
    transpose,
    flipHorizontal: wallOnLeft === (side === 'R'),
    flipVertical: pectoral === (transpose ? opposite('left') : opposite('top')),
    source: 'picture',
  };
};

/**
 * Chest walls back to back: rows of a right breast run to posterior, of a left breast to anterior.
 * Derived from PatientOrientation (0020,0020), because some archives hold mirrored films and say so
 * there. Where sources disagree nothing is turned; the picture only counts once the reader has said
 * which side it shows.
 */
export const displayOrientation = (header: MammogramHeader): DisplayOrientation => {
  const side = header.laterality.value;
  const orientation = header.patientOrientation;
  if (!side || !isSettled(header)) return asStored;
  const { chestWall, pectoral } = header.picture ?? {};
  const isByReader = header.laterality.source === 'reader' && chestWall !== undefined;
  if (isByReader && (!orientation || pictureDoubt(header)))
    return byPicture(side, chestWall, pectoral);
  if (!orientation) return asStored;
  const transpose = !/^[AP]/.test(orientation[0]) && /^[AP]/.test(orientation[1]);
  const [row, column] = transpose ? [orientation[1], orientation[0]] : orientation;
  if (!/^[AP]/.test(row)) return asStored;
  return {
    transpose,
    flipHorizontal: row.startsWith(side === 'R' ? 'A' : 'P'),
    flipVertical: isUpsideDown(column, side),
    source: 'PatientOrientation',
  };
};
