import { expect, it, vi } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import { testImage } from '../../core/image/testing.ts';
import type { OpenOptions } from '../../adapters/dicom-io/pool/open-files.ts';
import { createStores } from '../stores.ts';
import { createOpening } from './opening.ts';

const pool = vi.hoisted(() => ({ options: undefined as OpenOptions | undefined, end: () => {} }));
vi.mock('../../adapters/dicom-io/pool/open-files.ts', () => ({
  openFiles: (_files: unknown, options: OpenOptions) =>
    new Promise<void>((resolve) => Object.assign(pool, { options, end: resolve })),
}));

it('brings back what is kept of an image while others are still on their way', async () => {
  const { studies, notices, nipples } = createStores();
  const restoreKept = vi.fn(async () => undefined);
  const registry = new Map();
  const { open } = createOpening({
    ...{ studies, notices, nipples, registry, restoreKept, rule: {} },
    corrections: { load: async () => undefined, apply: (header: unknown) => header },
    analysis: { keep: () => undefined, landmarks: () => new Promise(() => undefined) },
    viewer: { added: () => undefined },
    reopener: { imagesOpened: () => undefined, readReports: async () => undefined },
    beforeAdding: () => undefined,
    whenDone: () => undefined,
  } as unknown as Parameters<typeof createOpening>[0]);
  open(
    async () => [],
    undefined,
    ['1.1', '1.2'].map((path) => ({ path, coming: new Promise<never>(() => undefined) })),
  );
  await vi.waitFor(() => expect(pool.options).toBeDefined());
  const header = testHeader({ sopInstanceUid: '1.1' });
  const image = testImage(8, 8, () => 0);
  const picture = { path: 'a', header, remarks: [], image, working: {}, digest: 'd' };
  pool.options?.onOpened(picture as unknown as Parameters<OpenOptions['onOpened']>[0]);
  expect(restoreKept.mock.calls).toEqual([[['1.1']]]);
  pool.end();
});
