import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { StageOfLayout } from './use-stage.ts';

/**
 * Sizes the pictures with the layout that they hang in, at once: between the layout and the next frame, which
 * a busy computer may be long about, a hand would press beside what it sees.
 */
export const useSizedWith = (
  layout: string,
  cells: RefObject<HTMLElement | null>,
  resize: StageOfLayout['resize'],
): void => {
  const last = useRef('');
  useLayoutEffect(() => {
    const { clientWidth, clientHeight } = cells.current ?? {};
    const now = `${layout} on ${clientWidth} x ${clientHeight}`;
    if (now === last.current) return;
    last.current = now;
    resize();
  });
};
