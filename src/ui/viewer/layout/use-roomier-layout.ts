import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useStore } from 'zustand';
import { roomierLayout } from '../../../core/display/hanging/roomier.ts';
import { useServices } from '../../services.tsx';
import { listenOnWindows, observeSize } from '../second-window/picture-window.ts';
import type { Hung } from './linked-views.ts';

/**
 * Keeps to the layout that shows four views larger on the area that the cells have. While views may still
 * come, the first ones stand for them, once: nothing hangs otherwise with each. Nor does anything under a
 * pointer that is held down: a mark that is being drawn would end beside the breast and be lost.
 */
export const useRoomierLayout = (
  cells: RefObject<HTMLElement | null>,
  hung: readonly Hung[],
): void => {
  const { viewer } = useServices();
  const filling = useStore(viewer, (s) => s.filling);
  const chosenFor = useRef<string>(undefined);
  const held = useRef(false);
  const choose = useEffectEvent(() => {
    if (held.current) return;
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
  useEffect(() => {
    const letGo = () => {
      if (!held.current) return;
      held.current = false;
      // What was drawn is taken first, where it was drawn.
      setTimeout(() => choose());
    };
    const take = ({ target }: Event) => {
      held.current = cells.current?.contains(target as Node) ?? false;
    };
    return listenOnWindows({ pointerdown: take, pointerup: letGo, pointercancel: letGo }, true);
  }, [cells]);
  const shown = hung.map(({ sop }) => sop).join(' ');
  useEffect(
    () => (cells.current ? observeSize(cells.current, () => choose()) : undefined),
    [cells, shown, filling],
  );
};
