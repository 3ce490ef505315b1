import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { roomierLayout } from '../../../core/display/hanging/roomier.ts';
import { useServices } from '../../services.tsx';
import { listenOnWindows, observeSize } from '../second-window/picture-window.ts';
import type { Hung } from './linked-views.ts';

/**
 * Keeps to the layout that shows four views larger on the area that the cells have. While views of the exam
 * may still come, the first ones stand for them, once: nothing hangs otherwise with each. It is chosen once
 * more with the last of four, or when nothing more can come; images of other exams change nothing. Nor does
 * anything hang otherwise under a hand that is at work: a mark that is being drawn would end beside the
 * breast. Answers whether a choice waits for that hand.
 */
export const useRoomierLayout = (
  cells: RefObject<HTMLElement | null>,
  hung: readonly Hung[],
  /** Whether all places of the exam have their picture. */
  complete: boolean,
): boolean => {
  const { viewer } = useServices();
  const coming = useStore(viewer, (s) => s.filling) && !complete;
  const handOn = useStore(viewer, (s) => s.handOn);
  const chosenFor = useRef<string>(undefined);
  const held = useRef(false);
  const [owed, setOwed] = useState(false);
  const choose = useEffectEvent(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = cells.current ?? {};
    if (width === 0 || height === 0 || hung.length === 0) return;
    const { roomier } = viewer.getState();
    const kept = `${width} x ${height}`;
    if (coming && chosenFor.current === kept) return;
    const four = coming ? Array.from({ length: 4 }, (_, i) => hung[i % hung.length] as Hung) : hung;
    const next = roomierLayout(four, { width, height }, roomier);
    const waits = next !== roomier && (held.current || viewer.getState().handOn);
    setOwed(waits);
    if (waits) return;
    chosenFor.current = kept;
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
  // Before anything is painted: with its last view the exam is seen to hang one way only.
  useLayoutEffect(() => choose(), [shown, coming, handOn]);
  useEffect(
    () => (cells.current ? observeSize(cells.current, () => choose()) : undefined),
    [cells],
  );
  return owed;
};
