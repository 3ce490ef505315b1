import { describe, expect, it } from 'vitest';
import {
  hasWords,
  isScoreHidden,
  mayReveal,
  type ReaderWords,
  withAssessment,
  withReveal,
} from './reading.ts';

const at = (minute: number) => `2026-01-31T12:0${minute}:00Z`;
const seen = { packId: 'p', packVersion: '1', likelihood: 0.62, assumedPrevalence: 0.1 };
const NONE: ReaderWords = {};

describe('reading first', () => {
  it('hides the score until an assessment is recorded and the score asked for', () => {
    expect(isScoreHidden(NONE, false)).toBe(false);
    expect(isScoreHidden(NONE, true)).toBe(true);
    expect(mayReveal(NONE)).toBe(false);
    const read = withAssessment(NONE, { at: at(0), biRads: '4A', suspicion: 30 }, undefined);
    expect(isScoreHidden(read, true)).toBe(true);
    expect(mayReveal(read)).toBe(true);
    const revealed = withReveal(read, { at: at(1), ...seen });
    expect(isScoreHidden(revealed, true)).toBe(false);
    expect(mayReveal(revealed)).toBe(false);
  });

  it('lets the first be changed before the reveal only; afterwards each is added', () => {
    const first = withAssessment(NONE, { at: at(0), biRads: '3', suspicion: 5 }, undefined);
    const changed = withAssessment(first, { at: at(1), biRads: '4B', suspicion: 40 }, undefined);
    expect(changed.readings?.map((r) => r.biRads)).toEqual(['4B']);
    const revealed = withReveal(changed, { at: at(2), ...seen });
    const now = { ...seen, likelihood: 0.7 };
    const after = withAssessment(revealed, { at: at(3), biRads: '4C', suspicion: 60 }, now);
    const last = withAssessment(after, { at: at(4), biRads: '5', suspicion: 90 }, undefined);
    expect(last.readings).toEqual([
      { at: at(1), scoreShown: false, reader: '', biRads: '4B', suspicion: 40 },
      { at: at(3), scoreShown: true, reader: '', biRads: '4C', suspicion: 60, shown: now },
      { at: at(4), scoreShown: true, reader: '', biRads: '5', suspicion: 90 },
    ]);
    expect(last.reveal).toEqual({ at: at(2), ...seen });
  });

  it('notes the first reveal only', () => {
    const once = withReveal(NONE, { at: at(0), ...seen });
    expect(withReveal(once, { at: at(1), ...seen, likelihood: 0.1 })).toBe(once);
    expect(hasWords(once)).toBe(false);
    expect(hasWords({ notes: 'x' })).toBe(true);
    expect(hasWords({ notes: '', descriptors: {}, readings: [] })).toBe(false);
    expect(hasWords({ descriptors: { margin: 'spiculated' } })).toBe(true);
  });
});

it('names the reader as one component of a person name', () => {
  const assessed = (reader: string) =>
    withAssessment(NONE, { at: at(0), biRads: '3', suspicion: 5, reader }, undefined).readings?.[0]
      ?.reader;
  expect(assessed('Dr. A. Reader')).toBe('Dr. A. Reader');
  expect(assessed('Reader^Anna\\=\n')).toBe('Reader Anna');
  expect(assessed('x'.repeat(200))).toHaveLength(64);
});
