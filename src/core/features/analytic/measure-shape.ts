import type { Box } from '../../geometry/box.ts';
import { pitchOf } from '../../segmentation/nominal-pitch.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { feature, type FeatureDefinition, type Values } from './definition.ts';
import type { ImageScale } from './lesion-cut.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { radialLength, shapeOf } from './shape.ts';
import { logarithm } from '../../units/portable-math.ts';

/** Shape of the outline, its radial length, and the size of the reader's box. */
export const SHAPE_FEATURES: readonly FeatureDefinition[] = [
  feature('shape.diameter', 'effective diameter', 'mm'),
  feature('shape.circularity', 'circularity'),
  feature('shape.irregularity', 'irregularity'),
  feature('shape.elongation', 'elongation'),
  feature('shape.convexity', 'convexity'),
  feature('radius.mean', 'mean radial length'),
  feature('radius.sd', 'variation of the radial length'),
  feature('radius.entropy', 'entropy of the radial length', 'bit'),
  feature('radius.excess', 'area beyond the mean radius'),
  feature('radius.roughness', 'roughness of the outline'),
  feature('box.side', 'longer side of the box, logarithm', 'ln mm'),
  feature('box.aspect', 'width over height of the box, logarithm', 'ln'),
  feature('outline.quality', 'clearness of the outline'),
];

/**
 * Diameter in mm of the image, or at NOMINAL_MM a working pixel where spacing is unknown (as it is
 * for the training films), so that training and reading use one definition.
 */
export const measureShape = (
  { polygon, mmPerCell }: LesionFrame,
  scale: ImageScale,
  box: Box,
  contour: LesionContour,
): Values => {
  const shape = shapeOf(polygon);
  const radius = radialLength(polygon);
  const [width, height] = [box.width / scale.columnsPerPixel, box.height / scale.rowsPerPixel];
  return {
    'shape.diameter': shape.diameter * mmPerCell,
    'shape.circularity': shape.circularity,
    'shape.irregularity': shape.irregularity,
    'shape.elongation': shape.elongation,
    'shape.convexity': shape.convexity,
    'radius.mean': radius.mean,
    'radius.sd': radius.sd,
    'radius.entropy': radius.entropy,
    'radius.excess': radius.excess,
    'radius.roughness': radius.roughness,
    'box.side': logarithm(Math.max(width, height) * pitchOf(scale)),
    'box.aspect': logarithm(width / height),
    'outline.quality': contour.quality,
  };
};
