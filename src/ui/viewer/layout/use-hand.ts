import { type RefObject, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { isDrawing } from '../../../state/viewer-store.ts';
import { useServices } from '../../services.tsx';
import { listenOnWindows } from '../second-window/picture-window.ts';

/** A hand that has neither moved nor pressed for this long rests, ms. */
export const HAND_RESTS_AFTER = 1000;

/**
 * Notes whether a hand is at work on the pictures while images still open: it moves or presses there, or
 * aims with a drawing tool. What comes by itself would move the picture away between look and press.
 */
export const useHand = (cells: RefObject<HTMLElement | null>): void => {
  const { viewer, studies } = useServices();
  useEffect(() => {
    let held = false;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = () => {
      const aims = held || (over && isDrawing(viewer.getState().tool));
      if (aims) restLater();
      else viewer.setState({ handOn: false });
    };
    const restLater = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, HAND_RESTS_AFTER);
    };
    const work = () => {
      const { filling, handOn } = viewer.getState();
      if (!filling && !studies.getState().progress) return;
      if (!handOn) viewer.setState({ handOn: true });
      restLater();
    };
    const isOver = ({ target }: Event) => cells.current?.contains(target as Node) ?? false;
    const letGo = () => {
      held = false;
    };
    const stop = listenOnWindows(
      {
        pointerdown: (event) => {
          held = over = isOver(event);
          if (over) work();
        },
        pointermove: (event) => {
          over = isOver(event);
          if (over) work();
        },
        // Out of the window, or a finger that is lifted: no move tells of it.
        pointerout: ({ relatedTarget }) => {
          if (!relatedTarget) over = false;
        },
        pointerup: letGo,
        pointercancel: letGo,
      },
      true,
    );
    return () => {
      stop();
      clearTimeout(timer);
      viewer.setState({ handOn: false });
    };
  }, [cells, viewer, studies]);
};

/** What would move the pictures, as it was when a hand set to work on them, until that rests. */
export const useUnderHand = <T>(value: T): T => {
  const handOn = useStore(useServices().viewer, (s) => s.handOn);
  const [still, setStill] = useState(value);
  if (!handOn && still !== value) setStill(value);
  return handOn ? still : value;
};
