import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { type Calibration, calibrationOf } from '../../../core/display/measure/calibration.ts';
import {
  type ScreenCalibration,
  trueSizeZoom,
} from '../../../core/display/measure/screen-scale.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { calibrationWords } from './measure-words.ts';

type ImageOf = (sop: string) => MammogramImage | undefined;

/** How the screen was measured: "0.265 mm a screen pixel, by bank card on 2026-01-31". */
export const screenWords = ({ mmPerCssPixel, by, on }: ScreenCalibration): string => {
  const scale = mmPerCssPixel.toFixed(3);
  return by === 'card'
    ? t('{scale} mm a screen pixel, by bank card on {date}', { scale, date: on })
    : t('{scale} mm a screen pixel, by ruler on {date}', { scale, date: on });
};

const assumption = (calibration: Calibration): string =>
  calibration.kind === 'detector'
    ? t(
        'detector plane: the breast itself is smaller by a magnification that the file does not give',
      )
    : calibrationWords(calibration);

/**
 * Shows the images at true size where they have a calibration, and says what that assumes, or why
 * it cannot be.
 */
export const showTrueSize = (
  views: Iterable<ViewportHandle>,
  imageOf: ImageOf,
  screen: ScreenCalibration,
): string => {
  const assumed = new Set<string>();
  let without = 0;
  for (const view of views) {
    const { sop, zoom } = view.state();
    const image = sop === null ? undefined : imageOf(sop);
    if (!image || view.fitScale() === 0) continue;
    const calibration = calibrationOf(image);
    const wanted = trueSizeZoom(calibration, screen.mmPerCssPixel);
    if (wanted === undefined) without++;
    else {
      view.zoomBy(wanted / zoom);
      assumed.add(assumption(calibration));
    }
  }
  if (assumed.size === 0)
    return t('No true size: these images do not say how large their pixels are.');
  const said = t('True size: {screen}; images: {calibration}.', {
    screen: screenWords(screen),
    calibration: [...assumed].join('; '),
  });
  return without === 0 ? said : `${said} ${t('Images without calibration were left as they are.')}`;
};
