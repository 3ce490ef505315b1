import { HANGING_PLACES, type HangingPlace, possiblePlaces } from '../../dicom/hanging-place.ts';
import { hang, type Hangable } from './hang.ts';

/** Images that the reader put into a place by hand, by SOP Instance UID. */
export type Chosen = Readonly<Partial<Record<HangingPlace, string>>>;

/** Which places are on show; `row` is all that there is, side by side. */
export type LayoutMode = 'four' | 'cc' | 'mlo' | 'right' | 'left' | 'row';

const PLACES_OF: Readonly<Record<LayoutMode, readonly HangingPlace[]>> = {
  four: HANGING_PLACES,
  cc: ['RCC', 'LCC'],
  mlo: ['RMLO', 'LMLO'],
  right: ['RCC', 'RMLO'],
  left: ['LCC', 'LMLO'],
  row: HANGING_PLACES,
};

/** One place of the hanging and the image in it, if there is one. */
export interface Place<T> {
  readonly place: HangingPlace;
  readonly shown: T | undefined;
}

/** The images of one study in the four places. */
export interface HungStudy<T> {
  readonly cells: readonly Place<T>[];
  /** Images that are in no cell, to choose from. */
  readonly rest: readonly T[];
  readonly missing: readonly HangingPlace[];
  /** Places that no image is of, and none whose side or view is open may be of. */
  readonly absent: readonly HangingPlace[];
  /** The mode that suits what is there: one breast, or one view of both, side by side; else all four. */
  readonly suggested: LayoutMode;
}

/**
 * Fills the four places: by hand where the reader chose, else the first that hangs there. Images
 * whose place is unknown fill empty places only when nothing else is there: never a blank screen.
 */
export const layOut = <T extends Hangable>(images: readonly T[], chosen: Chosen): HungStudy<T> => {
  const { places, others } = hang(images);
  const byHand = (place: HangingPlace) =>
    images.find(({ header }) => header.sopInstanceUid === chosen[place]);
  const taken = new Set(HANGING_PLACES.map((place) => byHand(place)));
  const nothingHangs = HANGING_PLACES.every((place) => places[place].length === 0);
  const spare = nothingHangs ? others.filter((image) => !taken.has(image)) : [];
  let next = 0;
  const cells = HANGING_PLACES.map((place) => {
    const shown =
      byHand(place) ?? places[place].find((image) => !taken.has(image)) ?? spare[next++];
    return { place, shown };
  });
  const possible = new Set(others.flatMap(({ header }) => possiblePlaces(header)));
  const inCells = new Set(cells.map((cell) => cell.shown));
  const filled = cells.filter((cell) => cell.shown);
  const sides = new Set(filled.map((cell) => cell.place[0]));
  const rows = new Set(filled.map((cell) => cell.place.slice(1)));
  return {
    cells,
    rest: images.filter((image) => !inCells.has(image)),
    missing: cells.filter((cell) => !cell.shown).map((cell) => cell.place),
    absent: HANGING_PLACES.filter(
      (place) => places[place].length === 0 && !byHand(place) && !possible.has(place),
    ),
    suggested: sides.size < 2 || rows.size < 2 ? 'row' : 'four',
  };
};

/** The side of its cell that the chest wall lies on: back to back in the middle. */
export const chestWallOf = (place: HangingPlace): 'left' | 'right' =>
  place.startsWith('R') ? 'right' : 'left';

export type Time = 'current' | 'prior';
export type CellKey = HangingPlace | `prior-${HangingPlace}`;

/** A cell on screen: a place of the current study, or of the prior one. */
export interface Cell<T> extends Place<T> {
  readonly key: CellKey;
  readonly time: Time;
}

/** The modes that would show something of a study. */
export const modesThere = <T>({ cells }: HungStudy<T>): readonly LayoutMode[] =>
  (Object.keys(PLACES_OF) as LayoutMode[]).filter((mode) =>
    cells.some(({ place, shown }) => shown && PLACES_OF[mode].includes(place)),
  );

export interface Arrangement<T> {
  /** Row by row. */
  readonly cells: readonly Cell<T>[];
  readonly columns: number;
  readonly rows: number;
  /** The mode in force: what was asked for, or where nothing of that is there the suggested one. */
  readonly mode: LayoutMode;
}

export interface ArrangementWish {
  /** Undefined: what suits the images. */
  readonly mode: LayoutMode | undefined;
  /** The layout that shows four views larger: in force where none is asked for. */
  readonly roomier: 'four' | 'row';
  /** Whether more views may come: all four have their places then, unless others were asked for. */
  readonly filling: boolean;
  /**
   * `current` alone, `prior` alone in the same places, or `both`: each view of the current study
   * above the same view of the prior one.
   */
  readonly times: Time | 'both';
  /** The one place that is to be seen alone, if any. */
  readonly alone: HangingPlace | undefined;
}

const cellOf = <T>(time: Time, study: HungStudy<T>, place: HangingPlace): Cell<T> => ({
  key: time === 'prior' ? `prior-${place}` : place,
  time,
  place,
  shown: study.cells.find((cell) => cell.place === place)?.shown,
});

/**
 * The cells on screen. An empty place keeps its cell where the reader expects a pair or four; in a
 * row, and where both studies lack the view, it gets none. A single view stands beside its prior,
 * not above, because a breast is taller than it is wide.
 */
export const arrange = <T>(
  current: HungStudy<T>,
  prior: HungStudy<T> | undefined,
  { mode: wanted, roomier, filling, times, alone }: ArrangementWish,
): Arrangement<T> => {
  const shownTimes: readonly Time[] = !prior
    ? ['current']
    : times === 'both'
      ? ['current', 'prior']
      : [times];
  const studies = shownTimes.map((time) => (time === 'prior' && prior ? prior : current));
  const isThere = (place: HangingPlace) =>
    studies.some((study) => study.cells.some((cell) => cell.place === place && cell.shown));
  const first = studies[0] ?? current;
  const suited = first.suggested === 'four' || filling ? roomier : first.suggested;
  const mode = wanted && PLACES_OF[wanted].some(isThere) ? wanted : suited;
  const onlyFilled = (mode === 'row' && !filling) || shownTimes.length > 1;
  const places = alone ? [alone] : PLACES_OF[mode].filter((place) => !onlyFilled || isThere(place));
  const cells = shownTimes.flatMap((time, i) =>
    places.map((place) => cellOf(time, studies[i] ?? current, place)),
  );
  if (alone) return { cells, columns: cells.length, rows: 1, mode };
  const folded = mode === 'four' && shownTimes.length === 1;
  return {
    cells,
    columns: folded ? 2 : Math.max(places.length, 1),
    rows: folded ? 2 : shownTimes.length,
    mode,
  };
};
