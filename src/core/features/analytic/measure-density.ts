import type { WorkingImage } from '../../image/working-image.ts';
import { feature, type FeatureDefinition, type Values } from './definition.ts';
import { valuesAt } from './cells.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { momentsIn, momentsOf } from './moments.ts';
import { quantilesOf } from './quantise.ts';
import { hypotenuse, logarithm } from '../../units/portable-math.ts';

const LEAST = 0.01;

/**
 * Grey in shares of the breast's range (2nd to 99.5th percentile of the whole image): density, its
 * contrast with the surround (and with a band of 0.3 effective radii, and over the pooled noise),
 * what the breast itself is like, and first-order texture. Moments are of the cells of the
 * neighbourhood; relative size is the logarithm of lesion area over breast area.
 */
export const DENSITY_FEATURES: readonly FeatureDefinition[] = [
  feature('density.mean', 'density'),
  feature('density.contrast', 'contrast with the surround'),
  feature('density.nearContrast', 'contrast with the nearest surround'),
  feature('density.contrastToNoise', 'contrast over noise'),
  feature('density.surround', 'density of the surround'),
  feature('density.breast', 'mean density of the breast'),
  feature('density.breastSd', 'variation of density in the breast'),
  feature('density.aboveBreast', 'density above that of the breast'),
  feature('density.relativeSize', 'size in the breast, logarithm', 'ln'),
  feature('density.q05', 'density of its darkest parts'),
  feature('density.q50', 'median density'),
  feature('density.q95', 'density of its brightest parts'),
  feature('texture.sd', 'variation of grey'),
  feature('texture.skewness', 'skewness of grey'),
  feature('texture.kurtosis', 'kurtosis of grey'),
  feature('texture.surroundSd', 'variation of grey in the surround'),
  feature('texture.surroundSkewness', 'skewness of grey in the surround'),
];

/** Mean, variation and cells of the whole breast. */
export type BreastGrey = Pick<ReturnType<typeof momentsIn>, 'n' | 'mean' | 'sd'>;

const breasts = new WeakMap<WorkingImage, BreastGrey>();

/** Grey of the whole breast, worked out once an image. */
export const breastGrey = (image: WorkingImage): BreastGrey => {
  const known = breasts.get(image) ?? momentsIn(image.data, image.breast);
  breasts.set(image, known);
  return known;
};

export const measureDensity = (
  frame: LesionFrame,
  breast: BreastGrey,
  pixelsPerCell: number,
): Values => {
  const { data } = frame.raster;
  const inLesion = valuesAt(data, frame.cellsIn('lesion'));
  const lesion = momentsOf(inLesion);
  const surround = momentsOf(valuesAt(data, frame.cellsIn('surround')));
  const near = momentsOf(valuesAt(data, frame.ring(0, 0.3)));
  const contrast = lesion.mean - surround.mean;
  const [q05 = 0, q50 = 0, q95 = 0] = quantilesOf(inLesion, [0.05, 0.5, 0.95]);
  return {
    'density.mean': lesion.mean,
    'density.contrast': contrast,
    'density.nearContrast': lesion.mean - near.mean,
    'density.contrastToNoise': contrast / Math.max(hypotenuse(lesion.sd, surround.sd), LEAST),
    'density.surround': surround.mean,
    'density.breast': breast.mean,
    'density.breastSd': breast.sd,
    'density.aboveBreast': lesion.mean - breast.mean,
    'density.relativeSize': logarithm(
      (lesion.n * pixelsPerCell * pixelsPerCell + 1) / (breast.n + 1),
    ),
    'density.q05': q05,
    'density.q50': q50,
    'density.q95': q95,
    'texture.sd': lesion.sd,
    'texture.skewness': lesion.skewness,
    'texture.kurtosis': lesion.kurtosis,
    'texture.surroundSd': surround.sd,
    'texture.surroundSkewness': surround.skewness,
  };
};
