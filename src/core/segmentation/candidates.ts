import type { WorkingImage } from '../image/working-image.ts';
import { backgroundOf, bestRegion, type Candidate } from './initial-region.ts';
import { pitchOf } from './nominal-pitch.ts';
import type { Region } from './radial-gradient-index.ts';
import { cutRegion, type RegionOfInterest } from './region-of-interest.ts';
import { gaussianSmooth, gradientOf } from './smooth.ts';
import { exponential, logarithm } from '../units/portable-math.ts';

const RULE = {
  /** Sides of the squares searched after a click, mm: for lesions of a fifth to two thirds of each. */
  sidesMm: [10, 16, 25, 40, 64, 100],
  /** Sigma of the Gaussian constraint after a click, share of the square's side. */
  clickSigma: 0.13,
  /** What a click expects: effective diameter, mm, the spread of its logarithm, and the least factor. */
  usualMm: 14,
  usualSpread: 0.8,
  leastPrior: 0.4,
  /** Square searched in a box, share of the box's longer side, and sigmas as shares of its sides. */
  boxContext: 1.2,
  boxSigmas: [0.3, 0.45, 0.7],
  /** Cells of the search's squares, and smoothing of the grey whose gradient is taken, cells. */
  cells: 64,
  sigma: 1,
} as const;

/** Sides of an axis-aligned rectangle. */
export type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

const gradientOfRegion = (roi: RegionOfInterest) => gradientOf(gaussianSmooth(roi, RULE.sigma));

/** 1 at the usual effective diameter, less far from it, but no less than `leastPrior`. */
const sizePrior = (diameterMm: number): number => {
  const away = logarithm(diameterMm / RULE.usualMm) / RULE.usualSpread;
  return RULE.leastPrior + (1 - RULE.leastPrior) * exponential(-(away * away) / 2);
};

/** Candidates after a click: one a square, of growing size about the seed (working pixels). */
export const clickCandidates = (image: WorkingImage, x: number, y: number): Candidate[] => {
  const mm = pitchOf(image);
  return RULE.sidesMm.flatMap((side) => {
    const roi = cutRegion(image, x, y, side / mm, RULE.cells);
    const candidate = bestRegion({
      roi,
      gradient: gradientOfRegion(roi),
      background: backgroundOf(roi),
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
export const boxCandidates = (image: WorkingImage, box: Rectangle): Candidate[] => {
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
  const allowed = new Uint8Array(roi.inside.length);
  for (let row = 0; row < roi.height; row++) {
    const cy = row + 0.5;
    if (!(cy > inCells[1] && cy < inCells[3])) continue;
    for (let column = 0, i = row * roi.width; column < roi.width; column++, i++) {
      const cx = column + 0.5;
      if (cx > inCells[0] && cx < inCells[2]) allowed[i] = roi.inside[i] as number;
    }
  }
  const gradient = gradientOfRegion(roi);
  const background = backgroundOf(roi);
  return RULE.boxSigmas.flatMap((share) => {
    const candidate = bestRegion({
      roi,
      gradient,
      background,
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
