import {
  descriptorWords,
  type MASS_CALCIFICATIONS,
  type MASS_DENSITIES,
  type MassDescriptors,
} from '../core/lesion/mass-descriptors.ts';
import { t } from '../i18n/phrases/text.ts';

/** "irregular, spiculated, high density", in the reader's language. */
export const describedAs = (descriptors: MassDescriptors): string =>
  descriptorWords(descriptors)
    .map((word) => t(word))
    .join(t(', '));

const CALCIFICATIONS = {
  none: 'none',
  within: 'within the mass',
  outside: 'outside the mass',
} as const;

export const calcificationWord = (value: (typeof MASS_CALCIFICATIONS)[number]): string =>
  t(CALCIFICATIONS[value]);

const DENSITIES = {
  high: 'high density',
  equal: 'equal density',
  low: 'low density',
  'fat-containing': 'fat-containing',
} as const;

export const densityWord = (value: (typeof MASS_DENSITIES)[number]): string => t(DENSITIES[value]);
