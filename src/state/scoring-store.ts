import { measuredOf } from '../core/classifier/arms.ts';
import { failureOf } from '../core/message/failure.ts';
import { createStore } from 'zustand/vanilla';
import type { Lesion } from '../core/lesion/lesion.ts';
import { describeLesion } from '../core/features/analytic/described.ts';
import type { MeasuredVectors, MeasuredView } from '../core/lesion/view-input.ts';
import { PERTURBATIONS } from '../core/lesion/perturbations.ts';
import { basisOf, isBasis, type ScoreBasis } from './current-score.ts';
import type { LesionResult, Stability } from './lesion-result.ts';
import type { EngineStatus, InferencePort } from '../ports/inference.ts';
import type { ViewSource } from '../ports/analysis.ts';

export interface ScoringState {
  readonly engine: EngineStatus;
  readonly results: Readonly<Record<string, LesionResult>>;
  /** Which pack scores. */
  readonly pack: string;
  /** Brings the scores up to date with the lesions: asks for what is missing, drops what is stale. */
  update(lesions: readonly Lesion[]): void;
  /**
   * Computes the score of a lesion whose marks may come to stand like this, and shows nothing: when
   * they do, `update` has it at once. Left alone while the lesion's own score is under way, and where
   * the last score took so long that a vain one would be in the way. Marks that are still `moving` are
   * scored one after the other, so that none waits for one that is out of date, and only where a score
   * takes no longer than half of the time between two.
   */
  anticipate(lesion: Lesion, moving?: boolean): void;
  retry(lesion: Lesion): void;
  /** Scores the lesion again with its boxes moved and scaled a little: does the number hold? */
  examineStability(lesion: Lesion): Promise<void>;
}

export type ScoringStore = ReturnType<typeof createScoringStore>;

const vectorsOf = (measured: readonly MeasuredView[]): MeasuredVectors =>
  measured.map((view) => measuredOf(view));

const describedOf = (inputs: readonly MeasuredView[]): { described?: readonly number[] } => {
  const views = inputs.flatMap(({ described }) => (described ? [described] : []));
  return views.length === inputs.length && views.length > 0
    ? { described: describeLesion(views) }
    : {};
};

type Marks = ScoreBasis['marks'];

/** The marks once for each perturbation; all views move alike. */
const perturbedMarks = (marks: Marks, views: ViewSource): readonly Marks[] =>
  PERTURBATIONS.map((perturbation) =>
    marks.map(([sop, box]) => [sop, views.perturbed(sop, box, perturbation)] as const),
  );

/** A network that takes longer for a lesion is not asked before its marks stand, ms. */
const QUICK_MS = 300;

/** A score that takes longer in all is not asked for while its marks move, ms: there are ten a second. */
const QUICK_ENOUGH_TO_FOLLOW_MS = 50;

type Answered = LesionResult & { readonly phase: 'scored' | 'withheld' };

const problemsOf = (marks: Marks, measured: readonly MeasuredView[]) =>
  Object.fromEntries(
    measured.flatMap(({ problem }, i) => (problem ? [[marks[i]?.[0] ?? '', problem]] : [])),
  );

/** A score that was asked for before its marks stood; undefined where nothing came of it. */
interface Ahead {
  readonly id: string;
  readonly basis: string;
  readonly promise: Promise<Answered | undefined>;
  isDone: boolean;
  result?: Answered;
}

/**
 * Scores lesions as they are marked. One request a lesion at a time counts: an answer for marks that
 * have moved since is dropped. `pack` says which pack scores.
 */
export const createScoringStore = (
  inference: Omit<InferencePort, 'look'>,
  views: ViewSource,
  pack: string,
) => {
  const store = createStore<ScoringState>()((set, get) => {
    const put = (id: string, result: LesionResult | undefined) =>
      set((s) => {
        const { [id]: _old, ...rest } = s.results;
        return { results: result ? { ...rest, [id]: result } : rest };
      });
    const isCurrent = (id: string, key: string) => get().results[id]?.basis === key;
    /** What a lesion is to be scored from now; undefined where it is not to be scored. */
    const basisNow = (lesion: Lesion): ScoreBasis | undefined => {
      const { engine } = get();
      if (engine.phase !== 'ready') return undefined;
      const basis = basisOf(lesion, views.images(), pack, engine.info);
      return isBasis(basis) ? basis : undefined;
    };

    const patchesOf = (marks: Marks) =>
      Promise.all(marks.map(([sop, box]) => views.patch(sop, box)));
    /** Whoever does not wait to the end for it must not be told of its failure by the browser. */
    const measurementsOf = (marks: Marks) => {
      const measuring = views.measure(marks);
      measuring.catch(() => undefined);
      return measuring;
    };

    let ahead: Ahead | undefined;
    let isQuick = false;
    /** How long the last score took in all, ms. */
    let lastMs = Number.POSITIVE_INFINITY;

    /** Undefined where a newer request took this one's place, or nobody waits for it any more. */
    const compute = async (
      id: string,
      { key, marks, origins }: ScoreBasis,
      isWanted: () => boolean,
    ) => {
      const begun = performance.now();
      // Asked for in this order: the network starts on the patches while the rest is measured.
      const cut = patchesOf(marks);
      const measuring = measurementsOf(marks);
      const patches = await cut;
      if (!isWanted()) return undefined;
      const answer = await inference.score(id, patches, origins, measuring.then(vectorsOf));
      if (!answer) return undefined;
      const measured = await measuring;
      isQuick = answer.milliseconds.network <= QUICK_MS;
      lastMs = performance.now() - begun;
      const problems = problemsOf(marks, measured);
      if (Object.keys(problems).length > 0)
        return { phase: 'withheld', basis: key, problems } satisfies Answered;
      return {
        phase: 'scored',
        basis: key,
        views: marks.map(([sop]) => sop),
        origins,
        boxes: marks.map(([, box]) => box),
        outlines: measured.map(({ contour: { polygon, quality } }) => ({ polygon, quality })),
        ...describedOf(measured),
        answer,
      } satisfies Answered;
    };

    const request = async (id: string, basis: ScoreBasis) => {
      const { key } = basis;
      const early = ahead?.id === id && ahead.basis === key ? ahead : undefined;
      if (ahead?.id === id) ahead = undefined;
      if (early?.result) return put(id, early.result);
      put(id, { phase: 'running', basis: key });
      const isWanted = () => isCurrent(id, key);
      try {
        // Asked for at once: whatever waits for this turn to end, such as the page's own drawing, follows.
        const result = (early && (await early.promise)) ?? (await compute(id, basis, isWanted));
        if (result && isWanted()) put(id, result);
      } catch (error) {
        if (isWanted()) put(id, { phase: 'failed', basis: key, reason: failureOf(error) });
      }
    };

    const askAhead = (id: string, basis: ScoreBasis): Ahead => {
      const isWanted = () => ahead === own || isCurrent(id, basis.key);
      const own: Ahead = {
        id,
        basis: basis.key,
        isDone: false,
        // Why it failed is said when it fails again for marks that stand.
        promise: Promise.resolve()
          .then(() => compute(id, basis, isWanted))
          .catch(() => undefined),
      };
      void own.promise.then((result) => {
        own.isDone = true;
        if (result) own.result = result;
      });
      return own;
    };

    return {
      engine: { phase: 'idle' },
      results: {},
      pack,
      update: (lesions) => {
        if (get().engine.phase !== 'ready') return;
        const ids = new Set(lesions.map((l) => l.id));
        for (const id of Object.keys(get().results)) if (!ids.has(id)) put(id, undefined);
        for (const lesion of lesions) {
          const basis = basisNow(lesion);
          if (!basis) put(lesion.id, undefined);
          else if (!isCurrent(lesion.id, basis.key)) void request(lesion.id, basis);
        }
      },
      anticipate: (lesion, moving = false) => {
        if (moving && (lastMs > QUICK_ENOUGH_TO_FOLLOW_MS || ahead?.isDone === false)) return;
        const basis = basisNow(lesion);
        const isUnderWay =
          get().results[lesion.id]?.phase === 'running' || ahead?.basis === basis?.key;
        if (!basis || !isQuick || isUnderWay) return;
        if (!isCurrent(lesion.id, basis.key)) ahead = askAhead(lesion.id, basis);
      },
      examineStability: async (lesion) => {
        const basis = basisNow(lesion);
        if (!basis) return;
        const { marks, origins, key } = basis;
        const note = (stability: Stability) => {
          const result = get().results[lesion.id];
          if (result?.phase === 'scored' && result.basis === key)
            put(lesion.id, { ...result, stability });
        };
        note({ phase: 'running' });
        try {
          const sets = perturbedMarks(marks, views);
          const cut = Promise.all(sets.map(patchesOf));
          const measuring = Promise.all(sets.map(measurementsOf));
          const analytic = measuring.then((all) => all.map(vectorsOf));
          analytic.catch(() => undefined);
          const scores = await inference.scoreEach(
            `${lesion.id} stability`,
            await cut,
            origins,
            analytic,
          );
          if (!scores) return;
          const measured = await measuring;
          const judged = scores.filter((_, i) => measured[i]?.every(({ problem }) => !problem));
          note({
            phase: 'done',
            likelihoods: judged.map(({ likelihood }) => likelihood.value),
            unjudged: scores.length - judged.length,
          });
        } catch (error) {
          note({ phase: 'failed', reason: failureOf(error) });
        }
      },
      retry: (lesion) => {
        const basis = basisNow(lesion);
        if (basis) void request(lesion.id, basis);
      },
    };
  });
  /** What failed with an engine that had to be given up is asked for again when it is started anew. */
  const withoutFailures = (results: ScoringState['results']) =>
    Object.fromEntries(Object.entries(results).filter(([, { phase }]) => phase !== 'failed'));
  inference.onStatus((engine) =>
    store.setState(({ engine: before, results }) => {
      const isAnew =
        engine.phase === 'starting' && (before.phase === 'failed' || before.phase === 'blocked');
      return isAnew ? { engine, results: withoutFailures(results) } : { engine };
    }),
  );
  return store;
};
