import { convexHull, polygonArea, polygonPerimeter } from '../../geometry/polygon.ts';
import { hypotenuse, logarithm } from '../../units/portable-math.ts';
import type { Point } from '../../geometry/point.ts';

/**
 * Minor over major axis of the ellipse with the polygon's second moments of area about its centroid
 * (Green's theorem over its edges).
 */
const axisRatio = (points: readonly Point[]): number => {
  let [area, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Point;
    const cross = a.x * b.y - b.x * a.y;
    area += cross / 2;
    sx += ((a.x + b.x) * cross) / 6;
    sy += ((a.y + b.y) * cross) / 6;
    sxx += ((a.x * a.x + a.x * b.x + b.x * b.x) * cross) / 12;
    syy += ((a.y * a.y + a.y * b.y + b.y * b.y) * cross) / 12;
    sxy += ((a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y) * cross) / 24;
  });
  if (area === 0) return 1;
  const [cx, cy] = [sx / area, sy / area];
  const [xx, yy, xy] = [sxx / area - cx * cx, syy / area - cy * cy, sxy / area - cx * cy];
  const half = hypotenuse((xx - yy) / 2, xy);
  const middle = (xx + yy) / 2;
  return middle + half > 0 ? Math.sqrt(Math.max(0, middle - half) / (middle + half)) : 1;
};

/**
 * Shape of a closed outline (unit of length: that of its points):
 * - diameter: of the circle of equal area, 2 sqrt(A / pi);
 * - circularity: 4 pi A / P^2, 1 for a circle (Giger);
 * - irregularity: 1 - perimeter of the circle of equal area / P, 0 for a circle (Giger);
 * - elongation: 1 - minor axis / major axis by second moments of area, 0 for a circle;
 * - convexity: A / area of the convex hull, 1 for a convex outline.
 */
export const shapeOf = (points: readonly Point[]) => {
  const area = polygonArea(points);
  const perimeter = Math.max(polygonPerimeter(points), 1e-9);
  const hull = Math.max(polygonArea(convexHull(points)), 1e-9);
  return {
    diameter: 2 * Math.sqrt(area / Math.PI),
    circularity: (4 * Math.PI * area) / (perimeter * perimeter),
    irregularity: 1 - (2 * Math.sqrt(Math.PI * area)) / perimeter,
    elongation: 1 - axisRatio(points),
    convexity: area / hull,
  };
};

const BINS = 20;

const entropyOf = (lengths: Float64Array): number => {
  const counts = new Float64Array(BINS);
  for (const v of lengths) {
    const bin = Math.min(Math.floor(v * BINS), BINS - 1);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts.reduce(
    (s, c) => (c > 0 ? s - ((c / lengths.length) * logarithm(c / lengths.length)) / Math.LN2 : s),
    0,
  );
};

/**
 * Radial length of an outline: distances of its points from their mean, divided by the largest
 * (Kilday, Palmieri, Fox, IEEE TMI 12, 1993): mean, standard deviation, entropy over 20 bins
 * (bits), area ratio (mean excess over the mean length) and roughness (mean change between
 * neighbours).
 */
export const radialLength = (points: readonly Point[]) => {
  const n = points.length;
  const cx = points.reduce((s, p) => s + p.x, 0) / n;
  const cy = points.reduce((s, p) => s + p.y, 0) / n;
  const raw = Float64Array.from(points, (p) => hypotenuse(p.x - cx, p.y - cy));
  const top = Math.max(
    raw.reduce((m, v) => Math.max(m, v), 0),
    1e-9,
  );
  const d = raw.map((v) => v / top);
  const mean = d.reduce((s, v) => s + v, 0) / n;
  const sd = Math.sqrt(d.reduce((s, v) => s + (v - mean) * (v - mean), 0) / n);
  const excess = d.reduce((s, v) => s + Math.max(v - mean, 0), 0) / (n * mean);
  const roughness = d.reduce((s, v, i) => s + Math.abs(v - (d[(i + 1) % n] as number)), 0) / n;
  return { mean, sd, entropy: entropyOf(d), excess, roughness };
};
