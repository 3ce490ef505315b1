import type { MammogramImage } from '../../image/mammogram-image.ts';
import { type Calibration, calibrationOf } from './calibration.ts';
import { type EllipseValues, ellipseValues } from './ellipse-values.ts';
import { angleAt, distanceBetween, ellipseArea, extentBetween } from './geometry.ts';
import type { MeasuredShape } from './measurement.ts';

/**
 * What a shape measures. Lengths in mm and areas in mm² of the plane that the calibration names; in
 * pixels of a column's width where there is none. Angles in degrees.
 */
export type Reading = { readonly calibration: Calibration } & (
  | { readonly kind: 'distance'; readonly length: number }
  | {
      readonly kind: 'ellipse';
      readonly width: number;
      readonly height: number;
      readonly area: number;
      readonly values: EllipseValues | undefined;
    }
  | { readonly kind: 'angle'; readonly degrees: number }
);

/** Measures a shape on its image. */
export const measure = (shape: MeasuredShape, image: MammogramImage): Reading => {
  const calibration = calibrationOf(image);
  const [a, b] = shape.points;
  switch (shape.kind) {
    case 'distance':
      return { kind: 'distance', calibration, length: distanceBetween(a, b, calibration) };
    case 'ellipse':
      return {
        kind: 'ellipse',
        calibration,
        ...extentBetween(a, b, calibration),
        area: ellipseArea(a, b, calibration),
        values: ellipseValues(image, a, b),
      };
    case 'angle':
      return {
        kind: 'angle',
        calibration,
        degrees: angleAt(b, a, shape.points[2], calibration),
      };
  }
};
