import type { MammogramHeader } from './mammogram-header.ts';

/** Contact views measure about 1.02 to 1.1; magnification stands make 1.4 or more. */
const MAGNIFIED = 1.25;

/** By its code or words, or by what it says of its geometry alone. */
export const isMagnified = ({
  viewModifiers,
  magnification: { factor = 1, distancesSay = 1 },
}: Pick<MammogramHeader, 'viewModifiers' | 'magnification'>): boolean =>
  viewModifiers.includes('magnification') || Math.max(factor, distancesSay) >= MAGNIFIED;
