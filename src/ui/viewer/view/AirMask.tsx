import { useMemo } from 'react';
import { airMask } from '../../../core/display/grey/air-mask.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import type { Thumbnail } from '../../../core/display/thumbnail.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useServices } from '../../services.tsx';
import { imageMatrix } from '../marks/screen-box.ts';
import { useViewState } from './use-view.ts';
import { sopOf, type ViewerImage } from './viewer-types.ts';

/** The mask as the address of a picture of one pixel a cell; the browser smooths it. */
const maskPicture = (shape: BreastShape, thumbnail: Thumbnail): string => {
  const { columns, rows } = shape;
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const picture = new ImageData(columns, rows);
  airMask(shape, thumbnail).forEach((opacity, i) => (picture.data[4 * i + 3] = opacity));
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  return canvas.toDataURL();
};

/** The address of what keeps the air of an image black, where it is needed: with inverted grey. */
export const useAirMask = (
  sop: string,
  breast: BreastShape | undefined,
  isNeeded: boolean,
): string | undefined => {
  const thumbnail = useServices().thumbnailOf(sop);
  return useMemo(
    () => (isNeeded && breast && thumbnail ? maskPicture(breast, thumbnail) : undefined),
    [isNeeded, breast, thumbnail],
  );
};

/** Keeps the air beside the breast black while the grey of a view is inverted: it would glare. */
export const AirMask = ({ view, shown }: { view: ViewportHandle; shown: ViewerImage }) => {
  const state = useViewState(view);
  const { image } = shown;
  const href = useAirMask(sopOf(shown), shown.breast, state.sop === sopOf(shown) && state.inverted);
  if (!href) return null;
  return (
    <svg className="air-mask" data-testid="air-mask">
      <image
        href={href}
        width={image.columns}
        height={image.rows}
        preserveAspectRatio="none"
        transform={`matrix(${imageMatrix(view)})`}
      />
    </svg>
  );
};
