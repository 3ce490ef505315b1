import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { memoryStore } from '../../adapters/storage/testing/memory-store.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { createStores } from '../stores.ts';
import { composePersistence } from './compose-persistence.ts';

const UID = '1.2.3';
const box = { x: 10, y: 20, width: 30, height: 40 };

const page = async (patientId: string, digest: string) => {
  const stores = createStores();
  const kept = composePersistence(stores);
  const header = testHeader({ sopInstanceUid: UID, patientId, personName: `${patientId}^A` });
  const pixels = { rows: 500, columns: 400, digest };
  stores.studies.getState().add({ path: 'a', header, asRead: header, ...pixels, scopeNotes: [] });
  await kept.restore([UID]);
  const key = stores.studies.getState().patientKey ?? '';
  const shown = () =>
    stores.lesions.getState().lesions.filter(({ patientKey }) => patientKey === key);
  return { ...stores, kept, key, pixels, shown };
};
const written = () => new Promise((resolve) => setTimeout(resolve, 20));

/** What was said of one lesion, marked on the picture of a patient. */
const said = async () => {
  const { lesions, key, pixels } = await page('P1', 'first');
  const { createMarked, setNotes } = lesions.getState();
  setNotes(createMarked(key, UID, box, pixels).id, 'hers');
  await written();
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('localStorage', memoryStore());
  vi.stubGlobal('sessionStorage', memoryStore());
});

it('leaves what was said of a lesion with its patient, where another one’s picture has that UID', async () => {
  await said();
  const other = await page('P2', 'second');
  expect(other.shown()).toEqual([]);
  // Also where the picture comes after the lesion, and nothing of it is written to the other patient.
  other.studies.getState().showPatient(other.key);
  const more = testHeader({ sopInstanceUid: '9', patientId: 'P2', personName: 'P2^A' });
  other.studies.getState().add({
    ...{ path: 'b', header: more, asRead: more, rows: 500, columns: 400 },
    ...{ digest: 'third', scopeNotes: [] },
  });
  expect(other.shown()).toEqual([]);
  await written();
  const again = await page('P1', 'first');
  expect(again.shown()).toMatchObject([{ notes: 'hers', marks: { [UID]: box } }]);
});

it('brings back nothing of an image that was closed while others were still opened', async () => {
  await said();
  const { kept, lesions, studies, key } = await page('P1', 'first');
  studies.getState().closePatient(key);
  kept.close([UID], []);
  await written();
  await kept.restore([UID]);
  expect(lesions.getState().lesions).toEqual([]);
});

it('keeps showing it to the same patient, whose picture was made anew under that UID', async () => {
  await said();
  const { shown } = await page('P1', 'made anew');
  expect(shown()).toMatchObject([{ notes: 'hers' }]);
});
