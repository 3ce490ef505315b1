import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import type { Measurement } from '../../core/display/measure/measurement.ts';
import { createMeasurementStorage } from './measurement-storage.ts';

const line: Measurement = {
  id: 'a',
  sopInstanceUid: 's1',
  shape: {
    kind: 'distance',
    points: [
      { x: 1.5, y: 2 },
      { x: 30, y: 40 },
    ],
  },
};

it('finds measurements by their image, and passes over what is none', async () => {
  const storage = createMeasurementStorage();
  await storage.save([line, { ...line, id: 'b', sopInstanceUid: 's2' }]);
  expect(await storage.findByImages(['s1', 's9'])).toEqual([line]);
  const db = await openDB('tandem-measurements');
  await db.put('measurements', { id: 'odd', sopInstanceUid: 's1', shape: { kind: 'angle' } });
  expect(await storage.findByImages(['s1'])).toEqual([line]);
  await storage.remove(['a']);
  expect(await storage.findByImages(['s1'])).toEqual([]);
  expect(await db.get('measurements', 'odd')).toBeDefined();
  db.close();
});
