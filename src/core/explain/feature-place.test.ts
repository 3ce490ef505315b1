import { expect, it } from 'vitest';
import { seededRandom } from '../stats/random.ts';
import { featurePlaces } from './feature-place.ts';

/** Of 200 lesions of each outcome the first feature tells the outcome, the second nothing. */
const lesions = (['benign', 'malignant'] as const).flatMap((pathology) =>
  Array.from({ length: 200 }, (_, i) => ({
    pathology,
    likelihood: 0.5,
    views: 2,
    described: [i / 10 + (pathology === 'malignant' ? 10 : 0), i],
  })),
);
const reference = {
  lesions: [...lesions, { pathology: 'benign' as const, likelihood: 0.5, views: 1 }],
};

it('puts first what parts the outcomes most, whichever way', () => {
  for (const [value, ratio] of [
    [25, 201],
    [2, 1 / 201],
  ] as const) {
    const [first, second] = featurePlaces(reference, [value, 60]);
    expect([first?.feature, second?.feature]).toEqual([0, 1]);
    expect(first?.ratio).toBeCloseTo(ratio, 9);
    expect(second?.ratio).toBeCloseTo(1, 1);
  }
});

it('gives both distributions on one axis, each as shares of its own lesions', () => {
  const [place] = featurePlaces(reference, [25, 60]);
  expect(place?.low).toBeCloseTo(0.8, 1);
  expect(place?.high).toBeCloseTo(29.1, 1);
  for (const shares of Object.values(place?.shares ?? {}))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(place?.shares.benign.at(-1)).toBe(0);
  expect(place?.shares.malignant[0]).toBe(0);
  expect(place?.below).toEqual({ benign: 1, malignant: 0.75 });
});

it('has nothing to say without described reference lesions', () => {
  expect(featurePlaces({ lesions: [] }, [1, 2])).toEqual([]);
  expect(featurePlaces(reference, [1, 2, 3])).toEqual([]);
});

it('stands all features of one value, which have no axis', () => {
  const same = { lesions: lesions.map((l) => ({ ...l, described: [1] })) };
  const [place] = featurePlaces(same, [1]);
  expect(Number.isFinite(place?.ratio)).toBe(true);
  expect(place?.shares.benign[0]).toBe(1);
});

it('tells the ratio from the nearest lesions as sorting all by distance does, ties with the benign first', () => {
  const random = seededRandom(4);
  const many = Array.from({ length: 301 }, () => ({
    pathology: random() < 0.4 ? ('malignant' as const) : ('benign' as const),
    likelihood: 0.5,
    views: 2,
    // Whole numbers: many lie equally far from a value.
    described: [Math.floor(random() * 12)],
  }));
  const benignFirst = many.toSorted((a, b) => a.pathology.localeCompare(b.pathology));
  for (const value of [-3, 0, 4, 5.5, 11, 40]) {
    const nearest = benignFirst
      .map((l) => ({ ...l, away: Math.abs((l.described[0] as number) - value) }))
      .toSorted((a, b) => a.away - b.away)
      .slice(0, 76);
    const share = (outcome: string) => {
      const isIt = (l: (typeof many)[number]) => l.pathology === outcome;
      return (nearest.filter(isIt).length + 0.5) / (many.filter(isIt).length + 0.5);
    };
    const [place] = featurePlaces({ lesions: many }, [value]);
    expect(place?.ratio).toBe(share('malignant') / share('benign'));
    const lower = many.filter(
      (l) => l.pathology === 'benign' && (l.described[0] as number) < value,
    );
    expect(place?.below.benign).toBe(
      lower.length / many.filter((l) => l.pathology === 'benign').length,
    );
  }
});
