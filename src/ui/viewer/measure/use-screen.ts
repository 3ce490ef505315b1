import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { type ScreenCalibration, screenKey } from '../../../core/display/measure/screen-scale.ts';
import { useServices } from '../../services.tsx';
import {
  listenOnWindows,
  onPicturesScreen,
  pictureWindow,
} from '../second-window/picture-window.ts';

export const screenKeyNow = (): string =>
  screenKey({
    devicePixelRatio: window.devicePixelRatio,
    width: pictureWindow().screen.width,
    height: pictureWindow().screen.height,
  });

/**
 * A window that moves to another screen, or whose zoom changes, changes its size or pixel ratio as a rule. Where
 * both screens are alike in that nothing is told, so it is looked at as the hand comes back from the frame.
 */
const onScreenChange = (listener: () => void) => {
  const stopListening = listenOnWindows({
    resize: listener,
    focus: listener,
    pointerover: listener,
  });
  const stopScreen = onPicturesScreen(listener);
  return () => {
    stopListening();
    stopScreen();
  };
};

/** The screen that the pictures are on, at the browser's zoom, and what its pixels measure if known. */
export const useScreen = (): {
  readonly key: string;
  readonly calibration: ScreenCalibration | undefined;
} => {
  const key = useSyncExternalStore(onScreenChange, screenKeyNow);
  const calibration = useStore(useServices().settings, (s) => s.screens[key]);
  return { key, calibration };
};
