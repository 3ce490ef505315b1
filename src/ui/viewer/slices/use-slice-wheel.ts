import { type RefObject, useEffect, useEffectEvent } from 'react';
import { goToSlice } from '../../../state/go-to-slice.ts';
import { sliceOf } from '../../../state/slices-store.ts';
import { useServices } from '../../services.tsx';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';

/** CSS pixels of a wheel or a trackpad for one slice; a notch of most wheels is 100 or 120. */
const PER_SLICE = 60;
const LINE = 20;

/** Whole slices in what was wheeled so far, and what is left over; a notch is one slice, however large. */
export const wheeledSlices = (
  left: number,
  delta: number,
): { readonly slices: number; readonly left: number } => {
  // Whoever turns back has not to unwind first.
  const sum = Math.sign(left) === Math.sign(delta) ? left + delta : delta;
  if (Math.abs(sum) < PER_SLICE) return { slices: 0, left: sum };
  return { slices: Math.sign(sum), left: 0 };
};

/** The wheel over a volume goes through its slices; with Ctrl it zooms as over any picture. */
export const useSliceWheel = (element: RefObject<HTMLElement | null>, shown: ViewerImage) => {
  const services = useServices();
  const { header } = shown;
  const isVolume = header.slices !== undefined;
  const step = useEffectEvent((by: number) => {
    const { slices } = services;
    slices.getState().play(undefined);
    const index = sliceOf(slices.getState(), header);
    if (index !== undefined) goToSlice(services, sopOf(shown), index + by);
  });
  useEffect(() => {
    const own = element.current;
    if (!own || !isVolume) return undefined;
    let left = 0;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) return;
      // The view's own zoom listens further in.
      event.preventDefault();
      event.stopPropagation();
      const wheeled = wheeledSlices(left, event.deltaY * (event.deltaMode === 0 ? 1 : LINE));
      left = wheeled.left;
      if (wheeled.slices !== 0) step(wheeled.slices);
    };
    own.addEventListener('wheel', onWheel, { capture: true, passive: false });
    return () => own.removeEventListener('wheel', onWheel, { capture: true });
  }, [element, isVolume]);
};
