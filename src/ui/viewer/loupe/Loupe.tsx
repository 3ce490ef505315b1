import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { magnify } from '../../../core/display/grey/magnify.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { greyBytes, type ScreenGrey } from '../../../core/display/grey/screen-grey.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useViewState } from '../view/use-view.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { LENS, lensCorner, lensPlacement } from './lens.ts';
import { useServices } from '../../services.tsx';
import { loupeGrey, type LoupePlace } from '../../../state/loupe-store.ts';
import { useLoupePlace } from './use-loupe-place.ts';

interface LoupeProps {
  readonly view: ViewportHandle;
  readonly sop: string;
  readonly image: MammogramImage;
}

/** The grey of every stored value as a view has it. */
export const useGreyBytes = (image: MammogramImage, { voi, inverted, air }: ScreenGrey) =>
  useMemo(() => greyBytes(image, { voi, inverted, air }), [image, voi, inverted, air]);

/** The lens itself, drawn from the stored values: no picture is decoded or scaled again. */
const Lens = (props: {
  view: ViewportHandle;
  image: MammogramImage;
  grey: ScreenGrey;
  place: LoupePlace;
}) => {
  const { view, image, place } = props;
  const own = useStore(useServices().loupe);
  const { factor } = own;
  const grey = loupeGrey(props.grey, own);
  const bytes = useGreyBytes(image, grey);
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.round(LENS * (window.devicePixelRatio || 1));

  // After every rendering: the picture under the lens may have been moved, too.
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const raster = context.createImageData(side, side);
    magnify(image, bytes, lensPlacement(view, place.at, factor, side, view.state().zoom), raster);
    context.putImageData(raster, 0, 0);
  });

  const corner = lensCorner(place, view.size());
  const differs = own.inverted !== undefined || own.window !== undefined;
  return (
    <div
      className="loupe"
      data-testid="loupe"
      style={{ left: corner.x, top: corner.y, width: LENS, height: LENS }}
    >
      <canvas
        ref={canvas}
        width={side}
        height={side}
        role="img"
        aria-label={
          factor === '1:1'
            ? t('Loupe, one image pixel to one screen pixel')
            : t('Loupe, {factor} times', { factor })
        }
      />
      <p>
        {factor === '1:1' ? t('1:1 pixels') : `${factor}×`}
        {grey.inverted ? ` ${t('inverted')}` : ''}
        {differs ? ` · ${t('own window')}` : ''}
      </p>
    </div>
  );
};

/** The loupe over one view, while it is there. */
export const Loupe = ({ view, sop, image }: LoupeProps) => {
  const anchor = useRef<HTMLDivElement>(null);
  const { loupe } = useServices();
  useLoupePlace(loupe, anchor, view);
  const isOn = useViewState(view).sop === sop;
  const place = useStore(loupe, ({ mode, place: now }) =>
    mode !== 'off' && now?.view === view ? now : undefined,
  );
  const grey = view.screenGrey();
  return (
    <div ref={anchor} className="loupe-anchor">
      {place && isOn && grey ? <Lens {...{ view, image, grey, place }} /> : null}
    </div>
  );
};
