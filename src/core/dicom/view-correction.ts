import type { MammogramHeader, MammographyView, Recognised, Side } from './mammogram-header.ts';

/** What the reader says an image shows, where the file says otherwise or nothing. */
export interface ViewCorrection {
  readonly side?: Side;
  readonly view?: MammographyView;
}

const byReader = <T>(read: Recognised<T>, said: T | undefined): Recognised<T> =>
  said === undefined || said === read.value ? read : { value: said, source: 'reader' };

/**
 * The header as the reader corrected it. Give it the header as read from the file: where a
 * correction agrees with the file, the file stays the source.
 */
export const correctView = (
  asRead: MammogramHeader,
  { side, view }: ViewCorrection,
): MammogramHeader => ({
  ...asRead,
  laterality: byReader(asRead.laterality, side),
  view: byReader(asRead.view, view),
});

/** The part of a header that the reader set. */
export const correctionOf = ({ laterality, view }: MammogramHeader): ViewCorrection => ({
  ...(laterality.source === 'reader' && laterality.value && { side: laterality.value }),
  ...(view.source === 'reader' && view.value && { view: view.value }),
});

/** Whether a header differs from what its file says. */
export const isCorrected = ({ laterality, view }: MammogramHeader): boolean =>
  laterality.source === 'reader' || view.source === 'reader';
