import { gaussianSmooth } from '../../segmentation/smooth.ts';
import { cellsOf } from './cells.ts';
import { feature, type FeatureDefinition, type Values } from './definition.ts';
import { fullWidthHalfMaximum, gradientAngles, radialGradientOf } from './gradient-angle.ts';
import { NEIGHBOURHOODS, type LesionFrame } from './lesion-frame.ts';
import { momentsOf } from './moments.ts';
import { sobelGradient } from './sobel.ts';

/** Smoothing before the gradient, cells of the lesion frame (72.7 to the longer side of the box). */
const SCALES = [
  { name: 'fine', sigma: 1 },
  { name: 'coarse', sigma: 3 },
] as const;

const WHERE = {
  lesion: 'in the lesion',
  margin: 'at the margin',
  surround: 'around the lesion',
  box: 'in the box',
} as const;

/**
 * Spiculation by gradient angles (Huo et al., Acad Radiol 5, 1998) in four neighbourhoods at two
 * scales: `fwhm`, the full width at half maximum of the histogram of angles between gradient and
 * radius, degrees; `radialGradient`, the sum of inward gradients over the sum of their lengths, -1
 * to 1. With them the standard deviation of the gradient's length in the lesion.
 */
export const GRADIENT_FEATURES: readonly FeatureDefinition[] = SCALES.flatMap(({ name }) => [
  ...NEIGHBOURHOODS.flatMap((where) => [
    feature(`fwhm.${where}.${name}`, `spread of gradient angles ${WHERE[where]}, ${name}`, '°'),
    feature(`radialGradient.${where}.${name}`, `radial gradient ${WHERE[where]}, ${name}`),
  ]),
  feature(`gradient.sd.${name}`, `variation of edges in the lesion, ${name}`),
]);

export const measureGradients = (frame: LesionFrame): Values => {
  const values: Values = {};
  const { raster, cx, cy } = frame;
  const places = NEIGHBOURHOODS.map((where) => ({ where, cells: cellsOf(frame.cells[where]) }));
  const lesion = cellsOf(frame.cells.lesion);
  for (const { name, sigma } of SCALES) {
    const gradient = radialGradientOf(
      sobelGradient(gaussianSmooth(raster, sigma)),
      raster.width,
      cx,
      cy,
    );
    for (const { where, cells } of places) {
      const { histogram, inward, length } = gradientAngles(gradient, cells);
      values[`fwhm.${where}.${name}`] = fullWidthHalfMaximum(histogram);
      values[`radialGradient.${where}.${name}`] = length > 0 ? inward / length : 0;
    }
    const size = Float32Array.from(lesion, (i) => gradient.size[i] as number);
    values[`gradient.sd.${name}`] = momentsOf(size).sd;
  }
  return values;
};
