import { useStore } from 'zustand';
import { t } from '../../../i18n/phrases/text.ts';
import { goToSlice } from '../../../state/go-to-slice.ts';
import { sliceOf } from '../../../state/slices-store.ts';
import { useServices } from '../../services.tsx';
import { viewInWords } from '../view/view-labels.ts';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';
import { sliceText } from './slice-words.ts';

/** The slider through the slices of a volume, upright at the outer edge of its view. */
export const SliceBar = ({ shown, side }: { shown: ViewerImage; side: 'left' | 'right' }) => {
  const services = useServices();
  const { slices } = services;
  const { header } = shown;
  const index = useStore(slices, (s) => sliceOf(s, header));
  if (!header.slices || index === undefined) return null;
  return (
    <input
      type="range"
      className={`slice-bar ${side}`}
      min={1}
      max={header.slices.count}
      value={index + 1}
      aria-label={t('Slice of {view}', { view: viewInWords(header) })}
      aria-valuetext={sliceText(header.slices, index)}
      onChange={(event) => {
        slices.getState().play(undefined);
        goToSlice(services, sopOf(shown), Number(event.target.value) - 1);
      }}
      // The view beneath takes drags for its own.
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
};
