import { type RefObject, useLayoutEffect } from 'react';

/**
 * Keeps the mouse and touch events of a drag that the overlay has taken from the view's own tools.
 * They listen on an ancestor with native listeners, which React's handlers would come too late for.
 */
export const useEventShield = (svg: RefObject<SVGSVGElement | null>, taken: RefObject<boolean>) => {
  // After every rendering: an overlay without anything to show has no element, and gets one later.
  useLayoutEffect(() => {
    const element = svg.current;
    const shield = (event: Event) => {
      if (taken.current) event.stopPropagation();
    };
    const kinds = ['mousedown', 'touchstart'];
    kinds.forEach((kind) => element?.addEventListener(kind, shield));
    return () => kinds.forEach((kind) => element?.removeEventListener(kind, shield));
  });
};
