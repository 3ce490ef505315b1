import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { roomierLayout } from '../../../core/display/hanging/roomier.ts';
import { useServices } from '../../services.tsx';
import { observeSize } from '../second-window/picture-window.ts';
import type { Hung } from './linked-views.ts';

/**
 * Keeps to the layout that shows four views larger on the area that the cells have. While views may still
 * come, the first ones stand for them, once: nothing hangs otherwise with each.
 */
export const useRoomierLayout = (
  cells: RefObject<HTMLElement | null>,
  hung: readonly Hung[],
): void => {
  const { viewer } = useServices();
  const filling = useStore(viewer, (s) => s.filling);
  const chosenFor = useRef<string>(undefined);
  const choose = useEffectEvent(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = cells.current ?? {};
    if (width === 0 || height === 0 || hung.length === 0) return;
    const { roomier, filling } = viewer.getState();
    const kept = `${width} x ${height}`;
    if (filling && chosenFor.current === kept) return;
    chosenFor.current = kept;
    const four = filling
      ? Array.from({ length: 4 }, (_, i) => hung[i % hung.length] as Hung)
      : hung;
    const next = roomierLayout(four, { width, height }, roomier);
    if (next !== roomier) viewer.setState({ roomier: next });
  });
  const shown = hung.map(({ sop }) => sop).join(' ');
  useEffect(
    () => (cells.current ? observeSize(cells.current, () => choose()) : undefined),
    [cells, shown, filling],
  );
};
