import { expect, it } from 'vitest';
import { createLesionsStore } from './lesions-store.ts';
import type { LesionResult, ScoringStore } from './scoring-store.ts';
import { createSettingsStore, type Settings } from './settings-store.ts';
import { noteShownScores } from './shown-scores.ts';
import { createStudiesStore } from './studies-store.ts';
import { createStore } from 'zustand/vanilla';

const result = {
  phase: 'scored',
  answer: { score: { likelihood: { value: 0.5 }, trainingPrevalence: 0.5 } },
} as unknown as LesionResult;

const setUp = (readingFirst: boolean) => {
  const settings = createSettingsStore({
    load: () => ({ readingFirst }) as Settings,
    save: () => undefined,
  });
  let n = 0;
  const lesions = createLesionsStore(() => `id-${++n}`);
  const studies = createStudiesStore();
  const scoring = createStore(() => ({ results: {} })) as unknown as ScoringStore;
  const pack = { id: 'p', version: '1', prevalence: { training: 0.5, assumed: 0.1 } };
  const now = () => new Date('2026-01-31T12:00:00Z');
  noteShownScores({ lesions, scoring, settings, studies, pack, now });
  studies.setState({ patientKey: 'A' });
  const [here, elsewhere] = ['A', 'B'].map((key) => lesions.getState().create(key).id);
  const score = () =>
    scoring.setState({ results: { [here ?? '']: result, [elsewhere ?? '']: result } });
  const reveals = () => lesions.getState().lesions.map((l) => l.reveal);
  return { score, reveals, settings };
};

it('notes the first score that the screen showed, of the patient on show', () => {
  const { score, reveals } = setUp(false);
  score();
  expect(reveals()).toEqual([
    {
      at: '2026-01-31T12:00:00.000Z',
      packId: 'p',
      packVersion: '1',
      likelihood: expect.closeTo(0.1, 12) as number,
      assumedPrevalence: 0.1,
    },
    undefined,
  ]);
});

it('notes nothing while scores are hidden, and what shows up when the mode ends', () => {
  const { score, reveals, settings } = setUp(true);
  score();
  expect(reveals()).toEqual([undefined, undefined]);
  settings.getState().readFirst(false);
  expect(reveals()[0]).toBeDefined();
});
