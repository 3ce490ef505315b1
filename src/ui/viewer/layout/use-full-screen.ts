import { type RefObject, useCallback, useEffect } from 'react';
import { useServices } from '../../services.tsx';
import { pictureWindow } from '../second-window/picture-window.ts';

/** A switch that fills the screen with an element; the browser may refuse, then nothing happens. */
export const useFullScreen = (element: RefObject<HTMLElement | null>): (() => void) => {
  const { viewer } = useServices();
  useEffect(() => {
    const filled = element.current;
    const update = () =>
      viewer.setState({ fullScreen: filled?.ownerDocument.fullscreenElement === filled });
    filled?.addEventListener('fullscreenchange', update);
    return () => {
      filled?.removeEventListener('fullscreenchange', update);
      viewer.setState({ fullScreen: false });
    };
  }, [element, viewer]);
  return useCallback(() => {
    const { document: own } = pictureWindow();
    const done = own.fullscreenElement
      ? own.exitFullscreen()
      : element.current?.requestFullscreen?.();
    done?.catch(() => undefined);
  }, [element]);
};
