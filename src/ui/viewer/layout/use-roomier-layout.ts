import { type RefObject, useEffect, useEffectEvent } from 'react';
import { roomierLayout } from '../../../core/display/hanging/roomier.ts';
import { useServices } from '../../services.tsx';
import { observeSize } from '../second-window/picture-window.ts';
import type { Hung } from './linked-views.ts';

/** Keeps to the layout that shows four views larger on the area that the cells have. */
export const useRoomierLayout = (
  cells: RefObject<HTMLElement | null>,
  hung: readonly Hung[],
): void => {
  const { viewer } = useServices();
  const choose = useEffectEvent(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = cells.current ?? {};
    if (width === 0 || height === 0 || hung.length === 0) return;
    const { roomier } = viewer.getState();
    const next = roomierLayout(hung, { width, height }, roomier);
    if (next !== roomier) viewer.setState({ roomier: next });
  });
  const shown = hung.map(({ sop }) => sop).join(' ');
  useEffect(
    () => (cells.current ? observeSize(cells.current, () => choose()) : undefined),
    [cells, shown],
  );
};
