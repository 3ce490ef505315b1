import type { WorkingImage } from '../image/working-image.ts';
import { boxCentre, clipBox, type Box } from '../geometry/box.ts';
import { contourOf } from './build-contour.ts';
import { boxCandidates, clickCandidates, type Rectangle } from './candidates.ts';
import type { Candidate } from './initial-region.ts';
import { pitchOf } from './nominal-pitch.ts';
import { direction, lastInside, RAYS, rayToRectangle, smoothRing } from './polar-grid.ts';
import { refineOutline, type StarOutline } from './refine-contour.ts';
import type { LesionContour } from './types.ts';
import { hypotenuse } from '../units/portable-math.ts';
import type { ImagePoint } from '../geometry/point.ts';

/** Radius of the disc where nothing can be segmented after a click, mm. */
const FALLBACK_MM = 5;

const toWorkingBox = (box: Box, image: WorkingImage): Rectangle => [
  box.x / image.columnsPerPixel,
  box.y / image.rowsPerPixel,
  (box.x + box.width) / image.columnsPerPixel,
  (box.y + box.height) / image.rowsPerPixel,
];

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
    return 1 / hypotenuse(c / rx, s / ry);
  });
  return { x: (left + right) / 2, y: (top + bottom) / 2, radii };
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
    const r = FALLBACK_MM / pitchOf(image);
    const start = ellipse(box ? bounds : [x - r, y - r, x + r, y + r]);
    const radii = start.radii.map((v, a) => Math.min(v, limit[a] as number));
    return contourOf(image, { ...start, radii }, false);
  }
  const star = starOf(found, x, y);
  return contourOf(image, { x, y, radii: refineOutline(image, star, limit) }, true);
};
