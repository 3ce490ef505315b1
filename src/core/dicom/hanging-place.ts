import type { ImageKind } from './image-kind.ts';
import type { MammogramHeader, MammographyView } from './mammogram-header.ts';
import { openQuestions } from './view-doubts.ts';

/** The four places in reading order: RCC | LCC over RMLO | LMLO. */
export const HANGING_PLACES = ['RCC', 'LCC', 'RMLO', 'LMLO'] as const;

export type HangingPlace = (typeof HANGING_PLACES)[number];

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

/** Where an image may hang that has no place: everywhere that neither its side nor its view rules out. */
export const possiblePlaces = (header: MammogramHeader): readonly HangingPlace[] => {
  if (isNoView(header.kind) || header.view.value === 'SPECIMEN') return [];
  const { side, view } = openQuestions(header);
  const known = side.length > 0 ? undefined : header.laterality.value;
  const row = view.length > 0 ? undefined : header.view.value && rowOf[header.view.value];
  return HANGING_PLACES.filter(
    (place) => (!known || place.startsWith(known)) && (!row || place.slice(1) === row),
  );
};
