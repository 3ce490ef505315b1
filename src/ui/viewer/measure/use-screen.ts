import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { type ScreenCalibration, screenKey } from '../../../core/display/measure/screen-scale.ts';
import { useServices } from '../../services.tsx';

export const screenKeyNow = (): string =>
  screenKey({
    devicePixelRatio: window.devicePixelRatio,
    width: window.screen.width,
    height: window.screen.height,
  });

/** A window that moves to another screen, or whose zoom changes, changes its size in CSS pixels too. */
const onScreenChange = (listener: () => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

/** The screen that the page is on, at the browser's zoom, and what its pixels measure if known. */
export const useScreen = (): {
  readonly key: string;
  readonly calibration: ScreenCalibration | undefined;
} => {
  const key = useSyncExternalStore(onScreenChange, screenKeyNow);
  const calibration = useStore(useServices().settings, (s) => s.screens[key]);
  return { key, calibration };
};
