import { useEffect, useRef } from 'react';
import { drawLevel, drawPattern, type PatternId } from '../../core/display/check/patterns.ts';
import type { GreyPicture } from '../../core/display/check/grey-picture.ts';

/** What fills the screen: a pattern to look at, or a level to measure. */
export type Shown =
  | { readonly kind: 'pattern'; readonly id: PatternId }
  | { readonly kind: 'level'; readonly level: number };

const draw = (shown: Shown, width: number, height: number): GreyPicture | undefined => {
  if (shown.kind === 'level') return drawLevel(shown.level, width, height);
  return shown.id === 'ramp' ? undefined : drawPattern(shown.id, width, height);
};

const put = (canvas: HTMLCanvasElement, { width, height, grey }: GreyPicture) => {
  canvas.width = width;
  canvas.height = height;
  const picture = new ImageData(width, height);
  for (let i = 0; i < grey.length; i++)
    picture.data.fill(grey[i] as number, 4 * i, 4 * i + 3).fill(255, 4 * i + 3, 4 * i + 4);
  canvas.getContext('2d', { alpha: false })?.putImageData(picture, 0, 0);
  canvas.style.width = `${width / window.devicePixelRatio}px`;
  canvas.style.height = `${height / window.devicePixelRatio}px`;
};

/** Size of an element in pixels of the screen; to the nearest where the browser does not say (Safari). */
const devicePixels = ({ devicePixelContentBoxSize, contentRect }: ResizeObserverEntry) => {
  const [exact] = devicePixelContentBoxSize ?? [];
  const { devicePixelRatio } = window;
  return {
    width: exact?.inlineSize ?? Math.round(contentRect.width * devicePixelRatio),
    height: exact?.blockSize ?? Math.round(contentRect.height * devicePixelRatio),
  };
};

/** Calls back with the element's size in pixels of the screen, now and whenever it changes. */
export const onDevicePixels = (
  element: HTMLElement,
  take: (size: { width: number; height: number }) => void,
) => {
  const observer = new ResizeObserver(([entry]) => entry && take(devicePixels(entry)));
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer.observe(element);
  }
  return () => observer.disconnect();
};

/** A pattern over the whole screen, one pixel of it to one of the screen. */
export const PatternPicture = ({ shown }: { shown: Shown }) => {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!frame.current) return undefined;
    return onDevicePixels(frame.current, ({ width, height }) => {
      const picture = draw(shown, width, height);
      if (canvas.current && picture) put(canvas.current, picture);
    });
  }, [shown]);
  return (
    <div className="pattern-picture" ref={frame}>
      <canvas ref={canvas} data-testid="pattern" />
    </div>
  );
};
