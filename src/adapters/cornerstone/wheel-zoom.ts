import type { CanvasPoint } from '../../ports/display.ts';

/** CSS pixels of one notch; those of wheels are 100 or 120, as the browser and its zoom have it. */
const NOTCH = 60;
/** What one notch enlarges by. */
const PER_NOTCH = 1.2;
/** CSS pixels that enlarge by e when two fingers spread on a touchpad, as browsers count them. */
const PER_PINCH = 100;
/** CSS pixels of a line, and of a page, where wheels count in those. */
const UNITS = [1, 20, 800];

type Wheeled = Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>;

const within = (v: number, most: number) => Math.min(Math.max(v, -most), most);

/**
 * How many times larger a picture becomes with a wheel event: a fifth with a notch, however large, and the share of
 * it that a touchpad sends at a time. A pinch comes as a wheel with Ctrl, and follows the fingers.
 */
export const wheelFactor = ({ deltaY, deltaMode, ctrlKey }: Wheeled): number => {
  const up = -deltaY * (UNITS[deltaMode] ?? 1);
  const most = Math.log(PER_NOTCH);
  return Math.exp(within(ctrlKey ? up / PER_PINCH : (up / NOTCH) * most, most));
};

/**
 * Zooms about the pointer with wheel and touchpad, with or without Ctrl, and keeps the page from zooming and
 * scrolling under the picture. Cornerstone takes every event for a notch, and none with Ctrl.
 */
export const listenToWheel = (
  element: HTMLElement,
  zoomBy: (factor: number, at: CanvasPoint) => void,
): (() => void) => {
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    if (event.deltaY === 0) return;
    const { left, top } = element.getBoundingClientRect();
    zoomBy(wheelFactor(event), { x: event.clientX - left, y: event.clientY - top });
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => element.removeEventListener('wheel', onWheel);
};
