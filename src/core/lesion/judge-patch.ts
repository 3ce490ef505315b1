import { message } from '../message/message.ts';
import type { ScopeReason } from './scope.ts';
import type { WorkingImage } from '../image/working-image.ts';
import type { Box } from '../geometry/box.ts';
import { breastShare } from '../image/breast-share.ts';
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
  const sorted = Float32Array.from(patch).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  if (at(1 - MOST_WHITE) >= WHITE) return SATURATED;
  return at(0.95) - at(0.05) < LEAST_CONTRAST ? FLAT : undefined;
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
): PatchProblem | undefined => {
  const share = breastShare(image, box);
  if (share < LEAST_BREAST.any) return IN_AIR;
  if (share < LEAST_BREAST.most) return OUTSIDE;
  return contrastProblem(extractPatch(image, box, rule));
};
