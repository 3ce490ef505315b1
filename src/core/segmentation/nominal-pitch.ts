import type { WorkingImage } from '../image/working-image.ts';

/** Pitch that stands for a working pixel where spacing is unknown, mm: about that of the training films. */
export const NOMINAL_MM = 0.2;

/** Pitch of a working pixel in mm: the image's own, else the nominal one. */
export const pitchOf = (image: Pick<WorkingImage, 'mmPerPixel'>): number =>
  image.mmPerPixel ?? NOMINAL_MM;
