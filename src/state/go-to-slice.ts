import { sliceAtSameDepth } from '../core/dicom/slices.ts';
import { hangingNow } from './hanging.ts';
import { linksOf, type SettingsStore } from './settings-store.ts';
import type { SlicesStore } from './slices-store.ts';
import { openImage, type StudiesStore } from './studies-store.ts';
import type { ViewerStore } from './viewer-store.ts';

interface SliceStores {
  readonly slices: SlicesStore;
  readonly studies: StudiesStore;
  readonly viewer: ViewerStore;
  readonly settings: SettingsStore;
}

/**
 * Goes to a slice of a volume, kept inside it. Where slices are linked, the other volumes on show go to
 * the same share of their depth.
 */
export const goToSlice = (stores: SliceStores, sop: string, index: number): void => {
  const { slices, studies, viewer, settings } = stores;
  const own = openImage(studies.getState().images, sop)?.header;
  if (!own?.slices) return;
  const { count } = own.slices;
  const at = Math.min(Math.max(index, 0), count - 1);
  const { onShow } = hangingNow(viewer.getState(), studies.getState());
  const others = linksOf(settings.getState()).slices
    ? onShow.cells.flatMap(({ shown }) => (shown?.header.slices ? [shown.header] : []))
    : [];
  slices.getState().go({
    ...Object.fromEntries(
      others.map((header) => [
        header.sopInstanceUid,
        sliceAtSameDepth(at, count, header.slices?.count ?? 1),
      ]),
    ),
    [sop]: at,
  });
};
