import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { calibrationOf } from '../../../core/display/measure/calibration.ts';
import { isTrueSize, trueSizeZoom } from '../../../core/display/measure/screen-scale.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useViewState } from '../view/use-view.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useScreen } from './use-screen.ts';

/** Says so while a view stands at true size on a calibrated screen. */
export const TrueSizeLabel = (props: { view: ViewportHandle; image: MammogramImage }) => {
  const { zoom } = useViewState(props.view);
  const { calibration } = useScreen();
  if (!calibration) return null;
  const image = calibrationOf(props.image);
  if (!isTrueSize(zoom, trueSizeZoom(image, calibration.mmPerCssPixel))) return null;
  return (
    <p data-label="true-size">
      {image.kind === 'detector' ? t('true size at the detector') : t('true size')}
    </p>
  );
};
