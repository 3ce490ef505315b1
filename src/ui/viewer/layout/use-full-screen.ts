import { type RefObject, useEffect, useState } from 'react';

/** Whether an element fills the screen, and a switch for it; the browser may refuse, then nothing happens. */
export const useFullScreen = (
  element: RefObject<HTMLElement | null>,
): readonly [isFull: boolean, toggle: () => void] => {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const update = () =>
      setFull(
        document.fullscreenElement !== null && document.fullscreenElement === element.current,
      );
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, [element]);
  const toggle = () => {
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen?.();
    done?.catch(() => undefined);
  };
  return [isFull, toggle];
};
