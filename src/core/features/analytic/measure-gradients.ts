import { feature, type FeatureDefinition, type Values, type Wanted } from './definition.ts';
import { fullWidthHalfMaximum, gradientAngles } from './gradient-angle.ts';
import { NEIGHBOURHOODS, type LesionFrame } from './lesion-frame.ts';
import { momentsOf } from './moments.ts';

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

export const measureGradients = (frame: LesionFrame, wanted: Wanted): Values => {
  const values: Values = {};
  const { cx, cy } = frame;
  for (const { name, sigma } of SCALES)
    for (const where of NEIGHBOURHOODS) {
      const [fwhm, radial] = [`fwhm.${where}.${name}`, `radialGradient.${where}.${name}`];
      const sd = where === 'lesion' ? `gradient.sd.${name}` : undefined;
      const angles = wanted.has(fwhm);
      if (!angles && !wanted.has(radial) && !(sd && wanted.has(sd))) continue;
      const raster = frame.smooth(sigma, where === 'box' ? Number.POSITIVE_INFINITY : 1, 2);
      const cells = frame.cellsIn(where);
      const { histogram, inward, length, sizes } = gradientAngles(raster, cells, cx, cy, angles);
      if (angles) values[fwhm] = fullWidthHalfMaximum(histogram);
      values[radial] = length > 0 ? inward / length : 0;
      if (sd) values[sd] = momentsOf(sizes).sd;
    }
  return values;
};
