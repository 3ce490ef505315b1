import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { VIEW_CUES, type ViewCandidate, type ViewCue } from '../../core/finder/view-cues.ts';
import type { KeptSecondLook } from '../../ports/storage.ts';
import { createLocalData } from './local-data.ts';
import { createSecondLookStorage } from './second-look-storage.ts';

const pixels = { columns: 400, rows: 500, digest: 'd' };
const box = { x: 1, y: 2, width: 30, height: 40 };
const finding = {
  id: 'f/1.1/d/1',
  side: 'R',
  marks: [{ sopInstanceUid: '1.1', pixels, box, mass: 0.5, malignant: 0.25 }],
  mass: 0.5,
  malignant: 0.25,
};
const origin = {
  by: 'finder' as const,
  finder: 'p 1',
  finding: finding.id,
  mass: 0.5,
  malignant: 0.25,
  at: '2026-01-31T12:00:00.000Z',
};
const before = [{ id: 'a', patientKey: 'p', number: 1, marks: { '1.1': box }, origin }];
const KEPT: KeptSecondLook = {
  exam: 'p 20260131',
  images: [{ sopInstanceUid: '1.1', pixels }],
  said: {
    at: '2026-01-31T12:00:00.000Z',
    before,
    images: [{ sopInstanceUid: '1.1', pixels }],
    falseMarks: 0.25,
    finder: 'p 1, finder 1',
  },
  falseMarks: 0.5,
  dismissals: [{ finding, reason: 'tissue', at: '2026-01-31T12:01:00.000Z' }],
};
const candidate = (score: number): ViewCandidate => ({
  box,
  score,
  outcome: -1.5,
  features: Float32Array.from({ length: 96 }, (_, i) => i / 8),
  cues: Object.fromEntries(VIEW_CUES.map((name, i) => [name, i / 4])) as Record<ViewCue, number>,
  side: 12.5,
  nippleDistance: undefined,
});

const emptied = async () => {
  const db = await openDB('tandem-second-looks');
  for (const name of db.objectStoreNames) await db.clear(name);
  db.close();
};

describe('the storage of second looks', () => {
  beforeEach(async () => {
    await createSecondLookStorage().findByImages([]);
    await emptied();
  });

  it('gives back what was said of an exam by any of its images', async () => {
    await createSecondLookStorage().save(KEPT);
    expect(await createSecondLookStorage().findByImages(['1.9', '1.1'])).toMatchObject([KEPT]);
    expect(await createSecondLookStorage().findByImages(['1.9'])).toEqual([]);
  });

  it('takes out what went into a record', async () => {
    const storage = createSecondLookStorage();
    await storage.save({ ...KEPT, exam: 'earlier' });
    await storage.save(KEPT, ['earlier', 'none']);
    expect(await storage.findByImages(['1.1'])).toMatchObject([KEPT]);
  });

  it('gives back what was found in a view, by its key', async () => {
    await createSecondLookStorage().saveView('a', [candidate(0.9), candidate(0.25)]);
    const found = await createSecondLookStorage().findView('a');
    expect(found).toEqual([candidate(0.9), candidate(0.25)]);
    expect(await createSecondLookStorage().findView('b')).toBeUndefined();
  });

  it('takes damaged records for none', async () => {
    const storage = createSecondLookStorage();
    await storage.save(KEPT);
    await storage.saveView('a', [candidate(0.9)]);
    const db = await openDB('tandem-second-looks');
    await db.put('said', { ...KEPT, sops: ['1.1'], dismissals: [{ reason: 'mood' }] });
    await db.put('views', { key: 'a', at: 1, candidates: [{ ...candidate(0.9), features: [1] }] });
    db.close();
    expect(await storage.findByImages(['1.1'])).toEqual([]);
    expect(await storage.findView('a')).toBeUndefined();
  });

  it('keeps the latest thousand views', async () => {
    let now = 0;
    const storage = createSecondLookStorage(() => ++now);
    const db = await openDB('tandem-second-looks');
    const tx = db.transaction('views', 'readwrite');
    for (let i = 0; i < 999; i++)
      void tx.store.put({ key: `old ${i}`, at: i - 2000, candidates: [] });
    await tx.done;
    db.close();
    await storage.saveView('a', []);
    await storage.saveView('b', []);
    expect(await storage.findView('old 0')).toBeUndefined();
    for (const key of ['old 1', 'a', 'b']) expect(await storage.findView(key)).toEqual([]);
  });

  it('goes into the copy of the local data, and comes back from it', async () => {
    const settings = {
      getItem: () => null,
      setItem: () => undefined,
      removeItem: () => undefined,
      key: () => null,
      length: 0,
    };
    await createSecondLookStorage().save(KEPT);
    await createSecondLookStorage().saveView('a', [candidate(0.9)]);
    const data = createLocalData(() => settings);
    const copy = await data.copy();
    await emptied();
    await data.bringBack(copy);
    expect(await createSecondLookStorage().findByImages(['1.1'])).toMatchObject([KEPT]);
    expect(await createSecondLookStorage().findView('a')).toEqual([candidate(0.9)]);
    await data.deleteAll();
    expect(await createSecondLookStorage().findView('a')).toBeUndefined();
  });
});
