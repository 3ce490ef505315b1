import { depthOf, type Slices } from '../../../core/dicom/slices.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { SliceWish } from '../../../ports/frames.ts';
import type { SliceMode } from '../../../state/slices-store.ts';

const millimetres = (mm: number): string => mm.toFixed(1).replace(/\.0$/, '');

/** "31 / 72 · 30 mm": the slice, counted from 1, and how far it lies from the first. */
export const sliceText = (slices: Slices, index: number): string => {
  const depth = depthOf(slices, index);
  const place = `${index + 1} / ${slices.count}`;
  return depth === undefined ? place : `${place} · ${millimetres(depth)} mm`;
};

/** What the numbers mean, and where the depth is from: never a silent millimetre. */
export const sliceHint = (slices: Slices): string =>
  slices.spacingFrom
    ? t('Slice, and its distance from the first slice (from {source})', {
        source: slices.spacingFrom,
      })
    : t('Slice; the file does not say how far apart slices are');

export const modeName = (mode: SliceMode): string => {
  if (mode === 'slice') return t('Slices');
  return mode === 'mean' ? t('Slab mean') : t('Slab maximum');
};

/** "Slab mean 5 mm (5 slices)"; where spacing is unknown only the slices are named. '' for one slice. */
export const slabText = ({ spacing }: Slices, { slab }: SliceWish, mode: SliceMode): string => {
  if (mode === 'slice') return '';
  const { count } = slab;
  const name = modeName(mode);
  return spacing === undefined
    ? t('{name}, {count} slices', { name, count })
    : t('{name} {mm} mm, {count} slices', { name, mm: millimetres(count * spacing), count });
};
