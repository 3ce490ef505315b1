import type { FinderGraph, Look } from './finder.ts';
import type { Network, PatchAnswer } from './network.ts';

/** What a lane's network does for a batch. */
export type Sharer = Pick<Network, 'features' | 'answers' | 'dispose'>;

/** The same network in another worker. */
export interface Lane extends Sharer {
  /** The finder's graph there as well. Rejects where it cannot be loaded. */
  openFinder(graph: FinderGraph, files: ReadonlyMap<string, ArrayBuffer>): Promise<Look>;
}

/** Cuts a list into `count` runs of lengths that differ by one at most, the longer ones first. */
export const sharesOf = <T>(list: readonly T[], count: number): (readonly T[])[] =>
  Array.from({ length: count }, (_, i) => {
    const rest = list.length % count;
    const start = i * Math.floor(list.length / count) + Math.min(i, rest);
    return list.slice(start, start + Math.floor(list.length / count) + (i < rest ? 1 : 0));
  });

/**
 * One network of several lanes: a batch is shared out evenly among those that are open by then and
 * runs in all at once; a single patch runs in `own`. A lane that fails is let go, and its share runs
 * in `own` instead. `others` never reject; undefined is a lane that does not come about.
 */
export const inLanes = (own: Network, others: readonly Promise<Sharer | undefined>[]): Network => {
  let lanes: readonly Sharer[] = [];
  let isDisposed = false;
  for (const opening of others)
    void opening.then((lane) => {
      if (!lane) return;
      if (isDisposed) lane.dispose();
      else lanes = [...lanes, lane];
    });
  const letGo = (lane: Sharer) => {
    lanes = lanes.filter((other) => other !== lane);
    lane.dispose();
  };
  const spread = async <T>(
    patches: readonly Float32Array[],
    run: (lane: Sharer, share: readonly Float32Array[]) => Promise<T[]>,
  ): Promise<T[]> => {
    const asked = lanes;
    const [first = [], ...shares] = sharesOf(patches, asked.length + 1);
    const elsewhere = shares.map(async (share, i) => {
      if (share.length === 0) return [];
      const lane = asked[i] as Sharer;
      try {
        return await run(lane, share);
      } catch {
        letGo(lane);
        return run(own, share);
      }
    });
    return (await Promise.all([run(own, first), ...elsewhere])).flat();
  };
  return {
    features: (patches) => spread<Float32Array>(patches, (lane, share) => lane.features(share)),
    answers: (patches) => spread<PatchAnswer>(patches, (lane, share) => lane.answers(share)),
    warmUp: own.warmUp,
    dispose: () => {
      isDisposed = true;
      [own, ...lanes].forEach((lane) => lane.dispose());
    },
  };
};
