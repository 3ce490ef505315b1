import { message } from '../message/message.ts';
import type { ScopeReason } from './scope.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { Box } from '../geometry/box.ts';
import { breastShare } from '../image/breast-share.ts';
import { ordered } from '../stats/order.ts';
import { extractPatch, type PatchRule } from '../features/extract-patch.ts';

/** Why a marked place holds nothing to judge. */
export type PatchProblemCode = 'in-air' | 'outside-breast' | 'no-contrast' | 'saturated';

/** A place of one view that cannot be scored, and why. */
export type PatchProblem = ScopeReason & {
  readonly code: PatchProblemCode;
  readonly severity: 'blocks';
};

/** Shares of a box on breast below which it lies in air, or mostly outside the breast. */
const LEAST_BREAST = { any: 0.05, most: 0.5 };
/** Tissue spans 0 to 1; a patch whose middle nine tenths span less than this is flat. */
const LEAST_CONTRAST = 0.02;
/** A patch with this share of its pixels at white, or more, has lost what was in it. */
const MOST_WHITE = 0.9;
/** White, but for what the percentiles of tissue are off by. */
const WHITE = 0.995;

const problem = (code: PatchProblemCode): PatchProblem => ({
  code,
  severity: 'blocks',
  text: message(`scope.${code}`),
});
const IN_AIR = problem('in-air');
const OUTSIDE = problem('outside-breast');
const FLAT = problem('no-contrast');
const SATURATED = problem('saturated');

const contrastProblem = (patch: Float32Array): PatchProblem | undefined => {
  const ranks = [0.05, 1 - MOST_WHITE, 0.95].map((share) => Math.floor(share * (patch.length - 1)));
  const [low = 0, white = 0, high = 0] = ordered(patch, ranks);
  if (white >= WHITE) return SATURATED;
  return high - low < LEAST_CONTRAST ? FLAT : undefined;
};

/**
 * Why the patch of a box (stored pixels) is no picture of tissue, so that a score of it would mean
 * nothing: in air, mostly outside the breast, saturated or without contrast. Undefined where it can
 * be judged.
 */
export const patchProblem = (
  image: WorkingImage,
  box: Box,
  rule: PatchRule,
  patch: Float32Array = extractPatch(image, box, rule),
): PatchProblem | undefined => {
  const share = breastShare(image, box);
  if (share < LEAST_BREAST.any) return IN_AIR;
  if (share < LEAST_BREAST.most) return OUTSIDE;
  return contrastProblem(patch);
};
