import type { Network } from '../../src/adapters/tfjs/network.ts';
import type { Problem, Roi } from '../data/rois.ts';
import { progress } from '../progress.ts';
import { fileCache, hashOf } from './file-cache.ts';
import { ORIGINAL, patchesOf, type Patch, type PatchRules, type Variant } from './patches.ts';

export interface RoiFeatures {
  readonly roi: Roi;
  readonly vector: Float32Array;
  /** Name of the variant of the image or box, 'original' unless others were asked for. */
  readonly variant: string;
}

export interface Extraction {
  readonly features: readonly RoiFeatures[];
  readonly problems: readonly Problem[];
  /** Boxes that went through the network in this run, and how many a second. */
  readonly computed: number;
  readonly perSecond: number;
}

/** A network with a name that changes whenever its answers may. */
export interface NamedNetwork {
  readonly network: Network;
  readonly hash: string;
}

const BATCH = 8;

/**
 * Feature vectors of boxes. Both patches and vectors are kept under `cacheFolder`, keyed by image,
 * box, rules and network, so that a run that was interrupted goes on and an unchanged one is quick.
 */
export const extractFeatures = async (
  rois: readonly Roi[],
  imagesFolder: string,
  rules: PatchRules,
  { network, hash }: NamedNetwork,
  {
    cacheFolder,
    label = 'features',
    variants = [ORIGINAL],
  }: {
    cacheFolder: string;
    label?: string;
    variants?: readonly Variant[];
  },
): Promise<Extraction> => {
  const cache = fileCache(`${cacheFolder}/features`);
  const bar = progress(label, rois.length, 'boxes');
  const found = new Map<string, Float32Array>();
  const nameOf = ({ roi, variant }: Pick<Patch, 'roi' | 'variant'>) => `${roi.line}|${variant}`;
  const problems: Problem[] = [];
  let [waiting, computed, spent]: [Patch[], number, number] = [[], 0, 0];
  const flush = async () => {
    const start = performance.now();
    const vectors = await network.features(waiting.map((patch) => patch.pixels));
    spent += performance.now() - start;
    waiting.forEach((patch, i) => {
      const vector = vectors[i] as Float32Array;
      cache.put(hashOf(hash, patch.key), vector);
      found.set(nameOf(patch), vector);
    });
    computed += waiting.length;
    waiting = [];
  };
  const options = { cacheFolder: `${cacheFolder}/patches`, bar, variants };
  for await (const patch of patchesOf(rois, imagesFolder, rules, options)) {
    if (!patch.ok) {
      problems.push(patch.error);
      continue;
    }
    const kept = cache.get(hashOf(hash, patch.value.key));
    if (kept) found.set(nameOf(patch.value), kept);
    else if (waiting.push(patch.value) === BATCH) await flush();
  }
  if (waiting.length) await flush();
  bar.done();
  const features = variants.flatMap(({ name }) =>
    rois.flatMap((roi) => {
      const vector = found.get(nameOf({ roi, variant: name }));
      return vector ? [{ roi, vector, variant: name }] : [];
    }),
  );
  return { features, problems, computed, perSecond: spent ? (computed * 1000) / spent : 0 };
};
