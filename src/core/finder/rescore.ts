import { pairCues, supportOf } from './link-views.ts';
import { logit, probability, type LogisticModel } from './logistic.ts';
import type { ViewCandidate } from './view-cues.ts';

/** The models that turn the network's marks into scores; part of the pack. */
export interface Rescoring {
  /** A mass, by what its own view tells. */
  readonly own: LogisticModel;
  /** Whether two marks in CC and MLO show one mass. */
  readonly pair: LogisticModel;
  /** A mass, by its own view and what the other view tells. */
  readonly both: LogisticModel;
  /** Malignant, for a mark that is a mass. */
  readonly outcome: LogisticModel;
}

/** One view of a breast, as the finder sees it. */
export interface FoundView {
  readonly breast: string;
  readonly view: string;
  readonly candidates: readonly ViewCandidate[];
}

export interface ScoredCandidate extends ViewCandidate {
  /** Probability that it is a mass, as among the archive's films; 0 to 1. */
  readonly mass: number;
  /** Probability that it is a malignant mass, likewise. */
  readonly malignant: number;
}

/** The cues of the second model. */
export const BOTH_CUES = ['own', 'support', 'paired'] as const;

/** CC against MLO of the same breast: the only pair that the models know. */
const isPartner = (a: FoundView, b: FoundView): boolean =>
  a.breast === b.breast && [a.view, b.view].sort().join() === 'CC,MLO';

/** Own score of each candidate, and what the other view adds, as the second model takes it. */
export const bothCues = (
  view: FoundView,
  views: readonly FoundView[],
  { own, pair }: Pick<Rescoring, 'own' | 'pair'>,
): Record<(typeof BOTH_CUES)[number], number>[] => {
  const partners = views.filter((other) => isPartner(view, other));
  const others = partners.flatMap((other) =>
    other.candidates.map((candidate) => ({ candidate, own: probability(own, candidate.cues) })),
  );
  return view.candidates.map((candidate) => {
    const mine = logit(probability(own, candidate.cues));
    const support = others.length ? logit(supportOf(candidate, others, pair)) : 0;
    return { own: mine, support, paired: others.length ? 1 : 0 };
  });
};

/**
 * Scores the candidates of all views of an exam, each view's list sorted by `mass`, highest first.
 * Views without a partner are scored by themselves. The answer is in the order of `views`.
 */
export const rescore = (
  views: readonly FoundView[],
  models: Rescoring,
): readonly (readonly ScoredCandidate[])[] =>
  views.map((view) => {
    const cues = bothCues(view, views, models);
    return view.candidates
      .map((candidate, i) => {
        const { paired, ...rest } = cues[i] as Record<string, number>;
        const mass = paired
          ? probability(models.both, rest as Record<string, number>)
          : probability(models.own, candidate.cues);
        const malignant = mass * probability(models.outcome, candidate.cues);
        return { ...candidate, mass, malignant };
      })
      .sort((a, b) => b.mass - a.mass);
  });

/** One mass as marked in one or two views of a breast. */
export interface FoundMass {
  readonly breast: string;
  /** Index into the views, and the candidate there; one or two of them. */
  readonly marks: readonly { readonly view: number; readonly candidate: ScoredCandidate }[];
  readonly mass: number;
  readonly malignant: number;
}

/**
 * Two marks are joined from this pair probability on. It is low because the model is fitted on all
 * pairs of a breast's marks, of which one in dozens shows one mass.
 */
const LINKED = 0.03;

/**
 * Joins marks of CC and MLO that show one mass, the likeliest pairs of masses first, each mark once;
 * the rest stand alone. A mass has the mean of its marks' probabilities. Highest malignancy first.
 */
export const linkMasses = (
  views: readonly FoundView[],
  scored: readonly (readonly ScoredCandidate[])[],
  pair: LogisticModel,
): FoundMass[] => {
  const marks = scored.flatMap((list, view) => list.map((candidate) => ({ view, candidate })));
  const at = (i: number) => views[i] as FoundView;
  const pairs = marks
    .flatMap((a, i) =>
      marks.slice(i + 1).flatMap((b) => {
        if (!isPartner(at(a.view), at(b.view))) return [];
        const p = probability(pair, pairCues(a.candidate, b.candidate));
        return [{ a, b, p, worth: p * a.candidate.mass * b.candidate.mass }];
      }),
    )
    .filter(({ p }) => p >= LINKED)
    .sort((x, y) => y.worth - x.worth);
  const taken = new Set<object>();
  const groups: (typeof marks)[] = [];
  for (const { a, b } of pairs) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    groups.push([a, b]);
  }
  groups.push(...marks.filter((mark) => !taken.has(mark)).map((mark) => [mark]));
  const mean = (group: typeof marks, key: 'mass' | 'malignant') =>
    group.reduce((sum, { candidate }) => sum + candidate[key], 0) / group.length;
  return groups
    .map((group) => ({
      breast: at(group[0]?.view ?? 0).breast,
      marks: group,
      mass: mean(group, 'mass'),
      malignant: mean(group, 'malignant'),
    }))
    .sort((a, b) => b.malignant - a.malignant);
};
