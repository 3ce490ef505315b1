import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../core/message/message.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { SlicePicture, SliceWish } from '../../../ports/frames.ts';
import { wishOf } from '../../../state/slices-store.ts';
import { useServices } from '../../services.tsx';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';

/** The slice of a volume that is on the screen, which may be behind what is wished for. */
export interface SliceOnShow extends SlicePicture {
  readonly sop: string;
  readonly wish: SliceWish;
}

/**
 * Keeps a view at the slice that is looked at; undefined until one is there, and for an image of one
 * frame. `shownTimes` counts how often the view took its image: each time its slice is put back.
 */
export const useSlice = (
  view: ViewportHandle | null,
  shown: ViewerImage,
  shownTimes: number,
): { readonly slice?: SliceOnShow; readonly problem?: Message } => {
  const { slices, frames } = useServices();
  const volume = shown.header.slices;
  const sop = sopOf(shown);
  const at = useStore(slices, (s) => s.at[sop]);
  const mode = useStore(slices, (s) => s.mode);
  const thickness = useStore(slices, (s) => s.thickness);
  const [found, setFound] = useState<SliceOnShow>();
  const [problem, setProblem] = useState<{ readonly sop: string; readonly text: Message }>();
  const asked = useRef(0);
  const latest = useRef(0);

  const put = useEffectEvent((next: SliceOnShow) => {
    if (view?.state().sop !== next.sop) return;
    view.showSlice({ image: next.image, values: next.values });
    frames.shown(next.sop, next.image);
    setFound(next);
    setProblem(undefined);
  });

  useEffect(() => {
    const { at } = slices.getState();
    const wish = wishOf(
      { at, mode, thickness },
      { sopInstanceUid: sop, ...(volume && { slices: volume }) },
    );
    if (!view || !wish || shownTimes === 0) return;
    const own = ++asked.current;
    void frames.picture(sop, wish).then((answer) => {
      // A slice that comes late is better than none, unless a later one is there.
      if (!answer || own < latest.current) return;
      latest.current = own;
      if (answer.ok) put({ sop, wish, ...answer.value });
      else setProblem({ sop, text: answer.error });
    });
  }, [view, sop, volume, at, mode, thickness, shownTimes, slices, frames]);

  useEffect(() => () => frames.rest(sop), [frames, sop]);
  return {
    ...(found?.sop === sop ? { slice: found } : {}),
    ...(problem?.sop === sop ? { problem: problem.text } : {}),
  };
};
