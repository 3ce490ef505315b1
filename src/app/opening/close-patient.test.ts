import { expect, it, vi } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import { createStores } from '../stores.ts';
import { createCloser } from './close-patient.ts';

it('has every room let go of what it keeps of a patient', () => {
  const stores = createStores();
  const { studies } = stores;
  const header = testHeader({ sopInstanceUid: '1.2', patientId: 'A' });
  const size = { rows: 1, columns: 1, digest: 'd' };
  studies.getState().add({ path: 'a', header, asRead: header, ...size, scopeNotes: [] });
  const told: string[] = [];
  const note = (room: string) => (what?: unknown) => void told.push(`${room} ${String(what)}`);
  const rooms = {
    registry: { delete: note('registry') },
    frames: { close: note('frames') },
    viewer: { removed: note('viewer') },
    analysis: { drop: note('analysis') },
    papers: { keepOnly: vi.fn() },
    kept: { close: note('kept') },
    forgetPatches: note('network'),
    whenDone: vi.fn(),
  };
  const close = createCloser(stores, rooms as unknown as Parameters<typeof createCloser>[1]);
  close(studies.getState().patientKey ?? '');
  expect(studies.getState().images).toEqual([]);
  expect(told.sort()).toEqual([
    'analysis 1.2',
    'frames 1.2',
    'kept 1.2',
    'network undefined',
    'registry 1.2',
    'viewer 1.2',
  ]);
  expect(rooms.whenDone).toHaveBeenCalledOnce();
});
