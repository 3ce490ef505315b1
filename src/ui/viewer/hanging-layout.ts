import { hang, HANGING_PLACES, type HangingPlace } from '../../core/dicom/hanging.ts';
import { sopOf, type ViewerImage } from './viewer-types.ts';

/** One cell of the layout: a place of the hanging and the image in it, if there is one. */
export interface Cell {
  readonly place: HangingPlace;
  readonly shown: ViewerImage | undefined;
}

/** Images that the reader put into a place by hand, by SOP Instance UID. */
export type Chosen = Readonly<Partial<Record<HangingPlace, string>>>;

export type LayoutMode = 'grid' | 'row';

export interface HangingLayout {
  readonly cells: readonly Cell[];
  /** Images that are in no cell, to choose from. */
  readonly rest: readonly ViewerImage[];
  readonly missing: readonly HangingPlace[];
  /** The mode that suits what is there: one breast, or one view of both, side by side; else the grid. */
  readonly suggested: LayoutMode;
}

/**
 * Fills the four places: by hand where the reader chose, else the first that hangs there. Images
 * whose place is unknown fill empty places only when nothing else is there: never a blank screen.
 */
export const layOut = (images: readonly ViewerImage[], chosen: Chosen): HangingLayout => {
  const { places, others } = hang(images);
  const byHand = (place: HangingPlace) =>
    images.find((image) => sopOf(image) === chosen[place]) ?? undefined;
  const taken = new Set(HANGING_PLACES.map((place) => byHand(place)));
  const nothingHangs = HANGING_PLACES.every((place) => places[place].length === 0);
  const spare = nothingHangs ? others.filter((image) => !taken.has(image)) : [];
  let next = 0;
  const cells = HANGING_PLACES.map((place) => {
    const shown =
      byHand(place) ?? places[place].find((image) => !taken.has(image)) ?? spare[next++];
    return { place, shown };
  });
  const inCells = new Set(cells.map((cell) => cell.shown));
  const filled = cells.filter((cell) => cell.shown);
  const sides = new Set(filled.map((cell) => cell.place[0]));
  const rows = new Set(filled.map((cell) => cell.place.slice(1)));
  return {
    cells,
    rest: images.filter((image) => !inCells.has(image)),
    missing: cells.filter((cell) => !cell.shown).map((cell) => cell.place),
    suggested: sides.size < 2 || rows.size < 2 ? 'row' : 'grid',
  };
};

/** The side of its cell that the chest wall lies on: back to back in the middle. */
export const chestWallOf = (place: HangingPlace): 'left' | 'right' =>
  place.startsWith('R') ? 'right' : 'left';
