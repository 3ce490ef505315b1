import type { PatchRules } from '../features/patches.ts';

/** The rule of the packs made from this training set; written into the manifest. */
export const RULES: PatchRules = {
  working: { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 },
  patch: { size: 160, context: 1.3 },
};

/** Outer folds and the seed they are dealt with; the fold networks are trained on the same. */
export const FOLDS = 5;
export const SEED = 2016;
