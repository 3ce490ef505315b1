import { useState } from 'react';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  mmPerCssPixel,
  RULER_LENGTH,
  type ScreenCalibration,
} from '../../../core/display/measure/screen-scale.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { t } from '../../../i18n/phrases/text.ts';
import { useServices } from '../../services.tsx';
import { pictureWindow } from '../second-window/picture-window.ts';
import { screenWords } from './true-size.ts';
import { useScreen } from './use-screen.ts';

type Means = ScreenCalibration['by'];

const LENGTHS = { card: CARD_WIDTH, ruler: RULER_LENGTH } as const;
/** CSS pixels: a card on the coarsest and on the finest screen in use. */
const [LEAST, MOST] = [150, 900];
/** The size that CSS promises: 96 pixels an inch. */
const NOMINAL_MM = 25.4 / 96;

const today = (): string => new Date().toISOString().slice(0, 10);

/** The card or the ruler's stretch at the width that is being matched. */
const Sample = ({ by, width }: { by: Means; width: number }) => (
  <div
    className={`screen-sample ${by}`}
    data-testid="screen-sample"
    style={{ width, height: by === 'card' ? (width * CARD_HEIGHT) / CARD_WIDTH : 28 }}
  />
);

/** Measures the screen once: a bar is matched to a bank card or a ruler held against it. */
export const ScreenDialog = ({ onClose }: { onClose: () => void }) => {
  const { settings } = useServices();
  const { key, calibration } = useScreen();
  const [by, setBy] = useState<Means>(calibration?.by ?? 'card');
  const [scale, setScale] = useState(calibration?.mmPerCssPixel ?? NOMINAL_MM);
  const width = LENGTHS[by] / scale;
  const match = (pixels: number) => {
    if (pixels >= LEAST && pixels <= MOST) setScale(mmPerCssPixel(LENGTHS[by], pixels));
  };
  const keep = (next: ScreenCalibration | undefined) => {
    settings.getState().calibrateScreen(key, next);
    onClose();
  };
  return (
    <Dialog
      title={t('Calibrate this screen')}
      onClose={onClose}
      className="screen-dialog"
      // What is held against the screen must be on the one that it is about.
      on={pictureWindow()}
    >
      <fieldset className="screen-means">
        <legend>{t('Hold against the screen')}</legend>
        {(['card', 'ruler'] as const).map((each) => (
          <label key={each}>
            <input type="radio" name="means" checked={by === each} onChange={() => setBy(each)} />
            {each === 'card' ? t('Bank card (85.60 mm wide)') : t('Ruler (100 mm)')}
          </label>
        ))}
      </fieldset>
      <p>
        {by === 'card'
          ? t('Lay the card on its outline and change the width until both are the same.')
          : t('Hold the ruler along the bar and change the width until the bar is 100 mm long.')}
      </p>
      <Sample by={by} width={width} />
      <p className="screen-width">
        <button type="button" aria-label={t('Narrower')} onClick={() => match(width - 1)}>
          −
        </button>
        <input
          type="range"
          min={LEAST}
          max={MOST}
          step={0.5}
          value={width}
          aria-label={t('Width on the screen')}
          onChange={(e) => match(Number(e.target.value))}
        />
        <button type="button" aria-label={t('Wider')} onClick={() => match(width + 1)}>
          +
        </button>
        <output>{t('{width} pixels', { width: width.toFixed(1) })}</output>
      </p>
      <p className="fine">
        {t(
          'Holds for this screen at this zoom of the browser ({key}); at another one it has to be done again.',
          { key },
        )}{' '}
        {calibration ? t('Now: {screen}.', { screen: screenWords(calibration) }) : null}
      </p>
      <p>
        <button
          type="button"
          className="primary"
          onClick={() => keep({ mmPerCssPixel: scale, by, on: today() })}
        >
          {t('Keep')}
        </button>{' '}
        {calibration ? (
          <button type="button" onClick={() => keep(undefined)}>
            {t('Forget')}
          </button>
        ) : null}
      </p>
    </Dialog>
  );
};
