import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { runCommand } from '../../../commands/registry.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';
import { cropMatrix, cropPlacement } from '../../../core/display/grey/crop-placement.ts';
import { magnify } from '../../../core/display/grey/magnify.ts';
import type { ScreenGrey } from '../../../core/display/grey/screen-grey.ts';
import { lesionScale } from '../../../core/display/hanging/lesion-zoom.ts';
import { boxCentre, type Box } from '../../../core/geometry/box.ts';
import { geometryOf } from '../../../core/image/image-geometry.ts';
import { fullRangeVoi } from '../../../core/image/presentation-values.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useServices } from '../../services.tsx';
import { useGreyBytes } from '../loupe/Loupe.tsx';
import { useAirMask } from '../view/AirMask.tsx';
import { pictureWindow } from '../second-window/picture-window.ts';
import {
  calibrationText,
  dateText,
  millimetresPerPixel,
  scaleBarLength,
  viewInWords,
  viewTitle,
} from '../view/view-labels.ts';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';

/** Side of a crop: this share of the height of the window that it is in, between bounds; CSS pixels. */
const SIDE = { share: 0.26, least: 140, most: 300 };

const sideNow = (): number =>
  Math.round(Math.min(Math.max(SIDE.share * pictureWindow().innerHeight, SIDE.least), SIDE.most));

/** The grey of the view that shows the image now; undefined while none does. */
const useGreyOfView = (sop: string): ScreenGrey | undefined => {
  const views = useStore(useServices().viewer, (s) => s.views);
  const view = [...views.values()].find((each) => each.state().sop === sop);
  useSyncExternalStore(
    useCallback(
      (listener: () => void) => {
        const stops = [...views.values()].map((each: ViewportHandle) => each.onChange(listener));
        return () => stops.forEach((stop) => stop());
      },
      [views],
    ),
    // Which views show it, and the state of the one that does: it is the same until it changes.
    () => [...views.values()].find((each) => each.state().sop === sop)?.state(),
  );
  return view?.screenGrey() ?? undefined;
};

interface Marked {
  readonly shown: ViewerImage;
  readonly box: Box;
}

const Bar = ({ shown: { image }, scale, side }: Pick<Marked, 'shown'> & Sized) => {
  const length = image.spacing && scaleBarLength(scale, 0.4 * side);
  if (!length) return <span className="scale-bar">{t('no spacing: by columns')}</span>;
  return (
    <span
      className="scale-bar"
      title={`${t('1 screen px = {size} mm', { size: millimetresPerPixel(scale, window.devicePixelRatio) })}, ${calibrationText(image)}`}
      data-mm-per-pixel={1 / scale}
    >
      {t('{length} mm', { length })}
      <span className="scale-bar-line" style={{ width: length * scale }} />
    </span>
  );
};

interface Sized {
  /** CSS pixels per world unit. */
  readonly scale: number;
  readonly side: number;
}

/** One view of it, from the stored values by the grey of the view, as the loupe is drawn. */
const Crop = (props: Marked & Sized & { number: string | undefined }) => {
  const { shown, box, scale, side, number } = props;
  const { header, image } = shown;
  const own = useGreyOfView(sopOf(shown));
  const grey = own ?? { voi: image.voi[0] ?? fullRangeVoi(image), inverted: false };
  const bytes = useGreyBytes(image, grey);
  const air = useAirMask(sopOf(shown), shown.breast, grey.inverted);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = Math.round(side * (window.devicePixelRatio || 1));
  const placement = useMemo(
    () =>
      cropPlacement(
        geometryOf(image),
        displayOrientation(header),
        boxCentre(box),
        (scale * pixels) / side,
        pixels,
      ),
    [image, header, box, scale, side, pixels],
  );
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const raster = context.createImageData(pixels, pixels);
    magnify(image, bytes, placement, raster);
    context.putImageData(raster, 0, 0);
  }, [image, bytes, placement, pixels]);
  const view = viewInWords(header);
  return (
    <figure className="crop" data-crop={viewTitle(header)} style={{ width: side }}>
      <canvas
        ref={canvas}
        width={pixels}
        height={pixels}
        style={{ width: side, height: side }}
        role="img"
        aria-label={
          number === undefined
            ? t('Finding, {view}, magnified', { view })
            : t('Lesion {number}, {view}, magnified', { number, view })
        }
      />
      {air ? (
        <svg viewBox={`0 0 ${pixels} ${pixels}`} aria-hidden="true">
          <image
            href={air}
            width={image.columns}
            height={image.rows}
            preserveAspectRatio="none"
            transform={`matrix(${cropMatrix(placement)})`}
          />
        </svg>
      ) : null}
      <figcaption>
        {number === undefined ? null : `${t('Lesion {number}', { number })} `}
        <b>{viewTitle(header)}</b> {dateText(header.studyDate)}
        {grey.inverted ? <span className="view-inverted"> {t('inverted')}</span> : null}
        {own ? null : <span> {t('window as opened')}</span>}
        <Bar {...{ shown, scale, side }} />
      </figcaption>
    </figure>
  );
};

/**
 * What is selected from every view that shows it, side by side: all at one scale (mm, and those without
 * spacing by columns), hung, and in the grey of their views.
 */
export const LesionCrops = (props: {
  images: readonly ViewerImage[];
  marks: Readonly<Record<string, Box>>;
  /** The lesion's number; undefined: a finding of the second look. */
  number: string | undefined;
}) => {
  const { images, marks, number } = props;
  const side = sideNow();
  const marked = images.flatMap((shown): readonly Marked[] => {
    const box = marks[sopOf(shown)];
    return box ? [{ shown, box }] : [];
  });
  if (marked.length === 0) return null;
  const scaleOf = ({ image }: ViewerImage): number =>
    lesionScale(
      marked
        .filter(
          ({ shown }) => (shown.image.spacing === undefined) === (image.spacing === undefined),
        )
        .map(({ shown, box }) => ({
          box,
          geometry: geometryOf(shown.image),
          width: side,
          height: side,
        })),
      window.devicePixelRatio || 1,
    );
  return (
    <section className="crops own-colours" aria-label={t('Selected lesion, magnified')}>
      {marked.map(({ shown, box }) => (
        <Crop key={sopOf(shown)} {...{ shown, box, side, number }} scale={scaleOf(shown)} />
      ))}
      <button
        type="button"
        className="quiet"
        aria-label={t('Close the magnified lesion')}
        title={t('Close the magnified lesion')}
        onClick={() => runCommand('viewer.crops')}
      >
        ×
      </button>
    </section>
  );
};
