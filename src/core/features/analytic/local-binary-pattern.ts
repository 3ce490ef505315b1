import { bilinear, type Raster } from '../../image/resample.ts';

/** Neighbours on the circle, and number of codes: 0 to 8 brighter ones in a run, 9 for no run. */
const NEIGHBOURS = 8;
export const PATTERNS = NEIGHBOURS + 2;

const circle = (radius: number) =>
  Array.from({ length: NEIGHBOURS }, (_, k) => {
    const angle = (2 * Math.PI * k) / NEIGHBOURS;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });

/**
 * Rotation-invariant uniform local binary patterns with 8 neighbours at `radius` pixels, linear
 * between pixels (Ojala, Pietikäinen, Mäenpää, IEEE TPAMI 24, 2002; scikit-image
 * local_binary_pattern, method uniform). Codes 0-9, row-major. Beyond the raster its edge repeats.
 */
export const uniformPatterns = (raster: Raster, radius: number): Uint8Array => {
  const { width, height, data } = raster;
  const offsets = circle(radius);
  const codes = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const centre = data[y * width + x] as number;
      let [ones, turns, first, before] = [0, 0, 0, 0];
      offsets.forEach(([dx, dy], k) => {
        // Rounding of the sines must not turn equal grey into darker.
        const value = bilinear(raster, x + 0.5 + dx, y + 0.5 + dy);
        const bit = value - centre >= -1e-6 ? 1 : 0;
        ones += bit;
        if (k === 0) first = bit;
        else if (bit !== before) turns++;
        before = bit;
      });
      if (before !== first) turns++;
      codes[y * width + x] = turns <= 2 ? ones : PATTERNS - 1;
    }
  return codes;
};
