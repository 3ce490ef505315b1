import { expect, it } from 'vitest';
import { DESCRIBED_FEATURES, describedIn, describeLesion } from './described.ts';
import { ANALYTIC_FEATURES } from './schema.ts';

it('describes a lesion by the mean over its views, in the order of the table', () => {
  const view = (k: number) => describedIn(Float32Array.from(ANALYTIC_FEATURES, (_, i) => k * i));
  const described = describeLesion([view(1), view(3)]);
  expect(described).toEqual(DESCRIBED_FEATURES.map(({ index }) => 2 * index));
  for (const { index, name } of DESCRIBED_FEATURES)
    expect(ANALYTIC_FEATURES[index]?.name).toBe(name);
});
