import type { WorkingImage } from '../image/working-image.ts';
import { boxCentre, clipBox, MIN_BOX_SIDE, type Box } from '../roi/box.ts';
import { outlineIndex } from './contour-quality.ts';
import { bestRegion, type Candidate } from './initial-region.ts';
import { rasterise } from './polygon.ts';
import { direction, lastInside, RAYS, rayToRectangle, smoothRing } from './polar-grid.ts';
import { refineOutline, type StarOutline } from './refine-contour.ts';
import { cutRegion, type RegionOfInterest } from './region-of-interest.ts';
import { gaussianSmooth, gradientOf } from './smooth.ts';
import type { ImagePoint, LesionContour } from './types.ts';
import type { Region } from './radial-gradient-index.ts';

/** Pitch that stands for a working pixel where spacing is unknown, mm (the training archive's is about this). */
export const NOMINAL_MM = 0.2;

const RULE = {
  /** Sides of the squares searched after a click, mm: for lesions of about a third to two thirds of each. */
  sidesMm: [10, 16, 25, 40, 64, 100],
  /** Sigma of the Gaussian constraint after a click, share of the square's side. */
  clickSigma: 0.13,
  /** What a click expects: effective diameter, mm, and the spread of its logarithm. */
  usualMm: 14,
  usualSpread: 0.8,
  leastPrior: 0.4,
  /** Square searched in a box, share of the box's longer side, and sigmas as shares of its sides. */
  boxContext: 1.2,
  boxSigmas: [0.3, 0.45, 0.7],
  /** Cells of the search's squares, and smoothing of the grey whose gradient is taken, cells. */
  cells: 64,
  sigma: 1,
  /** Radius of the outline where nothing can be segmented after a click, mm. */
  fallbackMm: 5,
  /** A reader's box is this much wider than the outline (median over the training boxes). */
  boxMargin: 1.1,
  /** Cells of the mask that is handed out. */
  maskCells: 128,
} as const;

type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

const toWorkingBox = (box: Box, image: WorkingImage): Rectangle => [
  box.x / image.columnsPerPixel,
  box.y / image.rowsPerPixel,
  (box.x + box.width) / image.columnsPerPixel,
  (box.y + box.height) / image.rowsPerPixel,
];

const gradientOfRegion = (roi: RegionOfInterest) => gradientOf(gaussianSmooth(roi, RULE.sigma));

/** 1 at the usual effective diameter, less far from it, but no less than `leastPrior`. */
const sizePrior = (diameterMm: number): number => {
  const away = Math.log(diameterMm / RULE.usualMm) / RULE.usualSpread;
  return RULE.leastPrior + (1 - RULE.leastPrior) * Math.exp(-(away * away) / 2);
};

/** Candidates after a click: one a square, of growing size about the seed (working pixels). */
const clickCandidates = (image: WorkingImage, x: number, y: number): Candidate[] => {
  const mm = image.mmPerPixel ?? NOMINAL_MM;
  return RULE.sidesMm.flatMap((side) => {
    const roi = cutRegion(image, x, y, side / mm, RULE.cells);
    const candidate = bestRegion({
      roi,
      gradient: gradientOfRegion(roi),
      seedX: (x - roi.x) / roi.step,
      seedY: (y - roi.y) / roi.step,
      sigmaX: RULE.clickSigma * RULE.cells,
      sigmaY: RULE.clickSigma * RULE.cells,
      allowed: roi.inside,
      prior: (region) => sizePrior(1.128 * Math.sqrt(region.area) * roi.step * mm),
    });
    return candidate ? [candidate] : [];
  });
};

/** How well a region fills the box: the product over both axes of the share of the side it spans. */
const filling = (region: Region, [left, top, right, bottom]: Rectangle): number =>
  Math.min(1, (region.x1 - region.x0) / (right - left)) *
  Math.min(1, (region.y1 - region.y0) / (bottom - top));

/** Candidates in a box (working pixels): one a sigma, none reaching out of the box. */
const boxCandidates = (image: WorkingImage, box: Rectangle): Candidate[] => {
  const [left, top, right, bottom] = box;
  const [width, height] = [right - left, bottom - top];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const roi = cutRegion(image, x, y, RULE.boxContext * Math.max(width, height), RULE.cells);
  const inCells = [
    (left - roi.x) / roi.step,
    (top - roi.y) / roi.step,
    (right - roi.x) / roi.step,
    (bottom - roi.y) / roi.step,
  ] as const;
  const allowed = roi.inside.map((inside, i) => {
    const [cx, cy] = [(i % roi.width) + 0.5, Math.floor(i / roi.width) + 0.5];
    const within = cx > inCells[0] && cy > inCells[1] && cx < inCells[2] && cy < inCells[3];
    return within ? inside : 0;
  });
  const gradient = gradientOfRegion(roi);
  return RULE.boxSigmas.flatMap((share) => {
    const candidate = bestRegion({
      roi,
      gradient,
      seedX: (x - roi.x) / roi.step,
      seedY: (y - roi.y) / roi.step,
      sigmaX: (share * width) / roi.step,
      sigmaY: (share * height) / roi.step,
      allowed,
      prior: (region) => Math.sqrt(filling(region, inCells)),
    });
    return candidate ? [candidate] : [];
  });
};

const best = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.reduce<Candidate | undefined>((a, b) => (a && a.merit >= b.merit ? a : b), undefined);

const radiiOf = (f: (a: number) => number): Float64Array =>
  Float64Array.from({ length: RAYS }, (_, a) => f(a));

/** A candidate as seen from (x, y), working pixels. */
const starOf = ({ roi, mask }: Candidate, x: number, y: number): StarOutline => {
  const [cx, cy] = [(x - roi.x) / roi.step, (y - roi.y) / roi.step];
  const radii = radiiOf((a) => (lastInside(mask, roi, cx, cy, a) + 0.5) * roi.step);
  return { x, y, radii: smoothRing(radii, 2) };
};

const ellipse = ([left, top, right, bottom]: Rectangle): StarOutline => {
  const [rx, ry] = [(right - left) / 2, (bottom - top) / 2];
  const radii = radiiOf((a) => {
    const [c, s] = direction(a);
    return 1 / Math.hypot(c / rx, s / ry);
  });
  return { x: (left + right) / 2, y: (top + bottom) / 2, radii };
};

/** The contour of radii about (x, y), working pixels, with its mask, quality and box. */
const contourOf = (
  image: WorkingImage,
  { x, y, radii }: StarOutline,
  segmented: boolean,
): LesionContour => {
  const working = Array.from(radii, (r, a) => {
    const [c, s] = direction(a);
    return { x: x + r * c, y: y + r * s };
  });
  const [xs, ys] = [working.map((p) => p.x), working.map((p) => p.y)];
  const rect: Rectangle = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const middle = { x: (rect[0] + rect[2]) / 2, y: (rect[1] + rect[3]) / 2 };
  const side = 1.3 * Math.max(rect[2] - rect[0], rect[3] - rect[1], 4);
  const roi = cutRegion(image, middle.x, middle.y, side, RULE.maskCells);
  const inCells = working.map((p) => ({
    x: (p.x - roi.x) / roi.step,
    y: (p.y - roi.y) / roi.step,
  }));
  const index = segmented ? outlineIndex(inCells, roi, gradientOf(gaussianSmooth(roi, 1.5))) : 0;
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  return {
    polygon: working.map((p): ImagePoint => ({ x: p.x * sx, y: p.y * sy })),
    grid: {
      x: roi.x * sx,
      y: roi.y * sy,
      columnStep: roi.step * sx,
      rowStep: roi.step * sy,
      width: roi.width,
      height: roi.height,
    },
    mask: rasterise(inCells, roi.width, roi.height),
    quality: Math.min(Math.max(index, 0), 1),
    box: boxAround(image, rect),
  };
};

/** The box a reader would draw about an outline that spans `rect` (working pixels). */
const boxAround = (image: WorkingImage, [left, top, right, bottom]: Rectangle): Box => {
  const [sx, sy] = [image.columnsPerPixel, image.rowsPerPixel];
  const [columns, rows] = [image.width * sx, image.height * sy];
  const width = Math.min(Math.max((right - left) * sx * RULE.boxMargin, MIN_BOX_SIDE), columns);
  const height = Math.min(Math.max((bottom - top) * sy * RULE.boxMargin, MIN_BOX_SIDE), rows);
  const x = ((left + right) * sx - width) / 2;
  const y = ((top + bottom) * sy - height) / 2;
  const box = clipBox({ x, y, width, height }, columns, rows);
  // What the edge cut off a small box is made up for on its other side.
  const moved = (at: number, size: number, all: number) =>
    Math.min(at, Math.max(all - Math.max(size, MIN_BOX_SIDE), 0));
  return {
    x: moved(box.x, box.width, columns),
    y: moved(box.y, box.height, rows),
    width: Math.max(box.width, MIN_BOX_SIDE),
    height: Math.max(box.height, MIN_BOX_SIDE),
  };
};

/**
 * Outlines the lesion at a seed point (stored pixels) of a working image: the threshold region of
 * largest radial gradient index under a Gaussian constraint (Kupinski & Giger 1998), moved onto the
 * strongest closed edge nearby (Timp & Karssemeijer 2004). With a box (stored pixels, inside the
 * image) the seed is its centre and the outline stays inside it. The outline is star-shaped about
 * the seed, so it always contains it. Where nothing can be segmented it is an ellipse in the box or
 * a disc of 10 mm, with quality 0. Does not mutate.
 */
export const segmentLesion = (image: WorkingImage, seed: ImagePoint, box?: Box): LesionContour => {
  const edge: Rectangle = [0, 0, image.width, image.height];
  const inImage = clipBox(
    box ?? { x: seed.x, y: seed.y, width: 0, height: 0 },
    image.width * image.columnsPerPixel,
    image.height * image.rowsPerPixel,
  );
  const centre = boxCentre(inImage);
  const [x, y] = [centre.x / image.columnsPerPixel, centre.y / image.rowsPerPixel];
  const bounds = box ? toWorkingBox(inImage, image) : edge;
  const found = best(box ? boxCandidates(image, bounds) : clickCandidates(image, x, y));
  const limit = radiiOf((a) => rayToRectangle(a, x, y, bounds));
  if (!found) {
    const r = RULE.fallbackMm / (image.mmPerPixel ?? NOMINAL_MM);
    const start = ellipse(box ? bounds : [x - r, y - r, x + r, y + r]);
    const radii = start.radii.map((v, a) => Math.min(v, limit[a] as number));
    return contourOf(image, { ...start, radii }, false);
  }
  const star = starOf(found, x, y);
  return contourOf(image, { x, y, radii: refineOutline(image, star, limit) }, true);
};
