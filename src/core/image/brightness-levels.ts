import type { MammogramImage } from './mammogram-image.ts';
import { inPadding, isInverted, modalityTransform } from './presentation-values.ts';
import { powerOfTwo } from '../units/portable-math.ts';

/** How often each stored value of up to 16 bits occurs: at index `stored - first`. */
export interface StoredCounts {
  readonly first: number;
  readonly counts: Uint32Array;
}

/** Counts the stored values of an image of up to 16 bits. */
export const countStored = ({ pixels, signed }: MammogramImage): StoredCounts => {
  const first = signed ? -powerOfTwo(15) : 0;
  const counts = new Uint32Array(powerOfTwo(16));
  for (let i = 0; i < pixels.length; i++) {
    const at = (pixels[i] as number) - first;
    counts[at] = (counts[at] as number) + 1;
  }
  return { first, counts };
};

/** A brightness that occurs in an image, the pixels that have it, and those of them on its rim. */
export interface Level {
  /** Larger is denser, lower is nearer to air; unit and origin are those of the file's own values. */
  readonly at: number;
  readonly pixels: number;
  readonly rim: number;
}

/**
 * Stored value to brightness: the modality LUT (PS3.3 C.11.1) and the photometric sense, no VOI. Of a
 * linear rescale only the sign counts: what slope and intercept do besides, later scaling undoes.
 */
export const brightnessOf = (image: MammogramImage): ((stored: number) => number) => {
  const { modality } = image;
  const sense = isInverted(image) ? -1 : 1;
  if ('values' in modality) {
    const map = modalityTransform(image);
    return (stored) => sense * map(stored);
  }
  return (stored) => (modality.slope < 0 ? -sense : sense) * stored;
};

/** How often each stored value occurs in the outermost rows and columns. */
const countRim = (
  { pixels, rows, columns }: MammogramImage,
  { first, counts }: StoredCounts,
): Uint32Array => {
  const rim = new Uint32Array(counts.length);
  const add = (at: number) => {
    const index = (pixels[at] as number) - first;
    rim[index] = (rim[index] as number) + 1;
  };
  const last = (rows - 1) * columns;
  for (let x = 0; x < columns; x++) {
    add(x);
    add(last + x);
  }
  for (let y = 0; y < rows; y++) {
    add(y * columns);
    add(y * columns + columns - 1);
  }
  return rim;
};

/**
 * The levels that occur, darkest first, without declared padding that is brighter than the darkest of
 * the rest. Padding below all else is the picture's air, or a dark border, whether it is declared or not.
 */
export const brightnessLevels = (image: MammogramImage, stored: StoredCounts): readonly Level[] => {
  const brightness = brightnessOf(image);
  const { first, counts } = stored;
  const onRim = countRim(image, stored);
  const found = new Map<number, Level>();
  const padded = new Set<number>();
  counts.forEach((n, i) => {
    if (n === 0) return;
    const at = brightness(i + first);
    if (inPadding(image, i + first)) padded.add(at);
    const known = found.get(at);
    const rim = onRim[i] as number;
    found.set(at, { at, pixels: n + (known?.pixels ?? 0), rim: rim + (known?.rim ?? 0) });
  });
  const levels = [...found.values()].sort((a, b) => a.at - b.at);
  const darkest = levels.findIndex(({ at }) => !padded.has(at));
  return levels.filter(({ at }, i) => i < darkest || !padded.has(at));
};
