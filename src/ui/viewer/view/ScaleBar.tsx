import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useViewState } from './use-view.ts';
import { calibrationText, millimetresPerPixel, scaleBarLength } from './view-labels.ts';
import type { ViewportHandle } from '../../../ports/display.ts';

/** Longest bar, CSS pixels, and as a share of the view's width. */
const LONGEST = 140;
const WIDEST = 0.35;

/** A length of the picture in millimetres, with what the millimetres rest on; none without spacing. */
export const ScaleBar = ({ view, image }: { view: ViewportHandle; image: MammogramImage }) => {
  const { sop } = useViewState(view);
  if (sop === null || !image.spacing) return null;
  const { scale } = view.pose();
  const length = scaleBarLength(scale, Math.min(LONGEST, view.size().width * WIDEST));
  if (!length) return null;
  const perPixel = millimetresPerPixel(scale, window.devicePixelRatio);
  return (
    <div className="scale-bar" title={calibrationText(image)}>
      <span>{t('{length} mm', { length })}</span>
      <span className="scale-bar-line" style={{ width: length * scale }} data-mm={length} />
      <span className="on-hover" data-label="scale" data-mm-per-pixel={1 / scale}>
        {t('1 screen px = {size} mm', { size: perPixel })}
      </span>
    </div>
  );
};
