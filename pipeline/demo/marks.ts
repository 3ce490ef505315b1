import type { Box } from '../../src/core/geometry/box.ts';
import { FIELD } from './geometry.ts';
import type { PlanePoint, ViewGeometry } from './geometry.ts';
import type { Lesion } from './lesions.ts';
import type { Side } from './patients.ts';

/** Directions spread evenly over a sphere (Fibonacci lattice). */
const sphere = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const z = 1 - (2 * i + 1) / count;
    const r = Math.sqrt(1 - z * z);
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    return { d: r * Math.cos(angle), u: r * Math.sin(angle), v: z };
  });

/** Where the body falls below a third, in mm from the centre. */
const edgeAlong = (lesion: Lesion, way: { d: number; u: number; v: number }): number => {
  const { centre } = lesion;
  for (let r = lesion.bodyRadius; r > 0; r -= 0.2)
    if (lesion.body(centre.d + way.d * r, centre.u + way.u * r, centre.v + way.v * r) > 0.33)
      return r;
  return 0;
};

/** Place of a plane point on the stored image of a side, in pixels: right images are mirrored. */
export const toPixels = (point: PlanePoint, side: Side, pixel: number): PlanePoint => ({
  x: (side === 'R' ? FIELD.width - point.x : point.x) / pixel,
  y: point.y / pixel,
});

/**
 * The mark a reader would draw: around the projected body, in pixels of the stored image, with 1 mm
 * to spare and, where spicules belong to the mass, their roots.
 */
export const markOf = (view: ViewGeometry, lesion: Lesion, side: Side, pixel: number): Box => {
  const { centre, markScale } = lesion;
  const points = sphere(600).map((way) => {
    const r = edgeAlong(lesion, way) * markScale + 1;
    const place = { d: centre.d + way.d * r, u: centre.u + way.u * r, v: centre.v + way.v * r };
    return toPixels(view.toPlane(place), side, pixel);
  });
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const x = Math.floor(Math.min(...xs));
  const y = Math.floor(Math.min(...ys));
  return { x, y, width: Math.ceil(Math.max(...xs)) - x, height: Math.ceil(Math.max(...ys)) - y };
};
