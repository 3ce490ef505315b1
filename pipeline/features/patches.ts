import { sayIn } from '../../src/i18n/say.ts';
import { join } from 'node:path';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import {
  toWorkingImage,
  type WorkingImage,
  type WorkingRule,
} from '../../src/core/image/working-image.ts';
import { clipBox, isBoxInside, type Box } from '../../src/core/geometry/box.ts';
import { extractPatch, type PatchRule } from '../../src/core/features/extract-patch.ts';
import { patchProblem } from '../../src/core/lesion/judge-patch.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';
import { decodeImage, readBytes } from '../data/read-image.ts';
import type { Problem, Roi } from '../data/rois.ts';
import { fileCache, hashOf } from './file-cache.ts';
import type { Progress } from '../progress.ts';

/** How a box becomes a patch: the pack's two rules. */
export interface PatchRules {
  readonly working: WorkingRule;
  readonly patch: PatchRule;
}

/** A changed image or box, for robustness tests; `name` enters the cache key. */
export interface Variant {
  readonly name: string;
  readonly image?: (image: MammogramImage) => MammogramImage;
  readonly box?: (box: Box) => Box;
}

export interface Patch {
  readonly roi: Roi;
  /** Name of the variant it was cut from. */
  readonly variant: string;
  /** Names the patch by everything it was made from. */
  readonly key: string;
  /** size x size grey in [0, 1], row-major. */
  readonly pixels: Float32Array;
}

/** How far a box may reach over the edge by rounding; it is cut at the edge. */
const ROUNDING = 1;

/** A box of a table cut at the edges of its image, or why it is none of that image. */
export const usableBox = (
  box: Box,
  { columns, rows }: Pick<MammogramImage, 'columns' | 'rows'>,
): Result<Box, string> => {
  const clipped = clipBox(box, columns, rows);
  const over = Math.max(box.width - clipped.width, box.height - clipped.height);
  const text = `x ${box.x}, y ${box.y}, ${box.width} x ${box.height}`;
  if (over > ROUNDING)
    return err(`the box (${text}) reaches outside the image of ${columns} x ${rows} pixels`);
  if (!isBoxInside(clipped, columns, rows)) return err(`the box (${text}) is too small`);
  return ok(clipped);
};

const keyOf = (bytes: string, roi: Roi, rules: PatchRules, variant: Variant): string =>
  hashOf('patch 2', bytes, { box: roi.box, aspect: roi.pixelAspect, rules, variant: variant.name });

export const ORIGINAL: Variant = { name: 'original' };

/** The working image of a variant; variants that change only the box share the unchanged one. */
const workingImages = (image: MammogramImage, rule: WorkingRule) => {
  const made = new Map<Variant['image'], WorkingImage>();
  return (variant: Variant): WorkingImage => {
    const known = made.get(variant.image);
    if (known) return known;
    const working = toWorkingImage(variant.image?.(image) ?? image, rule);
    made.set(variant.image, working);
    return working;
  };
};

/**
 * Cuts the patches of one image; it is decoded only when one of them is not kept yet. A box that holds
 * nothing to judge is a problem of its row, as it has no score on screen.
 */
const patchesOfImage = async (
  rois: readonly Roi[],
  path: string,
  rules: PatchRules,
  variants: readonly Variant[],
  cache: ReturnType<typeof fileCache>,
): Promise<Result<Patch, Problem>[]> => {
  const refuse = (reason: string) => rois.map(({ line }) => err({ line, reason }));
  const bytes = await readBytes(path);
  if (!bytes.ok) return refuse(`${rois[0]?.image}: ${bytes.error}`);
  const content = hashOf(bytes.value);
  const kept = rois.flatMap((roi) =>
    variants.map((variant) => {
      const key = keyOf(content, roi, rules, variant);
      return { roi, variant: variant.name, key, pixels: cache.get(key) };
    }),
  );
  const whole = kept.every((patch): patch is Patch => patch.pixels !== undefined);
  if (whole) return kept.map(ok);
  const image = await decodeImage(bytes.value, rois[0]?.image ?? '', rois[0]?.pixelAspect);
  if (!image.ok) return refuse(image.error);
  const working = workingImages(image.value, rules.working);
  return rois.flatMap((roi): Result<Patch, Problem>[] => {
    const box = usableBox(roi.box, image.value);
    if (!box.ok) return [err({ line: roi.line, reason: box.error })];
    const problem = patchProblem(working(ORIGINAL), box.value, rules.patch);
    if (problem)
      return [err({ line: roi.line, reason: `${roi.image}: ${sayIn('en', problem.text)}` })];
    return variants.map((variant) => {
      const key = keyOf(content, roi, rules, variant);
      const wanted = variant.box?.(box.value) ?? box.value;
      const pixels = extractPatch(working(variant), wanted, rules.patch);
      cache.put(key, pixels);
      return ok({ roi, variant: variant.name, key, pixels });
    });
  });
};

const byImage = (rois: readonly Roi[]): Roi[][] => {
  const groups = new Map<string, Roi[]>();
  for (const roi of rois) {
    // Rows that disagree about a picture's aspect are read apart.
    const key = `${roi.image}|${roi.pixelAspect ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(roi);
    else groups.set(key, [roi]);
  }
  return [...groups.values()];
};

/**
 * The patches of `rois`, image by image, one a variant, with problems for rows that have none.
 * Patches are kept in `cacheFolder` and not cut again.
 */
export async function* patchesOf(
  rois: readonly Roi[],
  imagesFolder: string,
  rules: PatchRules,
  {
    variants = [ORIGINAL],
    cacheFolder,
    bar,
  }: { variants?: readonly Variant[]; cacheFolder: string; bar?: Progress },
): AsyncGenerator<Result<Patch, Problem>> {
  const cache = fileCache(cacheFolder);
  for (const group of byImage(rois)) {
    const path = join(imagesFolder, group[0]?.image ?? '');
    yield* await patchesOfImage(group, path, rules, variants, cache);
    bar?.step(group.length);
  }
}
