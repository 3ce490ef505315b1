// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { OpenOptions } from '../adapters/dicom-io/pool/open-files.ts';
import { createLesionStorage } from '../adapters/storage/lesion-storage.ts';
import { patientKeyIn } from '../core/dicom/grouping.ts';
import { testHeader } from '../core/dicom/test-header.ts';
import { storedValues } from '../core/image/stored-values.ts';
import { testImage } from '../core/image/testing.ts';
import type { Services } from '../ui/services.tsx';
import { compose } from './compose.ts';

const sop = '1.2.3.4';
const header = testHeader({
  sopInstanceUid: sop,
  patientName: 'Doe, Jane',
  personName: 'Doe^Jane',
});
const image = testImage(8, 8, () => 0);
const box = { x: 1, y: 2, width: 5, height: 5 };

const opened = (path: string) => ({
  path,
  header,
  image,
  values: storedValues(image),
  overlays: [],
  working: {
    width: 8,
    height: 8,
    data: new Float32Array(64),
    breast: new Uint8Array(64),
    columnsPerPixel: 1,
    rowsPerPixel: 1,
  },
  thumbnail: { width: 1, height: 1, grey: new Uint8ClampedArray(1) },
  breast: { box, columns: 1, rows: 1, cells: Uint8Array.of(255) },
  tissueVoi: undefined,
  digest: 'd',
  remarks: [],
});

// Files are decoded by real workers in the end-to-end tests; here any file is the image above.
const { prepareWorkers } = vi.hoisted(() => ({ prepareWorkers: vi.fn() }));
vi.mock('../adapters/dicom-io/pool/open-files.ts', () => ({
  prepareWorkers,
  openFiles: async (entries: readonly { path: string }[], { onOpened }: OpenOptions) =>
    entries.forEach(({ path }) => onOpened(opened(path))),
}));
vi.stubGlobal(
  'Worker',
  class {
    postMessage() {}
    terminate() {}
  },
);
// jsdom does not say; the notice for pages that are served insecurely is not meant here.
vi.stubGlobal('isSecureContext', true);
vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
afterAll(() => vi.unstubAllGlobals());

/** On a busy machine, too. */
const soon = <T>(until: () => T | Promise<T>) => vi.waitFor(until, { timeout: 30_000 });

/** The whole page but its interface, with one mammogram open and no pack. */
const pageWithImage = async (): Promise<Services> => {
  const services = await compose(new URLSearchParams());
  services.openFiles([new File(['x'], 'a.dcm')]);
  await soon(() => {
    expect(services.studies.getState().images).toHaveLength(1);
    expect(services.studies.getState().progress).toBeUndefined();
  });
  return services;
};
const patientKey = patientKeyIn([{ header }], header.sopInstanceUid) ?? '';

describe('the page', () => {
  it('brings kept marks back with their image', async () => {
    const first = await pageWithImage();
    const { id } = first.lesions.getState().create(patientKey);
    first.lesions.getState().setMark(id, sop, box);
    const storage = createLesionStorage();
    await soon(async () => expect(await storage.findByImages([sop])).toHaveLength(1));
    const second = await pageWithImage();
    await soon(() =>
      expect(second.lesions.getState().lesions).toMatchObject([{ id, marks: { [sop]: box } }]),
    );
  });

  it('names the patient in what it exports, unless names are hidden', async () => {
    const { exports, settings } = await pageWithImage();
    const exported = async () => JSON.stringify(await exports.report(patientKey));
    expect(await exported()).toContain('Doe');
    settings.getState().hideNames(true);
    const hidden = await exported();
    expect(hidden).toContain(sop);
    expect(hidden).not.toContain('Doe');
  });

  it('keeps no pixels of a patient that was closed, and gets ready for the next', async () => {
    const { closePatient, imageOf, thumbnailOf, breastOf } = await pageWithImage();
    expect(imageOf(sop)).toBe(image);
    expect(prepareWorkers).not.toHaveBeenCalled();
    closePatient(patientKey);
    for (const held of [imageOf, thumbnailOf, breastOf]) expect(held(sop)).toBeUndefined();
    await soon(() => expect(prepareWorkers).toHaveBeenCalledOnce());
  });
});
