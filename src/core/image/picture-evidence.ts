import {
  NO_EVIDENCE,
  opposite,
  type Edge,
  type PictureEvidence,
} from '../dicom/picture-evidence.ts';
import { cellsOf } from './cells.ts';
import type { WorkingImage } from './working-image.ts';
import { hypotenuse } from '../units/portable-math.ts';

type Picture = Pick<WorkingImage, 'width' | 'height' | 'data' | 'breast'>;

/** Cells along the longer side: about 2 mm each, enough for a straight edge of centimetres. */
const LONGER_SIDE = 128;

/** Small rasters of grey (of breast, 0 elsewhere) and of the share of breast; row-major. */
interface Cells {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
  readonly share: Float32Array;
}

const reduce = ({ width, height, data, breast }: Picture): Cells => {
  const scale = Math.min(LONGER_SIDE / Math.max(width, height), 1);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const grey = new Float32Array(w * h);
  const share = new Float32Array(w * h);
  const [across, down] = [cellsOf(width, w), cellsOf(height, h)];
  for (let y = 0; y < height; y++) {
    const row = (down.of[y] as number) * w;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!breast[i]) continue;
      const cell = row + (across.of[x] as number);
      share[cell] = (share[cell] as number) + 1;
      grey[cell] = (grey[cell] as number) + (data[i] as number);
    }
  }
  for (let i = 0; i < share.length; i++) {
    const n = (across.pixels[i % w] as number) * (down.pixels[Math.floor(i / w)] as number);
    share[i] = (share[i] as number) / n;
    grey[i] = (grey[i] as number) / n;
  }
  return { width: w, height: h, grey, share };
};

/** The image with its chest wall to the left: `u` from the wall outwards, `v` along it. */
interface Turned extends Cells {
  /** The edges at v = 0 and at the far end of v. */
  readonly ends: readonly [Edge, Edge];
}

const turn = (cells: Cells, wall: Edge): Turned => {
  const along = wall === 'left' || wall === 'right';
  const [width, height] = along ? [cells.width, cells.height] : [cells.height, cells.width];
  const grey = new Float32Array(width * height);
  const share = new Float32Array(width * height);
  for (let v = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      const depth = wall === 'left' || wall === 'top' ? u : width - 1 - u;
      const from = along ? v * cells.width + depth : depth * cells.width + v;
      grey[v * width + u] = cells.grey[from] as number;
      share[v * width + u] = cells.share[from] as number;
    }
  return { width, height, grey, share, ends: along ? ['top', 'bottom'] : ['left', 'right'] };
};

/** Film rims, labels and collimator edges lie in this share of the image at its borders. */
const RIM = 0.025;
/** The strip looked at behind the rim. */
const STRIP = 0.05;
/** Least share of its edge that a breast takes up, and most of the opposite edge. */
const WALL_LEAST = 0.3;
const AIR_MOST = 0.12;
/**
 * By so much more must one edge be taken up than the opposite, against the other pair of edges: more for
 * the unusual walls, since an oblique also takes up the border at its muscle.
 */
const CLEARLY = { upright: 0.15, onItsSide: 0.4 };

/** Share of breast in the strip along an edge. */
const coverage = (turned: Turned): number => {
  const { width, height, share } = turned;
  const from = Math.floor(RIM * width);
  const to = Math.max(from + 1, Math.ceil((RIM + STRIP) * width));
  let sum = 0;
  for (let v = 0; v < height; v++)
    for (let u = from; u < to; u++) sum += share[v * width + u] as number;
  return sum / (height * (to - from));
};

const EDGES: readonly Edge[] = ['left', 'right', 'top', 'bottom'];

const chestWallOf = (cells: Cells): Edge | undefined => {
  const covered = Object.fromEntries(
    EDGES.map((edge) => [edge, coverage(turn(cells, edge))]),
  ) as Record<Edge, number>;
  const lead = (edge: Edge) => covered[edge] - covered[opposite(edge)];
  const [best] = EDGES.toSorted((a, b) => lead(b) - lead(a)) as [Edge];
  const isUpright = best === 'left' || best === 'right';
  const across: Edge = isUpright ? 'top' : 'left';
  const isClear =
    lead(best) >= Math.abs(lead(across)) + (isUpright ? CLEARLY.upright : CLEARLY.onItsSide);
  return covered[best] >= WALL_LEAST && covered[opposite(best)] <= AIR_MOST && isClear
    ? best
    : undefined;
};

/** Where the slanting edge may start on the border across, and where it may meet the chest wall. */
const START = { least: 0.15, most: 0.85, step: 0.03 };
const MEET = { least: 0.25, most: 1.05, step: 0.04 };
/** Grey is compared over this many cells to either side of the edge. */
const REACH = 4;
/** Grey that muscle has more than the tissue before it, of the tissue's full range. */
const BRIGHTER = 0.06;

/** Grey of a cell inside the breast; NaN outside. */
const at = ({ width, height, grey, share }: Turned, u: number, v: number): number => {
  const x = Math.round(u);
  const y = Math.round(v);
  if (x < 0 || y < 0 || x >= width || y >= height) return Number.NaN;
  const cell = y * width + x;
  return (share[cell] as number) > 0.9 ? (grey[cell] as number) : Number.NaN;
};

/**
 * Share of a line's length, from (`start`, 0) to (0, `meet`), on whose inner side it is brighter than
 * on its outer side; both sides inside the breast. 0 for a line that cannot come to more than `best`.
 */
const support = (turned: Turned, start: number, meet: number, best: number): number => {
  const length = hypotenuse(start, meet);
  const du = REACH * (meet / length);
  const dv = REACH * (start / length);
  const steps = Math.max(8, Math.round(length));
  const rim = RIM * Math.min(turned.width, turned.height);
  let seen = 0;
  let brighter = 0;
  for (let i = 1; i < steps; i++) {
    const t = i / steps;
    const u = start * (1 - t);
    const v = meet * t;
    if (u < rim || v < rim) continue;
    seen++;
    if (at(turned, u - du, v - dv) - at(turned, u + du, v + dv) > BRIGHTER) brighter++;
    else if (brighter + steps - 1 - i <= best * (seen + steps - 1 - i)) return 0;
  }
  return seen === 0 ? 0 : brighter / seen;
};

/** The best support of a slanting edge through the corner at v = 0. */
const pectoralSupport = (turned: Turned): number => {
  let best = 0;
  for (let s = START.least; s <= START.most; s += START.step)
    for (let m = MEET.least; m <= MEET.most; m += MEET.step)
      best = Math.max(best, support(turned, s * turned.width, m * turned.height, best));
  return best;
};

const upsideDown = (turned: Turned): Turned => {
  const { width, height } = turned;
  const flip = (values: Float32Array) =>
    values.map(
      (_, i) => values[(height - 1 - Math.floor(i / width)) * width + (i % width)] as number,
    );
  const [first, last] = turned.ends;
  return { ...turned, grey: flip(turned.grey), share: flip(turned.share), ends: [last, first] };
};

/** Share of the chest wall's length, from v = 0, before the breast begins. */
const freeCorner = ({ width, height, share }: Turned): number => {
  const from = Math.floor(RIM * width);
  const to = Math.max(from + 1, Math.ceil((RIM + STRIP) * width));
  for (let v = Math.floor(RIM * height); v < height; v++)
    for (let u = from; u < to; u++) if ((share[v * width + u] as number) > 0.5) return v / height;
  return 1;
};

/** Least support of a muscle's edge, and by how much it must exceed that at the other corner. */
const SUPPORT = { least: 0.9, lead: 0.2, none: 0.6 };
/** Least part of the chest wall's length that a view from above leaves free at both ends. */
const FREE = 0.04;

/**
 * What the picture says of how the breast lies in it. The thresholds were set on the films of CBIS-DDSM's
 * mass training split (pipeline/grey/picture-evidence.ts counts what they give there). Does not mutate.
 */
export const pictureEvidence = (image: Picture): PictureEvidence => {
  const cells = reduce(image);
  const chestWall = chestWallOf(cells);
  if (!chestWall) return NO_EVIDENCE;
  const upright = turn(cells, chestWall);
  const [near, far] = [upright, upsideDown(upright)];
  const [first, last] = [pectoralSupport(near), pectoralSupport(far)];
  const isSlanting =
    Math.max(first, last) >= SUPPORT.least && Math.abs(first - last) >= SUPPORT.lead;
  if (isSlanting) {
    const pectoral = upright.ends[first > last ? 0 : 1];
    return { chestWall, pectoral, projection: 'oblique' };
  }
  const isFree = Math.min(freeCorner(near), freeCorner(far)) >= FREE;
  const isFromAbove = isFree && Math.max(first, last) < SUPPORT.none;
  return { chestWall, pectoral: undefined, projection: isFromAbove ? 'CC' : undefined };
};
