import { describe, expect, it } from 'vitest';
import { examScore } from './exam-score.ts';
import { logit, probability, type LogisticModel } from './logistic.ts';
import { linkMasses, rescore, type FoundView, type Rescoring } from './rescore.ts';
import { madeCandidate } from './testing/made-maps.ts';

const model = (weights: Record<string, number>, bias = 0): LogisticModel => ({
  names: Object.keys(weights),
  mean: Object.keys(weights).map(() => 0),
  scale: Object.keys(weights).map(() => 1),
  weights: Object.values(weights),
  bias,
});

const MODELS: Rescoring = {
  own: model({ score: 1 }),
  pair: model({ nipple: -2, likeness: 1 }, 2),
  both: model({ own: 1, support: 0.5 }, 1),
  outcome: model({ outcome: 1 }),
};

const near = madeCandidate({ score: -1 }, { nippleDistance: 50 });
const far = madeCandidate({ score: -1 }, { nippleDistance: 90 });
const partner = madeCandidate({ score: 3 }, { nippleDistance: 52 });
const cc: FoundView = { breast: 'p L', view: 'CC', candidates: [far, near] };
const mlo: FoundView = { breast: 'p L', view: 'MLO', candidates: [partner] };

describe('rescore', () => {
  it('raises the mark that the other view bears out above its equal', () => {
    const [scored = []] = rescore([cc, mlo], MODELS);
    expect(scored[0]?.nippleDistance).toBe(50);
    expect(scored[0]?.mass).toBeGreaterThan(2 * (scored[1]?.mass ?? 1));
  });

  it('looks at no other breast and at no second picture of the same view', () => {
    for (const other of [
      { ...mlo, breast: 'p R' },
      { ...mlo, view: 'CC' },
      { ...mlo, view: '' },
    ]) {
      const [scored = []] = rescore([cc, other], MODELS);
      expect(scored.map((c) => c.mass)).toEqual(
        [near, far].map((c) => probability(MODELS.own, c.cues)),
      );
    }
  });

  it('tells malignancy as a part of the chance of a mass', () => {
    const view = { ...cc, candidates: [madeCandidate({ score: 1, outcome: -1 })] };
    const [[only] = []] = rescore([view], MODELS);
    expect(only?.malignant).toBeCloseTo((only?.mass ?? 0) / (1 + Math.exp(1)));
  });
});

describe('linkMasses', () => {
  it('joins the likeliest pair once, and keeps the rest apart', () => {
    const views = [cc, mlo];
    const masses = linkMasses(views, rescore(views, MODELS), MODELS.pair);
    const sizes = masses.map(({ marks }) => marks.length).sort();
    expect(sizes).toEqual([1, 2]);
    const pair = masses.find(({ marks }) => marks.length === 2);
    expect(pair?.marks.map(({ candidate }) => candidate.nippleDistance).sort()).toEqual([50, 52]);
  });

  it('joins nothing across breasts', () => {
    const views = [cc, { ...mlo, breast: 'p R' }];
    const masses = linkMasses(views, rescore(views, MODELS), MODELS.pair);
    expect(masses.every(({ marks }) => marks.length === 1)).toBe(true);
  });
});

describe('examScore', () => {
  const identity = { a: -1, b: 0 };
  it('scores each breast by its masses and the exam by its breasts', () => {
    const right = { breast: 'R', marks: [], mass: 0.9, malignant: 0.5 };
    const left = { breast: 'L', marks: [], mass: 0.5, malignant: 0.2 };
    const { breasts, exam } = examScore([right, right, left], identity);
    expect(breasts.map((b) => [b.breast, Number(b.likelihood.toFixed(6))])).toEqual([
      ['R', 0.75],
      ['L', 0.2],
    ]);
    expect(exam).toBeCloseTo(1 - 0.25 * 0.8);
  });

  it('has no score, and so no normal breast, where nothing was found', () => {
    expect(examScore([], identity)).toEqual({ breasts: [], exam: undefined });
  });
});

describe('logistic', () => {
  it('standardises its cues and refuses to guess one that is missing', () => {
    const one = { names: ['a'], mean: [2], scale: [4], weights: [3], bias: -1 };
    expect(logit(probability(one, { a: 6 }))).toBeCloseTo(2);
    expect(() => probability(one, {})).toThrow('no cue a');
  });
});
