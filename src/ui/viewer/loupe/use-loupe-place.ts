import { type RefObject, useEffect } from 'react';
import type { ViewportHandle } from '../../../ports/display.ts';
import type { LoupeStore } from '../../../state/loupe-store.ts';

/**
 * Lets the loupe follow the pointer over a view. A single finger moves the loupe and nothing else
 * while it is out; two still zoom.
 */
export const useLoupePlace = (
  loupe: LoupeStore,
  anchor: RefObject<HTMLElement | null>,
  view: ViewportHandle,
): void => {
  useEffect(() => {
    const canvas = anchor.current?.parentElement;
    if (!canvas) return undefined;
    const follow = (event: PointerEvent) => {
      if (!event.isPrimary) return;
      const { left, top } = canvas.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const by = event.pointerType === 'mouse' ? 'mouse' : 'finger';
      loupe.setState({ place: { view, at, by } });
    };
    const keepFinger = (event: TouchEvent) => {
      if (loupe.getState().mode === 'off' || event.touches.length > 1) return;
      event.stopPropagation();
      // Without this the browser makes a mouse press of the touch, which the tools would take.
      event.preventDefault();
    };
    canvas.addEventListener('pointermove', follow, true);
    canvas.addEventListener('pointerdown', follow, true);
    canvas.addEventListener('touchstart', keepFinger, { capture: true, passive: false });
    return () => {
      canvas.removeEventListener('pointermove', follow, true);
      canvas.removeEventListener('pointerdown', follow, true);
      canvas.removeEventListener('touchstart', keepFinger, true);
      if (loupe.getState().place?.view === view) loupe.setState({ place: undefined });
    };
  }, [loupe, anchor, view]);
};
