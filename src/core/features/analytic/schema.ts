import type { FeatureDefinition } from './definition.ts';
import { DENSITY_FEATURES } from './measure-density.ts';
import { GRADIENT_FEATURES } from './measure-gradients.ts';
import { MARGIN_FEATURES } from './measure-margin.ts';
import { PATTERN_FEATURES } from './measure-patterns.ts';
import { SHAPE_FEATURES } from './measure-shape.ts';
import { SPICULE_FEATURES } from './measure-spicules.ts';
import { STRENGTH_FEATURES, TEXTURE_FEATURES } from './measure-texture.ts';

/**
 * Names what is measured and how; a pack measured in another way must not be read with this. Features
 * may join: packs name those that they use.
 */
export const ANALYTIC_SCHEMA_ID = 'tandem-analytic-1';

/** Every analytic feature, in the order of the vector. */
export const ANALYTIC_FEATURES: readonly FeatureDefinition[] = [
  ...SHAPE_FEATURES,
  ...GRADIENT_FEATURES,
  ...MARGIN_FEATURES,
  ...DENSITY_FEATURES,
  ...TEXTURE_FEATURES,
  ...SPICULE_FEATURES,
  ...PATTERN_FEATURES,
  ...STRENGTH_FEATURES,
];
