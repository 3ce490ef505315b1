import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ScreenCalibration } from '../../../core/display/measure/screen-scale.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useServices } from '../../services.tsx';
import { ScreenDialog } from './ScreenDialog.tsx';
import { useScreen } from './use-screen.ts';

/** Says so when the page comes to a screen or a zoom that was not measured. */
const useScaleWarning = (key: string, calibration: ScreenCalibration | undefined) => {
  const { notices } = useServices();
  const last = useRef({ key, calibrated: calibration !== undefined });
  useEffect(() => {
    const before = last.current;
    last.current = { key, calibrated: calibration !== undefined };
    if (before.key === key) return;
    const lost = before.calibrated && !calibration;
    const text = t(
      "The browser's zoom or the screen has changed: true size is not calibrated here. Go back to the earlier zoom, or calibrate this one.",
    );
    notices.getState().tell('true-size', lost ? text : undefined);
  }, [key, calibration, notices]);
};

/** What the screen measures: the dialog that asks for it, and a warning where it is no longer so. */
export const TrueScale = () => {
  const { page } = useServices();
  const { key, calibration } = useScreen();
  useScaleWarning(key, calibration);
  const over = useStore(page, (s) => s.over);
  return over === 'screen' ? (
    <ScreenDialog onClose={() => page.setState({ over: undefined })} />
  ) : null;
};
