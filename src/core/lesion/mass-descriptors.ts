import { z } from 'zod';

/** Mass descriptors of the ACR BI-RADS Atlas, 5th edition (2013), mammography, B.2. */
export const MASS_SHAPES = ['oval', 'round', 'irregular'] as const;
export const MASS_MARGINS = [
  'circumscribed',
  'obscured',
  'microlobulated',
  'indistinct',
  'spiculated',
] as const;
export const MASS_DENSITIES = ['high', 'equal', 'low', 'fat-containing'] as const;
/** Associated calcifications. */
export const MASS_CALCIFICATIONS = ['none', 'within', 'outside'] as const;

/** What the reader says of how a mass looks; each part may be left open. */
export const massDescriptorsSchema = z.object({
  shape: z.enum(MASS_SHAPES).optional(),
  margin: z.enum(MASS_MARGINS).optional(),
  density: z.enum(MASS_DENSITIES).optional(),
  calcifications: z.enum(MASS_CALCIFICATIONS).optional(),
});
export type MassDescriptors = Readonly<z.infer<typeof massDescriptorsSchema>>;

const CALCIFICATION_WORDS = {
  none: 'no calcifications',
  within: 'calcifications within the mass',
  outside: 'calcifications outside the mass',
} as const;
const DENSITY_WORDS = {
  high: 'high density',
  equal: 'equal density',
  low: 'low density',
  'fat-containing': 'fat-containing',
} as const;

/** The descriptors in the words of the atlas, in its order: "irregular", "spiculated", "high density". */
export const descriptorWords = ({ shape, margin, density, calcifications }: MassDescriptors) => [
  ...(shape ? [shape] : []),
  ...(margin ? [margin] : []),
  ...(density ? [DENSITY_WORDS[density]] : []),
  ...(calcifications ? [CALCIFICATION_WORDS[calcifications]] : []),
];

/** Whether nothing is described. */
export const isUndescribed = (descriptors: MassDescriptors | undefined): boolean =>
  !descriptors || descriptorWords(descriptors).length === 0;
