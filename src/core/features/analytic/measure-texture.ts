import { feature, type FeatureDefinition, type Values, type Wanted } from './definition.ts';
import { coOccurrence, offsetsAt } from './glcm.ts';
import { HARALICK_NAMES, haralick } from './haralick.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { momentsOf } from './moments.ts';
import { quantise } from './quantise.ts';
import { logarithm } from '../../units/portable-math.ts';

const LEVELS = 32;
/** Pixel distance of co-occurrence in cells: 2 and 4 are 2.75 % and 5.5 % of the longer box side. */
const HARALICK = [
  { where: 'lesion', distance: 2, words: 'in the lesion' },
  { where: 'surround', distance: 4, words: 'around the lesion' },
] as const;

const WORDS: Readonly<Record<(typeof HARALICK_NAMES)[number], string>> = {
  energy: 'uniformity of texture',
  contrast: 'local contrast of texture',
  correlation: 'correlation of texture',
  variance: 'variance of texture',
  homogeneity: 'homogeneity of texture',
  sumAverage: 'sum average of texture',
  sumVariance: 'sum variance of texture',
  sumEntropy: 'sum entropy of texture',
  entropy: 'disorder of texture',
  differenceVariance: 'difference variance of texture',
  differenceEntropy: 'difference entropy of texture',
  information1: 'first information measure of texture',
  information2: 'second information measure of texture',
};

/** Bands of detail: between Gaussians of these sigmas, each the double of the one before. */
const SIGMAS = [0.7, 1.4, 2.8, 5.6, 11.2];
/** The unit of a sigma: cells of the lesion frame (1.4 % of the longer box side), or 0.2 mm. */
const BANDS = [
  { name: 'size', words: 'relative to its size' },
  { name: 'mm', words: 'in millimetres' },
] as const;
const PLACES = [
  { where: 'lesion', words: 'in the lesion' },
  { where: 'surround', words: 'around the lesion' },
] as const;
const STRENGTH_PLACES = [
  ...PLACES.slice(0, 1),
  { where: 'margin', words: 'at the margin' },
  ...PLACES.slice(1),
] as const;
const FAINTEST = 1e-5;
const MM_UNIT = 0.2;
const MOST_SKEW = 4;

const bandNames = BANDS.flatMap((band) =>
  SIGMAS.slice(1).flatMap((_, k) => PLACES.map((place) => ({ band, k, place }))),
);

/**
 * Haralick's 13 features of 32 grey levels between the percentiles of the region (so neither
 * brightness nor contrast of the film enters), over four directions (Haralick 1973); and how bands
 * of detail (differences of Gaussians) are distributed: skewness (cut at 4) and the logarithm of
 * kurtosis + 3, bright specks and strands against an even mottle.
 */
export const TEXTURE_FEATURES: readonly FeatureDefinition[] = [
  ...HARALICK.flatMap(({ where, words }) =>
    HARALICK_NAMES.map((n) => feature(`haralick.${where}.${n}`, `${WORDS[n]} ${words}`)),
  ),
  ...bandNames.flatMap(({ band, k, place }) => {
    const detail = `detail of scale ${k + 1} ${place.words}, ${band.words}`;
    const id = `${band.name}.${k}.${place.where}`;
    return [
      feature(`band.skewness.${id}`, `brightness of ${detail}`),
      feature(`band.kurtosis.${id}`, `sparseness of ${detail}`),
    ];
  }),
];

/** How strong each band of detail is: the logarithm of its standard deviation. */
export const STRENGTH_FEATURES: readonly FeatureDefinition[] = BANDS.flatMap((band) =>
  SIGMAS.slice(1).flatMap((_, k) =>
    STRENGTH_PLACES.map((place) =>
      feature(
        `bandStrength.${band.name}.${k}.${place.where}`,
        `strength of detail of scale ${k + 1} ${place.words}, ${band.words}`,
        'ln',
      ),
    ),
  ),
);

/** A band of detail at some cells: what the wider of two Gaussians takes away. */
const bandAt = (fine: Float32Array, wide: Float32Array, cells: Int32Array): Float32Array => {
  const band = new Float32Array(cells.length);
  for (let k = 0; k < cells.length; k++) {
    const i = cells[k] as number;
    band[k] = (fine[i] as number) - (wide[i] as number);
  }
  return band;
};

/** The bands that go by the lesion's size, in the frame that does, or by millimetres, in that one. */
export const measureBands = (
  frame: LesionFrame,
  name: (typeof BANDS)[number]['name'],
  wanted: Wanted,
): Values => {
  const unit = name === 'mm' ? MM_UNIT / frame.mmPerCell : 1;
  const values: Values = {};
  SIGMAS.slice(1).forEach((wide, k) => {
    for (const { where } of STRENGTH_PLACES) {
      const id = `${name}.${k}.${where}`;
      const kinds = ['bandStrength', 'band.skewness', 'band.kurtosis'];
      if (!kinds.some((kind) => wanted.has(`${kind}.${id}`))) continue;
      const band = bandAt(
        frame.smooth((SIGMAS[k] as number) * unit, 1, 0).data,
        frame.smooth(wide * unit, 1, 0).data,
        frame.cellsIn(where),
      );
      const { sd, skewness, kurtosis } = momentsOf(band);
      values[`bandStrength.${id}`] = logarithm(sd + FAINTEST);
      values[`band.skewness.${id}`] = Math.min(Math.max(skewness, -MOST_SKEW), MOST_SKEW);
      values[`band.kurtosis.${id}`] = logarithm(Math.max(kurtosis, -2) + 3);
    }
  });
  return values;
};

export const measureTexture = (frame: LesionFrame, wanted: Wanted): Values => {
  const values: Values = {};
  for (const { where, distance } of HARALICK) {
    const names = HARALICK_NAMES.map((n) => `haralick.${where}.${n}`);
    if (!names.some((name) => wanted.has(name))) continue;
    const { width, data } = frame.raster;
    const cells = frame.cellsIn(where);
    const grey = quantise(data, cells, LEVELS);
    const h = haralick(coOccurrence(grey, cells, width, offsetsAt(distance), LEVELS), LEVELS);
    names.forEach((name, i) => (values[name] = h[i] as number));
  }
  return values;
};
