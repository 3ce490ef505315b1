import type { MammogramImage, Voi } from '../../image/mammogram-image.ts';
import type { GreyOfStored } from '../../image/working-grey.ts';
import { fullRangeVoi, storedSpan } from '../../image/presentation-values.ts';
import type { KeyImage } from '../../report/key-image.ts';
import { greyTransform } from './screen-grey.ts';

const voiOf = (image: MammogramImage, { window }: Pick<KeyImage, 'window'>): Voi => {
  if (window)
    return { kind: 'window', center: window.center, width: window.width, fn: window.function };
  return image.voi.find(({ kind }) => kind === 'lut') ?? image.voi[0] ?? fullRangeVoi(image);
};

/** The grey of a kept view, as it was on screen: 0 to 1 of every stored value. */
export const keyImageGrey = (
  image: MammogramImage,
  key: Pick<KeyImage, 'window' | 'inverted'>,
): GreyOfStored => {
  const { first, length } = storedSpan(image);
  const grey = greyTransform(image, { voi: voiOf(image, key), inverted: key.inverted });
  return { first, values: Float32Array.from({ length }, (_, i) => grey(i + first)) };
};
