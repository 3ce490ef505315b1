import type { ActivationMap } from '../../../core/explain/activation-map.ts';

/** Towards malignant orange, towards benign blue: told apart without red and green. */
const TOWARDS = { malignant: [255, 145, 60], benign: [70, 160, 255] } as const;

/** RGBA of a map, 4 bytes a value: the colour says which way, the opacity how much against `peak`. */
export const activationPixels = (
  { values }: ActivationMap,
  peak: number,
): Uint8ClampedArray<ArrayBuffer> => {
  const pixels = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, i) => {
    const alpha = peak > 0 ? Math.min(Math.abs(value) / peak, 1) : 0;
    pixels.set([...(value >= 0 ? TOWARDS.malignant : TOWARDS.benign), 255 * alpha], 4 * i);
  });
  return pixels;
};

/** The map as the address of a picture of one pixel a value; the browser smooths it when it is enlarged. */
export const activationPicture = (map: ActivationMap, peak: number): string => {
  const canvas = document.createElement('canvas');
  canvas.width = map.columns;
  canvas.height = map.rows;
  const picture = new ImageData(activationPixels(map, peak), map.columns, map.rows);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  return canvas.toDataURL();
};
