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
});
