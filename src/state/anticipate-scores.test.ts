import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anticipateScores } from './anticipate-scores.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { createLesionsStore } from './lesions-store.ts';
import type { ScoringStore } from './scoring-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const box = (x: number) => ({ x, y: 0, width: 10, height: 10 });

it('asks for a box that is held still, with the other marks of its lesion, and ten times a second for one that moves', () => {
  const anticipate = vi.fn();
  const lesions = createLesionsStore(() => 'L');
  anticipateScores(lesions, { getState: () => ({ anticipate }) } as unknown as ScoringStore);
  const { create, setMark, previewMark, cancelPreview } = lesions.getState();
  create('patient');
  setMark('L', 's2', box(9));
  for (let x = 0; x < 10; x++) {
    previewMark('L', 's1', box(x));
    vi.advanceTimersByTime(30);
  }
  const asked = () =>
    anticipate.mock.calls.map(([lesion, moving]) => [
      (lesion as Lesion).marks.s1?.x,
      moving as boolean,
    ]);
  expect(asked()).toEqual([
    [3, true],
    [7, true],
  ]);
  vi.advanceTimersByTime(100);
  expect(asked().slice(2)).toEqual([
    [9, true],
    [9, false],
  ]);
  expect(anticipate.mock.calls[3]?.[0]).toMatchObject({
    id: 'L',
    marks: { s1: box(9), s2: box(9) },
  });
  previewMark('L', 's1', box(20));
  cancelPreview();
  vi.advanceTimersByTime(1_000);
  expect(anticipate).toHaveBeenCalledTimes(4);
});
