import type { Network, PatchAnswer } from './network.ts';
import { sameValues } from './same-values.ts';

/** The latest patches whose answers are kept: those of two lesions of four views. */
const MOST_KEPT = 8;
/** Of a batch of more nothing is kept: such are not views that a reader has marked. */
const MOST_AT_ONCE = 4;

interface Kept {
  readonly patch: Float32Array;
  readonly answer: PatchAnswer;
}

export interface RememberingNetwork extends Network {
  /** Keeps nothing of what it was asked so far. */
  forget(): void;
}

/**
 * A network that is asked for the same patch once, value by value, as long as it is among the last few: where
 * one view of a lesion is marked or moved, the others stand. Patches and answers must not be mutated afterwards.
 */
export const rememberAnswers = (network: Network): RememberingNetwork => {
  let kept: readonly Kept[] = [];
  /** How often it was told to forget: what was asked before then is not kept either. */
  let forgotten = 0;
  const keptOf = (patch: Float32Array) => kept.find((one) => sameValues(one.patch, patch));
  return {
    ...network,
    forget: () => {
      kept = [];
      forgotten++;
    },
    answers: async (patches) => {
      if (patches.length > MOST_AT_ONCE) return network.answers(patches);
      const known = patches.map(keptOf);
      const askedAt = forgotten;
      const missing = patches.filter((_, i) => !known[i]);
      const fresh = missing.length > 0 ? await network.answers(missing) : [];
      const made = missing.map((patch, i) => ({ patch, answer: fresh[i] as PatchAnswer }));
      let next = 0;
      const asked = known.map((one) => one ?? (made[next++] as Kept));
      if (askedAt === forgotten) kept = [...new Set([...asked, ...kept])].slice(0, MOST_KEPT);
      return asked.map(({ answer }) => answer);
    },
  };
};
