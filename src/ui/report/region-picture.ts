import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import type { GreyOfStored } from '../../core/image/working-grey.ts';
import { type Box, boxFromCorners } from '../../core/geometry/box.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Whole pixels around a box, square in space where the image has room, `times` as large. */
export const regionAround = (box: Box, image: MammogramImage, times: number): Box => {
  const { columns, rows, pixelAspect } = image;
  const half = (times * Math.max(box.width, box.height * pixelAspect)) / 2;
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const within = (v: number, most: number) => Math.min(Math.max(Math.round(v), 0), most);
  return boxFromCorners(
    within(cx - half, columns),
    within(cy - half / pixelAspect, rows),
    within(cx + half, columns),
    within(cy + half / pixelAspect, rows),
  );
};

/**
 * A region (whole stored pixels, inside the image) in the grey that the table gives. At most `side`
 * pixels a side, by area averaging; never enlarged. Does not mutate the image.
 */
export const regionPicture = (
  image: MammogramImage,
  region: Box,
  side: number,
  { first, values }: GreyOfStored,
): Picture => {
  const { columns, pixels, pixelAspect } = image;
  const scale = Math.min(1, side / Math.max(region.width, region.height * pixelAspect));
  const width = Math.max(1, Math.round(region.width * scale));
  const height = Math.max(1, Math.round(region.height * pixelAspect * scale));
  const data = new Uint8ClampedArray(width * height * 4);
  const edge = (i: number, of: number, length: number) => Math.floor((i * length) / of);
  for (let y = 0; y < height; y++) {
    const top = region.y + edge(y, height, region.height);
    const bottom = Math.max(region.y + edge(y + 1, height, region.height), top + 1);
    for (let x = 0; x < width; x++) {
      const left = region.x + edge(x, width, region.width);
      const right = Math.max(region.x + edge(x + 1, width, region.width), left + 1);
      let sum = 0;
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++)
          sum += values[(pixels[row * columns + column] as number) - first] ?? 0;
      const grey = (255 * sum) / ((bottom - top) * (right - left));
      data.set([grey, grey, grey, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
};

/** A picture as an address that an <image> takes; it stays in the page. */
export const pictureUrl = ({ width, height, data }: Picture): string => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.toDataURL('image/png');
};
