import { useEffect } from 'react';
import { useStore } from 'zustand';
import { goToSlice } from '../../../state/go-to-slice.ts';
import { sliceOf } from '../../../state/slices-store.ts';
import { useServices } from '../../services.tsx';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';

/** Plays a volume there and back at the chosen rate while it is the one that plays. */
export const useCine = (shown: ViewerImage): void => {
  const services = useServices();
  const { slices } = services;
  const { header } = shown;
  const sop = sopOf(shown);
  const isPlaying = useStore(slices, (s) => s.playing === sop);
  const rate = useStore(slices, (s) => s.rate);
  useEffect(() => {
    const count = header.slices?.count ?? 0;
    if (!isPlaying || count < 2) return undefined;
    let by = 1;
    const timer = setInterval(() => {
      const index = sliceOf(slices.getState(), header) ?? 0;
      if (index + by < 0 || index + by >= count) by = -by;
      goToSlice(services, sop, index + by);
    }, 1000 / rate);
    return () => clearInterval(timer);
  }, [isPlaying, rate, header, sop, services, slices]);
  // A volume that leaves the screen has stopped.
  useEffect(
    () => () => {
      if (slices.getState().playing === sop) slices.getState().play(undefined);
    },
    [slices, sop],
  );
};
