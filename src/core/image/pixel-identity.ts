import type { MammogramImage } from './mammogram-image.ts';

/** What tells the pixels of an image from others that carry the same SOP Instance UID. */
export interface PixelIdentity {
  readonly columns: number;
  readonly rows: number;
  /** See pixelDigest. */
  readonly digest: string;
}

type Stored = Pick<MammogramImage, 'columns' | 'rows' | 'pixels'>;

/** One round of MurmurHash3 (Appleby, public domain), 32 bits. */
const mixed = (hash: number, value: number): number => {
  const scattered = Math.imul(value, 0xcc9e2d51);
  const turned = Math.imul((scattered << 15) | (scattered >>> 17), 0x1b873593);
  const joined = hash ^ turned;
  return (Math.imul((joined << 13) | (joined >>> 19), 5) + 0xe6546b64) | 0;
};

const finished = (hash: number): string => {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
};

/**
 * 16 hexadecimal digits that depend on every stored value, its place and the size: two 32-bit lanes,
 * the second over the values' sum as well. The same pixels give the same digits whatever they were
 * compressed with. It tells pictures apart that were mixed up, and is no protection against one that
 * was made to match.
 */
export const pixelDigest = ({ columns, rows, pixels }: Stored): string => {
  let [first, second, sum] = [columns | 0, rows | 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i] as number;
    sum = (sum + Math.imul(value, i | 1)) | 0;
    first = mixed(first, value);
    second = mixed(second, value ^ sum);
  }
  return finished(first ^ pixels.length) + finished(second ^ sum);
};

export const pixelIdentity = (image: Stored): PixelIdentity => ({
  columns: image.columns,
  rows: image.rows,
  digest: pixelDigest(image),
});

export const samePixels = (a: PixelIdentity, b: PixelIdentity): boolean =>
  a.columns === b.columns && a.rows === b.rows && a.digest === b.digest;

/** Whether what was made on some pixels stands on those that are here; where either is not known, it does. */
export const standsOn = (
  made: PixelIdentity | undefined,
  here: PixelIdentity | undefined,
): boolean => !made || !here || samePixels(made, here);
