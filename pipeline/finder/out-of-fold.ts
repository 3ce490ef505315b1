import { join } from 'node:path';
import { loadFinder } from '../../src/adapters/tfjs/finder.ts';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import type { ViewCandidate } from '../../src/core/finder/view-cues.ts';
import { readGraph } from '../network/node-network.ts';
import { toHalfGraph } from '../pack/half-graph.ts';
import { findInImage, type FinderRules, type NamedFinder } from './find-in-image.ts';
import type { FinderImage } from './table.ts';

/** A network of a folder of graphs, with the float16 weights that ship. */
export const openFinder = async (folder: string, mirror: boolean): Promise<NamedFinder> => {
  await useWasmInNode();
  const graph = toHalfGraph(readGraph(folder));
  const network = await loadFinder({ file: 'model.json', input: 'view', mirror }, graph.files);
  return { network, hash: `${graph.hash}|${mirror}` };
};

export interface FoundImage extends FinderImage {
  readonly fold: number;
  readonly candidates: readonly ViewCandidate[];
}

/**
 * Candidates of every image from the network that never saw its patient: fold<k> of `graphs` on the
 * patients of fold k. Throws where an image cannot be read: the training set is whole.
 */
export async function* outOfFold(
  images: readonly FinderImage[],
  folds: ReadonlyMap<string, number>,
  imagesFolder: string,
  graphs: string,
  rules: FinderRules,
  { mirror, cacheFolder }: { mirror: boolean; cacheFolder: string },
): AsyncGenerator<FoundImage> {
  const open = new Map<number, NamedFinder>();
  for (const image of images) {
    const fold = folds.get(image.patient) ?? 0;
    const finder = open.get(fold) ?? (await openFinder(join(graphs, `fold${fold}`), mirror));
    open.set(fold, finder);
    const found = await findInImage(image, imagesFolder, rules, finder, cacheFolder);
    if (!found.ok) throw new Error(found.error);
    yield { ...image, fold, candidates: found.value.candidates };
  }
  for (const { network } of open.values()) network.dispose();
}
