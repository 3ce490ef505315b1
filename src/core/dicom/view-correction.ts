import type { MammogramHeader, MammographyView, Recognised, Side } from './mammogram-header.ts';
import { openQuestions } from './view-doubts.ts';
import { viewLabel } from './view-label.ts';

/** What the reader says an image shows, where the file says otherwise or nothing. */
export interface ViewCorrection {
  readonly side?: Side;
  readonly view?: MammographyView;
}

/** Where the file leaves doubt the reader's word settles it, the file's own value too. */
const byReader = <T>(
  read: Recognised<T>,
  said: T | undefined,
  isDoubtful: boolean,
): Recognised<T> => {
  if (said === undefined || (said === read.value && !isDoubtful)) return read;
  const { file: _none, ...file } = read;
  return { value: said, source: 'reader', file };
};

/**
 * The header as the reader corrected it. Give it the header as read from the file: where a
 * correction agrees with the file, and all sources agree, the file stays the source.
 */
export const correctView = (
  asRead: MammogramHeader,
  { side, view }: ViewCorrection,
): MammogramHeader => {
  const doubts = openQuestions(asRead);
  const isSideDoubtful = doubts.side.length > 0 || doubts.picture !== undefined;
  return {
    ...asRead,
    laterality: byReader(asRead.laterality, side, isSideDoubtful),
    view: byReader(asRead.view, view, doubts.view.length > 0),
  };
};

/** The part of a header that the reader set. */
export const correctionOf = ({ laterality, view }: MammogramHeader): ViewCorrection => ({
  ...(laterality.source === 'reader' && laterality.value && { side: laterality.value }),
  ...(view.source === 'reader' && view.value && { view: view.value }),
});

/** Whether a header differs from what its file says. */
export const isCorrected = ({ laterality, view }: MammogramHeader): boolean =>
  laterality.source === 'reader' || view.source === 'reader';

/** What the file says of side and view, without the reader's word: "LCC", "L/R? CC", "?MLO". */
export const viewInFile = (header: MammogramHeader): string =>
  viewLabel({
    ...header,
    laterality: header.laterality.file ?? header.laterality,
    view: header.view.file ?? header.view,
    viewModifiers: [],
    kind: 'mammogram',
  });
