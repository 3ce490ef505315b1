import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { createLesionStorage } from './lesion-storage.ts';

const box = { x: 1.5, y: 2, width: 30, height: 40 };

describe('lesion storage', () => {
  it('finds lesions by any of their images, once each', async () => {
    const storage = createLesionStorage();
    const lesion = { id: 'a', patientKey: 'P', number: 1, marks: { s1: box, s2: box } };
    await storage.save([lesion, { ...lesion, id: 'b', number: 2, marks: { s3: box } }]);
    expect(await storage.findByImages(['s2', 's1'])).toEqual([lesion]);
    await storage.save([{ ...lesion, marks: { s1: box } }]);
    expect(await storage.findByImages(['s2'])).toEqual([]);
    await storage.remove(['a']);
    expect(await storage.findByImages(['s1', 's3'])).toHaveLength(1);
  });

  it('passes over a record that is not a lesion, and leaves it where it is', async () => {
    const storage = createLesionStorage();
    await storage.findByImages([]);
    const db = await openDB('tandem');
    await db.put('lesions', { id: 'odd', images: ['s9'], marks: { s9: 'here' } });
    expect(await storage.findByImages(['s9'])).toEqual([]);
    expect(await db.get('lesions', 'odd')).toBeDefined();
  });

  it('keeps the words of the reader, also of a lesion that lost its marks', async () => {
    const storage = createLesionStorage();
    const at = '2026-01-31T12:00:00Z';
    const shown = { packId: 'p', packVersion: '1', likelihood: 0.6, assumedPrevalence: 0.1 };
    const lesion = {
      id: 'w',
      patientKey: 'P',
      number: 4,
      marks: { s20: box },
      notes: 'irregular',
      descriptors: { shape: 'irregular', margin: 'indistinct' } as const,
      readings: [{ at, scoreShown: true, reader: '', biRads: '4C' as const, suspicion: 70, shown }],
      draft: { biRads: '5' as const },
      reveal: { at, ...shown },
    };
    await storage.save([lesion]);
    expect(await storage.findByImages(['s20'])).toEqual([lesion]);
    await storage.save([{ ...lesion, marks: {} }]);
    expect(await storage.findByImages(['s20'])).toEqual([{ ...lesion, marks: {} }]);
  });

  it('reads records of the first form, which held marks alone', async () => {
    const storage = createLesionStorage();
    await storage.findByImages([]);
    const db = await openDB('tandem');
    const old = { id: 'old', patientKey: 'P', number: 1, marks: { s30: box } };
    await db.put('lesions', { ...old, images: ['s30'] });
    expect(await storage.findByImages(['s30'])).toEqual([old]);
  });

  it('are found by id too, whichever images they are marked on', async () => {
    const storage = createLesionStorage();
    const lesion = { id: 'by-id', patientKey: 'P', number: 1, marks: { s40: box } };
    await storage.save([lesion]);
    expect(await storage.findByIds(['by-id', 'nobody'])).toEqual([lesion]);
  });
});
