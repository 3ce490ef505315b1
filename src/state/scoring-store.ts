import { createStore } from 'zustand/vanilla';
import { type Lesion, marksKey } from '../core/lesion/lesion.ts';
import type { PackManifest } from '../core/pack/manifest.ts';
import type { EngineAnswer, EngineStatus, InferencePort, PatchSource } from './ports.ts';

/** The score of one lesion, always tied to the very marks it was computed from. */
export type LesionResult =
  | { readonly phase: 'running'; readonly marks: string }
  | { readonly phase: 'failed'; readonly marks: string; readonly reason: string }
  | {
      readonly phase: 'scored';
      readonly marks: string;
      /** Images in the order of the score's view lists. */
      readonly views: readonly string[];
      readonly answer: EngineAnswer;
    };

export interface ScoringState {
  readonly engine: EngineStatus;
  readonly results: Readonly<Record<string, LesionResult>>;
  /** Brings the scores up to date with the lesions: asks for what is missing, drops what is stale. */
  update(lesions: readonly Lesion[]): void;
  retry(lesion: Lesion): void;
}

export type ScoringStore = ReturnType<typeof createScoringStore>;

/** The marks on images that are open, in a stable order: only those can be scored. */
const openMarks = (lesion: Lesion, patches: PatchSource): Lesion => ({
  ...lesion,
  marks: Object.fromEntries(
    Object.entries(lesion.marks)
      .filter(([sop]) => patches.isOpen(sop))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

/**
 * Scores lesions as they are marked. One request a lesion at a time counts: an answer for marks that
 * have moved since is dropped.
 */
export const createScoringStore = (
  inference: InferencePort,
  patches: PatchSource,
  manifest: PackManifest,
) => {
  const store = createStore<ScoringState>()((set, get) => {
    const put = (id: string, result: LesionResult | undefined) =>
      set((s) => {
        const { [id]: _old, ...rest } = s.results;
        return { results: result ? { ...rest, [id]: result } : rest };
      });
    const isCurrent = (id: string, key: string) => get().results[id]?.marks === key;

    const request = async (lesion: Lesion, key: string) => {
      put(lesion.id, { phase: 'running', marks: key });
      try {
        const marks = Object.entries(lesion.marks);
        const cut = marks.map(([sop, box]) => patches.cut(sop, box, manifest.patch));
        const answer = await inference.score(lesion.id, cut);
        const views = marks.map(([sop]) => sop);
        if (answer && isCurrent(lesion.id, key))
          put(lesion.id, { phase: 'scored', marks: key, views, answer });
      } catch (error) {
        if (isCurrent(lesion.id, key))
          put(lesion.id, { phase: 'failed', marks: key, reason: (error as Error).message });
      }
    };

    return {
      engine: { phase: 'idle' },
      results: {},
      update: (lesions) => {
        if (get().engine.phase !== 'ready') return;
        const ids = new Set(lesions.map((l) => l.id));
        for (const id of Object.keys(get().results)) if (!ids.has(id)) put(id, undefined);
        for (const lesion of lesions.map((l) => openMarks(l, patches))) {
          const key = marksKey(lesion);
          if (key === '') put(lesion.id, undefined);
          else if (!isCurrent(lesion.id, key)) void request(lesion, key);
        }
      },
      retry: (lesion) => {
        const open = openMarks(lesion, patches);
        void request(open, marksKey(open));
      },
    };
  });
  inference.onStatus((engine) => store.setState({ engine }));
  return store;
};
