import type { Level } from './brightness-levels.ts';

/** Darkest and brightest part of the range of the picture, outliers left out. */
const BAND = { outliers: 0.005, share: 0.1 };
/**
 * By how much more of the picture is bright than dark. Of 613 films of CBIS-DDSM's mass training split none comes
 * to more than 0.075, 99.5 % of them stay below -0.2; reversed they are above 0.2.
 */
const CLEARLY = 0.15;

/**
 * Whether a picture looks reversed: a mammogram's air is dark and much of it, and little of the breast is brightest.
 * `levels` are those of the picture, darkest first, by what the file says of its photometric sense.
 */
export const hasBrightAir = (levels: readonly Level[]): boolean => {
  const total = levels.reduce((sum, { pixels }) => sum + pixels, 0);
  const levelAt = (share: number): number => {
    let seen = 0;
    return levels.find(({ pixels }) => (seen += pixels) >= share * total)?.at ?? 0;
  };
  const [low, high] = [levelAt(BAND.outliers), levelAt(1 - BAND.outliers)];
  const band = BAND.share * (high - low);
  const shareOf = (isIn: (at: number) => boolean) =>
    levels.reduce((sum, { at, pixels }) => (isIn(at) ? sum + pixels : sum), 0) / total;
  const bright = shareOf((at) => at >= high - band);
  return band > 0 && bright - shareOf((at) => at <= low + band) >= CLEARLY;
};
