import type { SlicePicture } from '../../../ports/frames.ts';

const bytesOf = ({ image }: SlicePicture): number => image.pixels.byteLength;

/**
 * Decoded slices within a budget of bytes: what was not asked for the longest goes first. One picture is
 * kept whatever its size.
 */
export const createSliceCache = (budget: number) => {
  const kept = new Map<string, SlicePicture>();
  let bytes = 0;
  const drop = (key: string, picture: SlicePicture): void => {
    kept.delete(key);
    bytes -= bytesOf(picture);
  };
  return {
    get: (key: string): SlicePicture | undefined => {
      const picture = kept.get(key);
      if (!picture) return undefined;
      kept.delete(key);
      kept.set(key, picture);
      return picture;
    },
    has: (key: string): boolean => kept.has(key),
    put: (key: string, picture: SlicePicture): void => {
      const before = kept.get(key);
      if (before) drop(key, before);
      kept.set(key, picture);
      bytes += bytesOf(picture);
      for (const [oldest, old] of kept) {
        if (bytes <= budget || oldest === key) break;
        drop(oldest, old);
      }
    },
    /** Forgets all whose key begins so. */
    dropAll: (prefix: string): void => {
      for (const [key, picture] of [...kept]) if (key.startsWith(prefix)) drop(key, picture);
    },
    bytes: (): number => bytes,
  };
};
