import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { createLocalData } from '../../adapters/storage/local-data.ts';
import { memoryStore } from '../../adapters/storage/testing/memory-store.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { createStores } from '../stores.ts';
import { composePersistence } from './compose-persistence.ts';

const box = { x: 10, y: 20, width: 30, height: 40 };
const header = testHeader({ side: 'R', view: 'CC' });
const { sopInstanceUid: sop, studyInstanceUid: study } = header;
const image: OpenImage = {
  ...{ path: 'a', header, asRead: header, rows: 500, columns: 400, digest: 'd', scopeNotes: [] },
};

const page = async () => {
  const stores = createStores();
  const kept = composePersistence(stores);
  stores.studies.getState().add(image);
  await kept.restore([sop]);
  const lesion = () => stores.lesions.getState().lesions[0];
  return { ...stores, kept, lesion, key: stores.studies.getState().patientKey ?? '' };
};
const written = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('localStorage', memoryStore());
  vi.stubGlobal('sessionStorage', memoryStore());
});

it('brings what a copy knows better to open images, and leaves what is newer here', async () => {
  const data = createLocalData(() => memoryStore());
  const before = await page();
  before.lesions.getState().createMarked(before.key, sop, box, undefined);
  before.nipples.getState().place(sop, { x: 1, y: 2 });
  await written();
  const older = await data.copy();
  const later = [
    { x: 0, y: 0 },
    { x: 9, y: 0 },
  ] as const;
  before.measurements.getState().add(sop, { kind: 'distance', points: later });
  before.lesions.getState().setNotes(before.lesion()?.id ?? '', 'of the copy');
  before.nipples.getState().place(sop, { x: 3, y: 4 });
  before.examReadings.getState().say(study, { conclusion: 'of the copy' });
  await written();
  const newer = await data.copy();

  globalThis.indexedDB = new IDBFactory();
  await data.bringBack(older);
  const own = await page();
  expect(own.nipples.getState().placed[sop]).toEqual({ x: 1, y: 2 });
  await data.bringBack(newer);
  await own.kept.takeOver([sop]);
  expect(own.lesion()?.notes).toBe('of the copy');
  expect(own.nipples.getState().placed[sop]).toEqual({ x: 3, y: 4 });
  expect(own.measurements.getState().measurements).toHaveLength(1);
  expect(own.examReadings.getState().readings[study]?.conclusion).toBe('of the copy');

  own.lesions.getState().setMark(own.lesion()?.id ?? '', sop, { ...box, x: 99 });
  await written();
  expect(await data.bringBack(newer)).toMatchObject({ left: 1 });
  await own.kept.takeOver([sop]);
  expect(own.lesion()?.marks[sop]?.x).toBe(99);
});
