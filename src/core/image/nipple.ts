import type { WorkingImage } from './working-image.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** What the outline of the breast says of an image; in stored pixels. */
export interface BreastLandmarks {
  /** Closed outline of the breast, thinned: chest wall edge and skin line. */
  readonly outline: readonly ImagePoint[];
  /** Where the nipple probably is; undefined where no breast outline was found. */
  readonly nipple: ImagePoint | undefined;
}

/** Working pixels per mm where no spacing is known: the rule's usual pitch of 0.2 mm. */
const USUAL_PITCH = 0.2;
/** Half the height over which a nipple stands out of the skin line, mm. */
const TEAT = 6;
/** Skin that counts as the even surround of a nipple, mm to either side. */
const SURROUND = 22;
/** The nipple is looked for where the skin is within this of the farthest, mm. */
const REACH = 12;
/** A bump lower than this, mm, is no sign of a nipple: the farthest point of the skin stands for it. */
const LEAST_BUMP = 0.6;

/** Breast that reaches this share of the width is a film's rim or a label, not skin. */
const WHOLE_WIDTH = 0.97;
/** Share of the height at either end where a film's rim may lie: no nipple is looked for there. */
const RIM = 0.03;

/** Reach of the breast from the chest wall in each row, working pixels; 0 where there is none. */
const skinProfile = (image: WorkingImage, wallOnLeft: boolean): Float64Array => {
  const { width, height, breast } = image;
  const profile = new Float64Array(height);
  for (let y = 0; y < height; y++)
    for (let step = 0; step < width; step++) {
      const x = wallOnLeft ? width - 1 - step : step;
      if (!breast[y * width + x]) continue;
      const reach = width - step;
      if (reach < WHOLE_WIDTH * width) profile[y] = reach;
      break;
    }
  return profile;
};

/** The edge that more breast lies on is the chest wall. */
const isWallOnLeft = ({ width, height, breast }: WorkingImage): boolean => {
  const strip = Math.max(1, Math.round(width / 50));
  let balance = 0;
  for (let y = 0; y < height; y++)
    for (let i = 0; i < strip; i++)
      balance += (breast[y * width + i] as number) - (breast[y * width + width - 1 - i] as number);
  return balance >= 0;
};

/** Mean over a window of +- `half` entries, cut at the ends. */
const smoothed = (values: Float64Array, half: number): Float64Array => {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number);
  return values.map((_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(values.length, i + half + 1)];
    return ((sums[to] as number) - (sums[from] as number)) / (to - from);
  });
};

/** Parabola through the skin beside row `y`, its middle left out; how far the skin stands out of it. */
const bumpAt = (profile: Float64Array, y: number, inner: number, outer: number): number => {
  let [n, s2, s4, p0, p2, s1, s3, p1] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let d = -outer; d <= outer; d++) {
    const reach = profile[y + d];
    if (Math.abs(d) < inner || !reach) continue;
    const t = d / outer;
    n++;
    s1 += t;
    s2 += t * t;
    s3 += t * t * t;
    s4 += t * t * t * t;
    p0 += reach;
    p1 += reach * t;
    p2 += reach * t * t;
  }
  if (n < outer) return 0;
  // Normal equations of a + b t + c t^2, solved for a by Cramer's rule.
  const det = n * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s3 * s2) + s2 * (s1 * s3 - s2 * s2);
  const top = p0 * (s2 * s4 - s3 * s3) - s1 * (p1 * s4 - s3 * p2) + s2 * (p1 * s3 - s2 * p2);
  return Math.abs(det) < 1e-9 ? 0 : (profile[y] as number) - top / det;
};

const argMax = (values: ArrayLike<number>, from: number, to: number): number => {
  let best = from;
  for (let i = from; i < to; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
};

/** Row of the nipple: the strongest bump of the skin line near its farthest point, else that point. */
const nippleRow = (profile: Float64Array, pitch: number): number => {
  const px = (mm: number) => Math.max(1, Math.round(mm / pitch));
  const even = smoothed(profile, px(TEAT));
  const rim = Math.round(RIM * profile.length);
  const farthest = argMax(even, rim, even.length - rim);
  const fine = smoothed(profile, px(1));
  const near = (even[farthest] as number) - px(REACH);
  const bumps = fine.map((_, y) =>
    (even[y] as number) < near || y < rim || y >= profile.length - rim
      ? 0
      : bumpAt(fine, y, px(TEAT), px(SURROUND)),
  );
  const bump = argMax(smoothed(bumps, px(1.5)), 0, bumps.length);
  return (bumps[bump] as number) * pitch >= LEAST_BUMP ? bump : farthest;
};

/** Every so many rows a point of the outline is kept, mm. */
const OUTLINE_STEP = 2;

/**
 * Breast outline and nipple of an image at working resolution, rows running across the chest wall.
 * The nipple is where the skin line bulges out of its surround near its farthest point from the chest
 * wall: a nipple that is not in profile, or lies off there, is missed. Does not mutate.
 */
export const breastLandmarks = (image: WorkingImage): BreastLandmarks => {
  const { width, columnsPerPixel, rowsPerPixel, mmPerPixel = USUAL_PITCH } = image;
  const wallOnLeft = isWallOnLeft(image);
  const profile = skinProfile(image, wallOnLeft);
  const at = (reach: number, y: number): ImagePoint => ({
    x: (wallOnLeft ? reach : width - reach) * columnsPerPixel,
    y: (y + 0.5) * rowsPerPixel,
  });
  const step = Math.max(1, Math.round(OUTLINE_STEP / mmPerPixel));
  const skin: ImagePoint[] = [];
  profile.forEach((reach, y) => {
    if (reach > 0 && y % step === 0) skin.push(at(reach, y));
  });
  const [first, last] = [skin[0], skin.at(-1)];
  if (!first || !last) return { outline: [], nipple: undefined };
  const wall = wallOnLeft ? 0 : width * columnsPerPixel;
  const outline = [{ x: wall, y: first.y }, ...skin, { x: wall, y: last.y }];
  const row = nippleRow(profile, mmPerPixel);
  return { outline, nipple: at(profile[row] as number, row) };
};
