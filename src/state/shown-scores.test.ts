import { expect, it } from 'vitest';
import { sampleSite } from '../core/classifier/testing/sample-site.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { basisOf, isBasis } from './current-score.ts';
import { createLesionsStore } from './lesions-store.ts';
import type { ScoringStore } from './scoring-store.ts';
import type { LesionResult } from './lesion-result.ts';
import { createSettingsStore } from './settings-store.ts';
import { noteShownScores } from './shown-scores.ts';
import { createStudiesStore } from './studies-store.ts';
import { createStore } from 'zustand/vanilla';
import type { Settings } from '../ports/storage.ts';

const SHA = 'a'.repeat(64);

const resultOf = (lesion: Lesion) =>
  ({
    phase: 'scored',
    basis: basisFor(lesion),
    answer: { score: { likelihood: { value: 0.5 }, trainingPrevalence: 0.5 } },
  }) as unknown as LesionResult;

const info = { backend: 'wasm', adapter: 'x', software: false, passedOver: [] } as const;
const header = testHeader({ side: 'R', view: 'CC' });
const images = [
  { path: 'a', header, asRead: header, rows: 99, columns: 99, digest: 'd', scopeNotes: [] },
];
const box = { x: 1, y: 1, width: 9, height: 9 };
const basisFor = (lesion: Lesion) => {
  const basis = basisOf(lesion, images, 'p 1', info);
  return isBasis(basis) ? basis.key : '';
};

const setUp = (readingFirst: boolean) => {
  const settings = createSettingsStore({
    load: () => ({ readingFirst }) as Settings,
    save: () => undefined,
  });
  let n = 0;
  const lesions = createLesionsStore(() => `id-${++n}`);
  const studies = createStudiesStore();
  const scoring = createStore(() => ({
    results: {},
    engine: { phase: 'ready', info },
    pack: 'p 1',
  })) as unknown as ScoringStore;
  const pack = { id: 'p', version: '1', prevalence: { training: 0.5, assumed: 0.1 } };
  const now = () => new Date('2026-01-31T12:00:00Z');
  let [isVisible, shows] = [true, (): void => undefined];
  const page = {
    isVisible: () => isVisible,
    onVisible: (listener: () => void) => void (shows = listener),
  };
  noteShownScores({ lesions, scoring, settings, studies, pack, packSha256: SHA, now, page });
  studies.setState({ patientKey: 'A', images });
  const [here, elsewhere] = ['A', 'B'].map((key) =>
    lesions.getState().createMarked(key, header.sopInstanceUid, box, undefined),
  ) as [Lesion, Lesion];
  const score = () =>
    scoring.setState({
      results: { [here.id]: resultOf(here), [elsewhere.id]: resultOf(elsewhere) },
    });
  const reveals = () => lesions.getState().lesions.map((l) => l.reveal);
  const bringToFront = (inFront: boolean) => {
    isVisible = inFront;
    if (inFront) shows();
  };
  const engineIs = (phase: 'starting' | 'ready') =>
    scoring.setState({ engine: { phase, info } } as unknown as ReturnType<
      ScoringStore['getState']
    >);
  return { score, reveals, settings, bringToFront, engineIs };
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

it('notes the number that went through the calibration of the site, and its name', () => {
  const { score, reveals, settings } = setUp(true);
  settings.getState().calibrateForSite({
    ...sampleSite(SHA),
    ...{ name: 'North', calibration: { a: -1, b: 1 }, prevalence: 0.5 },
  });
  score();
  settings.getState().readFirst(false);
  // 1 / (1 + e) at one half, restated for 0.1: odds 1 / e over 9.
  const odds = 1 / Math.E / 9;
  expect(reveals()[0]).toMatchObject({
    likelihood: expect.closeTo(odds / (1 + odds), 12) as number,
    siteCalibration: 'North',
  });
});

it('notes nothing while scores are hidden, and what shows up when the mode ends', () => {
  const { score, reveals, settings } = setUp(true);
  score();
  expect(reveals()).toEqual([undefined, undefined]);
  settings.getState().readFirst(false);
  expect(reveals()[0]).toBeDefined();
});

it('notes nothing in a tab behind others, and what it shows once it comes to the front', () => {
  const { score, reveals, settings, bringToFront } = setUp(false);
  bringToFront(false);
  score();
  settings.getState().hideNames(true);
  expect(reveals()).toEqual([undefined, undefined]);
  bringToFront(true);
  expect(reveals()[0]).toBeDefined();
});

it('notes what shows up once the engine is there again, where the tab came to the front before', () => {
  const { score, reveals, bringToFront, engineIs } = setUp(false);
  bringToFront(false);
  score();
  engineIs('starting');
  bringToFront(true);
  expect(reveals()).toEqual([undefined, undefined]);
  engineIs('ready');
  expect(reveals()[0]).toBeDefined();
});

it('notes nothing on coming to the front while scores are hidden', () => {
  const { score, reveals, bringToFront } = setUp(true);
  bringToFront(false);
  score();
  bringToFront(true);
  expect(reveals()).toEqual([undefined, undefined]);
});
