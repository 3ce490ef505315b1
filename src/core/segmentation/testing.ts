import type { WorkingImage } from '../image/working-image.ts';
import { NOMINAL_MM } from './nominal-pitch.ts';
import type { LesionContour } from './types.ts';
import { seededRandom } from '../stats/random.ts';

/** How far a point is inside a drawn lesion, in working pixels: negative outside. */
export type Depth = (x: number, y: number) => number;

export const disc =
  (cx: number, cy: number, r: number): Depth =>
  (x, y) =>
    r - Math.hypot(x - cx, y - cy);

/** An ellipse turned by `turn` radians; depth is right to first order near its edge. */
export const ellipse =
  (cx: number, cy: number, rx: number, ry: number, turn = 0): Depth =>
  (x, y) => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const [u, v] = [c * (x - cx) + s * (y - cy), c * (y - cy) - s * (x - cx)];
    return (1 - Math.hypot(u / rx, v / ry)) * Math.min(rx, ry);
  };

/** A disc with `arms` spicules that reach to 1.9 radii and thin out. */
export const spiculated =
  (cx: number, cy: number, r: number, arms: number): Depth =>
  (x, y) => {
    const d = Math.hypot(x - cx, y - cy);
    if (d < r) return r - d;
    const angle = Math.atan2(y - cy, x - cx);
    const turn = (2 * Math.PI) / arms;
    const off = Math.abs(angle - turn * Math.round(angle / turn)) * d;
    return d < 1.9 * r ? Math.max(r - d, 0.09 * r * (2 - d / r) + 0.5 - off) : r - d;
  };

/** Correlated noise: the mean of 3 x 3 random values about each pixel, standard deviation about 1. */
const noiseField = (width: number, height: number, seed: number): Float32Array => {
  const random = seededRandom(seed);
  const white = Float32Array.from({ length: width * height }, () => (random() - 0.5) * 3.46);
  return white.map((_, i) => {
    let sum = 0;
    for (let k = 0; k < 9; k++) {
      const j = i + (Math.floor(k / 3) - 1) * width + (k % 3) - 1;
      sum += white[Math.min(Math.max(j, 0), white.length - 1)] as number;
    }
    return sum / 3;
  });
};

/** A working image of fat with a lesion of `contrast` above it, a soft edge and noise. */
export const lesionImage = (
  depth: Depth,
  {
    width = 400,
    height = 400,
    contrast = 0.3,
    noise = 0.04,
    edge = 1.5,
    seed = 3,
    scale = { columnsPerPixel: 1, rowsPerPixel: 1 },
  } = {},
): WorkingImage => {
  const grain = noiseField(width, height, seed);
  const data = grain.map((g, i) => {
    const d = depth((i % width) + 0.5, Math.floor(i / width) + 0.5);
    return 0.35 + contrast / (1 + Math.exp(-d / edge)) + noise * g;
  });
  const breast = new Uint8Array(width * height).fill(1);
  return { width, height, data, breast, mmPerPixel: NOMINAL_MM, ...scale };
};

/** Overlap of a contour's mask with the drawn lesion: intersection over union, at cell centres. */
export const overlapWith = (
  { grid, mask }: LesionContour,
  depth: Depth,
  { columnsPerPixel, rowsPerPixel, width, height }: WorkingImage,
): number => {
  let [both, either] = [0, 0];
  mask.forEach((m, i) => {
    const x = (grid.x + ((i % grid.width) + 0.5) * grid.columnStep) / columnsPerPixel;
    const y = (grid.y + (Math.floor(i / grid.width) + 0.5) * grid.rowStep) / rowsPerPixel;
    const drawn = depth(x, y) > 0 && x > 0 && y > 0 && x < width && y < height;
    if (drawn && m) both++;
    if (drawn || m) either++;
  });
  return both / either;
};
