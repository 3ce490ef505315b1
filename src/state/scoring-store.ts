import { createStore } from 'zustand/vanilla';
import { type Lesion, marksKey } from '../core/lesion/lesion.ts';
import type { ImagePoint } from '../core/segmentation/types.ts';
import { describeLesion } from '../core/features/analytic/described.ts';
import type { AnalyticVectors, MeasuredView } from '../core/lesion/view-input.ts';
import { PERTURBATIONS } from '../core/lesion/perturbations.ts';
import type { Box } from '../core/roi/box.ts';
import type { PatchProblem } from '../core/roi/judge-patch.ts';
import type { Likelihood } from '../core/units.ts';
import type { EngineAnswer, EngineStatus, InferencePort, ViewSource } from './ports.ts';

/** The score of one lesion, always tied to the very marks it was computed from. */
export type LesionResult =
  | { readonly phase: 'running'; readonly marks: string }
  | { readonly phase: 'failed'; readonly marks: string; readonly reason: string }
  | {
      /** A marked place holds nothing to judge: no number. */
      readonly phase: 'withheld';
      readonly marks: string;
      /** Why, by SOP Instance UID of the view. */
      readonly problems: Readonly<Record<string, PatchProblem>>;
    }
  | {
      readonly phase: 'scored';
      readonly marks: string;
      /** Images in the order of the score's view lists. */
      readonly views: readonly string[];
      /** The outline of the lesion in each view, in the same order. */
      readonly outlines: readonly Outline[];
      /** The lesion's described features (core/features/analytic/described); absent without that arm. */
      readonly described?: readonly number[];
      readonly answer: EngineAnswer;
      readonly stability?: Stability;
    };

/** The fused likelihoods, at training prevalence, of the lesion's boxes moved and scaled a little. */
export type Stability =
  | { readonly phase: 'running' }
  | { readonly phase: 'failed'; readonly reason: string }
  | { readonly phase: 'done'; readonly likelihoods: readonly Likelihood[] };

/** An outline without its mask: pixels stay out of the store. */
export interface Outline {
  /** Closed, in stored pixels. */
  readonly polygon: readonly ImagePoint[];
  /** 0 to 1: how clearly the outline is an edge. */
  readonly quality: number;
}

export interface ScoringState {
  readonly engine: EngineStatus;
  readonly results: Readonly<Record<string, LesionResult>>;
  /** Brings the scores up to date with the lesions: asks for what is missing, drops what is stale. */
  update(lesions: readonly Lesion[]): void;
  /**
   * Computes the score of a lesion whose marks may come to stand like this, and shows nothing: when
   * they do, `update` has it at once. Left alone while the lesion's own score is under way, and where
   * the last score took so long that a vain one would be in the way.
   */
  anticipate(lesion: Lesion): void;
  retry(lesion: Lesion): void;
  /** Scores the lesion again with its boxes moved and scaled a little: does the number hold? */
  examineStability(lesion: Lesion): Promise<void>;
}

export type ScoringStore = ReturnType<typeof createScoringStore>;

const vectorsOf = (measured: readonly MeasuredView[]): AnalyticVectors =>
  measured.map(({ analytic }) => analytic);

/** The marks on images that are open, in a stable order: only those can be scored. */
const openMarks = (lesion: Lesion, views: ViewSource): Lesion => ({
  ...lesion,
  marks: Object.fromEntries(
    Object.entries(lesion.marks)
      .filter(([sop]) => views.isOpen(sop))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

const describedOf = (inputs: readonly MeasuredView[]): { described?: readonly number[] } => {
  const measured = inputs.flatMap((input) => (input.measured ? [input.measured] : []));
  return measured.length === inputs.length && measured.length > 0
    ? { described: describeLesion(measured) }
    : {};
};

type Marks = readonly (readonly [sop: string, box: Box])[];

/** The marks once for each perturbation; all views move alike. */
const perturbedMarks = (marks: Lesion['marks'], views: ViewSource): readonly Marks[] =>
  PERTURBATIONS.map((perturbation) =>
    Object.entries(marks).map(
      ([sop, box]) => [sop, views.perturbed(sop, box, perturbation)] as const,
    ),
  );

/** A network that takes longer for a lesion is not asked before its marks stand, ms. */
const QUICK_MS = 300;

type Answered = LesionResult & { readonly phase: 'scored' | 'withheld' };

const problemsOf = (marks: Marks, measured: readonly MeasuredView[]) =>
  Object.fromEntries(
    measured.flatMap(({ problem }, i) => (problem ? [[marks[i]?.[0] ?? '', problem]] : [])),
  );

/** A score that was asked for before its marks stood; undefined where nothing came of it. */
interface Ahead {
  readonly id: string;
  readonly marks: string;
  readonly promise: Promise<Answered | undefined>;
  result?: Answered;
}

/**
 * Scores lesions as they are marked. One request a lesion at a time counts: an answer for marks that
 * have moved since is dropped.
 */
export const createScoringStore = (inference: InferencePort, views: ViewSource) => {
  const store = createStore<ScoringState>()((set, get) => {
    const put = (id: string, result: LesionResult | undefined) =>
      set((s) => {
        const { [id]: _old, ...rest } = s.results;
        return { results: result ? { ...rest, [id]: result } : rest };
      });
    const isCurrent = (id: string, key: string) => get().results[id]?.marks === key;

    const patchesOf = (marks: Marks) =>
      Promise.all(marks.map(([sop, box]) => views.patch(sop, box)));
    /** Whoever does not wait to the end for it must not be told of its failure by the browser. */
    const measurementsOf = (marks: Marks) => {
      const measuring = Promise.all(marks.map(([sop, box]) => views.measure(sop, box)));
      measuring.catch(() => undefined);
      return measuring;
    };

    let ahead: Ahead | undefined;
    let isQuick = false;

    /** Undefined where a newer request took this one's place, or nobody waits for it any more. */
    const compute = async (lesion: Lesion, key: string, isWanted: () => boolean) => {
      const marks = Object.entries(lesion.marks);
      // Asked for in this order: the network starts on the patches while the rest is measured.
      const cut = patchesOf(marks);
      const measuring = measurementsOf(marks);
      const patches = await cut;
      if (!isWanted()) return undefined;
      const answer = await inference.score(lesion.id, patches, measuring.then(vectorsOf));
      if (!answer) return undefined;
      const measured = await measuring;
      isQuick = answer.milliseconds.network <= QUICK_MS;
      const problems = problemsOf(marks, measured);
      if (Object.keys(problems).length > 0)
        return { phase: 'withheld', marks: key, problems } satisfies Answered;
      return {
        phase: 'scored',
        marks: key,
        views: marks.map(([sop]) => sop),
        outlines: measured.map(({ contour: { polygon, quality } }) => ({ polygon, quality })),
        ...describedOf(measured),
        answer,
      } satisfies Answered;
    };

    const request = async (lesion: Lesion, key: string) => {
      const early = ahead?.id === lesion.id && ahead.marks === key ? ahead : undefined;
      if (ahead?.id === lesion.id) ahead = undefined;
      if (early?.result) return put(lesion.id, early.result);
      put(lesion.id, { phase: 'running', marks: key });
      const isWanted = () => isCurrent(lesion.id, key);
      try {
        const result = (await early?.promise) ?? (await compute(lesion, key, isWanted));
        if (result && isWanted()) put(lesion.id, result);
      } catch (error) {
        if (isWanted())
          put(lesion.id, { phase: 'failed', marks: key, reason: (error as Error).message });
      }
    };

    const askAhead = (lesion: Lesion, key: string): Ahead => {
      const isWanted = () => ahead === own || isCurrent(lesion.id, key);
      const own: Ahead = {
        id: lesion.id,
        marks: key,
        // Why it failed is said when it fails again for marks that stand.
        promise: Promise.resolve()
          .then(() => compute(lesion, key, isWanted))
          .catch(() => undefined),
      };
      void own.promise.then((result) => {
        if (result) own.result = result;
      });
      return own;
    };

    return {
      engine: { phase: 'idle' },
      results: {},
      update: (lesions) => {
        if (get().engine.phase !== 'ready') return;
        const ids = new Set(lesions.map((l) => l.id));
        for (const id of Object.keys(get().results)) if (!ids.has(id)) put(id, undefined);
        for (const lesion of lesions.map((l) => openMarks(l, views))) {
          const key = marksKey(lesion);
          if (key === '') put(lesion.id, undefined);
          else if (!isCurrent(lesion.id, key)) void request(lesion, key);
        }
      },
      anticipate: (lesion) => {
        const { engine, results } = get();
        const marked = openMarks(lesion, views);
        const key = marksKey(marked);
        const isUnderWay = results[lesion.id]?.phase === 'running' || ahead?.marks === key;
        if (engine.phase !== 'ready' || !isQuick || isUnderWay) return;
        if (key !== '' && !isCurrent(lesion.id, key)) ahead = askAhead(marked, key);
      },
      examineStability: async (lesion) => {
        const { marks } = openMarks(lesion, views);
        const key = marksKey({ ...lesion, marks });
        const note = (stability: Stability) => {
          const result = get().results[lesion.id];
          if (result?.phase === 'scored' && result.marks === key)
            put(lesion.id, { ...result, stability });
        };
        note({ phase: 'running' });
        try {
          const sets = perturbedMarks(marks, views);
          const cut = Promise.all(sets.map(patchesOf));
          const measuring = Promise.all(sets.map(measurementsOf));
          const analytic = measuring.then((all) => all.map(vectorsOf));
          analytic.catch(() => undefined);
          const scores = await inference.scoreEach(`${lesion.id} stability`, await cut, analytic);
          if (scores)
            note({ phase: 'done', likelihoods: scores.map((score) => score.likelihood.value) });
        } catch (error) {
          note({ phase: 'failed', reason: (error as Error).message });
        }
      },
      retry: (lesion) => {
        const open = openMarks(lesion, views);
        void request(open, marksKey(open));
      },
    };
  });
  inference.onStatus((engine) => store.setState({ engine }));
  return store;
};
