import { type RefObject, useCallback, useEffect } from 'react';
import { useServices } from '../../services.tsx';

/** A switch that fills the screen with an element; the browser may refuse, then nothing happens. */
export const useFullScreen = (element: RefObject<HTMLElement | null>): (() => void) => {
  const { viewer } = useServices();
  useEffect(() => {
    const update = () => {
      const filling = document.fullscreenElement;
      viewer.setState({ fullScreen: filling !== null && filling === element.current });
    };
    document.addEventListener('fullscreenchange', update);
    return () => {
      document.removeEventListener('fullscreenchange', update);
      viewer.setState({ fullScreen: false });
    };
  }, [element, viewer]);
  return useCallback(() => {
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen?.();
    done?.catch(() => undefined);
  }, [element]);
};
