import { expect, it } from 'vitest';
import { boundsOf } from './restored.ts';

it('bounds outlines of any number of vertices', () => {
  const points = Array.from({ length: 300_000 }, (_, i) => [i % 100, i % 70] as const);
  expect(boundsOf(points)).toEqual({ x: 0, y: 0, width: 99, height: 69 });
});
