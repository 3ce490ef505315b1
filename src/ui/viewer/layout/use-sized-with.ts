import { type RefObject, useEffect, useEffectEvent, useLayoutEffect } from 'react';
import { observeSize } from '../second-window/picture-window.ts';
import type { StageOfLayout } from './use-stage.ts';

/**
 * Sizes the pictures with the layout that they hang in, and with what stands beside them, at once: between the
 * layout and the next frame, which a busy computer may be long about, a hand would press beside what it sees.
 * Any other size that the cells take is followed with the frame that shows it. Nothing is measured with a
 * change that names no other layout: the browser would lay out the whole page for it.
 */
export const useSizedWith = (
  layout: string,
  cells: RefObject<HTMLElement | null>,
  resize: StageOfLayout['resize'],
): void => {
  const size = useEffectEvent(resize);
  useLayoutEffect(() => size(), [layout]);
  useEffect(() => (cells.current ? observeSize(cells.current, () => size()) : undefined), [cells]);
};
