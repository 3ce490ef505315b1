import { createAnalysisClient } from '../../src/adapters/analysis/analysis-client.ts';
import type { Box } from '../../src/core/geometry/box.ts';
import type { WorkingImage } from '../../src/core/image/working-image.ts';
import type { ViewRule } from '../../src/core/lesion/view-input.ts';

/** What the worker of the parts lends: its image, and what the pack says of a view. */
export interface Lent {
  readonly working: WorkingImage;
  readonly rule: ViewRule;
}

/** Measured first and not timed: the browser compiles. */
const FIRST = 10;

/**
 * Milliseconds from the question for outline and features of a box to their answer, as the product's page asks
 * its workers; `alone` where one of them measures it all. Never the same box twice, since those are kept.
 */
export const measureByClient = async (
  { working, rule }: Lent,
  box: Box,
  repetitions: number,
  alone: boolean,
): Promise<number[]> => {
  const client = createAnalysisClient({
    workingImage: () => undefined,
    ...(alone ? { atOnce: 1 } : {}),
  });
  client.keep('view', working);
  client.warmUp(rule);
  const samples: number[] = [];
  for (let i = 0; i < FIRST + repetitions; i++) {
    const moved = { ...box, x: box.x + i / 4 };
    await client.patch('view', moved, rule);
    const start = performance.now();
    await client.measure([['view', moved]], rule);
    samples.push(performance.now() - start);
  }
  client.drop('view');
  return samples.slice(FIRST);
};
