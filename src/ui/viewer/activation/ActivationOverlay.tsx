import { useMemo } from 'react';
import { activationPicture } from './activation-picture.ts';
import { imageMatrix } from '../marks/screen-box.ts';
import type { Activation } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';

/** Which parts of the patch speak for or against malignancy, over the square that was scored. */
export const ActivationOverlay = (props: {
  view: ViewportHandle;
  activation: Activation;
  opacity: number;
}) => {
  const { map, peak, square } = props.activation;
  const picture = useMemo(() => activationPicture(map, peak), [map, peak]);
  const { x, y, width, height } = square;
  return (
    <g transform={`matrix(${imageMatrix(props.view)})`} className="activation">
      <image
        href={picture}
        {...{ x, y, width, height }}
        preserveAspectRatio="none"
        opacity={props.opacity}
      />
      <rect {...{ x, y, width, height }} className="activation-rim" />
    </g>
  );
};
