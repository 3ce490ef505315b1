import type { MammogramImage, Voi } from './mammogram-image.ts';
import { isInverted } from './presentation-values.ts';

export type VoiWindow = Extract<Voi, { kind: 'window' }>;

/** The window that changes start from: the one in use, or one that spans the inputs of the table. */
export const asWindow = (voi: Voi): VoiWindow => {
  if (voi.kind === 'window') return voi;
  const { firstMapped, values } = voi.lut;
  const width = Math.max(values.length, 2);
  return { kind: 'window', center: firstMapped + width / 2, width, fn: 'LINEAR' };
};

/** A window of the same function. LINEAR needs a width of 1 or more, the others one above 0. */
export const windowLike = (from: Voi, center: number, width: number): VoiWindow => {
  const { fn } = asWindow(from);
  const least = fn === 'LINEAR' ? 1 : Number.EPSILON;
  return { kind: 'window', center, width: Math.max(width, least), fn };
};

/** +1 where a higher centre makes the picture darker, -1 where it makes it brighter. */
export const darkerSign = (image: MammogramImage, inverted: boolean): 1 | -1 =>
  isInverted(image) === inverted ? 1 : -1;

/**
 * A window a step brighter (a tenth of its width; -1 for darker), or a step wider (a fifth; -1 for
 * narrower), whichever way round the image's grey runs.
 */
export const steppedWindow = (
  image: MammogramImage,
  from: Voi,
  inverted: boolean,
  step: { readonly brighter?: number; readonly wider?: number },
): VoiWindow => {
  const { center, width } = asWindow(from);
  const down = (step.brighter ?? 0) * darkerSign(image, inverted) * 0.1 * width;
  return windowLike(from, center - down, width * 1.2 ** (step.wider ?? 0));
};
