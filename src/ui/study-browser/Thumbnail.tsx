import { useEffect, useRef } from 'react';
import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import { orientThumbnail, type Thumbnail as Picture } from '../../core/display/thumbnail.ts';
import { useServices } from '../services.tsx';
import { displayOrientation } from '../../core/dicom/display-orientation.ts';

const draw = (canvas: HTMLCanvasElement, { width, height, grey }: Picture) => {
  canvas.width = width;
  canvas.height = height;
  const pixels = new ImageData(width, height);
  grey.forEach((value, i) => pixels.data.set([value, value, value, 255], 4 * i));
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
};

/** The small picture of an open image, turned the way it hangs. */
export const Thumbnail = ({ header }: { header: MammogramHeader }) => {
  const { thumbnailOf } = useServices();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const picture = thumbnailOf(header.sopInstanceUid);
    if (canvas.current && picture)
      draw(canvas.current, orientThumbnail(picture, displayOrientation(header)));
  }, [thumbnailOf, header]);
  return (
    <canvas
      ref={canvas}
      className={header.laterality.value === 'R' ? 'thumbnail right' : 'thumbnail'}
      aria-hidden="true"
    />
  );
};
