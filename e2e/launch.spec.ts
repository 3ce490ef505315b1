import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findOrthanc, type Orthanc, startOrthanc } from '../scripts/orthanc.mjs';
import { serve } from '../scripts/serve.mjs';
import { withoutEngine } from './page.ts';

const root = join(import.meta.dirname, '..');
const VIEWS = ['RCC', 'LCC', 'RMLO', 'LMLO'];

let orthanc: Orthanc;
let server: Server;
let address: string;
/** Study Instance UIDs, the newest last. */
let studies: string[];

test.skip(!findOrthanc(), 'Orthanc with its DICOMweb plugin is not installed');

test.beforeAll(async () => {
  orthanc = await startOrthanc({ settings: { AuthenticationEnabled: false } });
  ({ server, address } = await serve(join(root, 'dist'), 0, { dicomweb: orthanc.dicomweb }));
  for (const name of VIEWS.flatMap((view) => [`demo-3-${view}`, `demo-3-prior-${view}`]))
    await orthanc.rest('/instances', {
      method: 'POST',
      body: new Uint8Array(readFileSync(join(root, 'public/demo', `${name}.dcm`))),
    });
  const all = (await (await orthanc.rest('/studies?expand')).json()) as {
    MainDicomTags: { StudyInstanceUID: string; StudyDate: string };
  }[];
  studies = all
    .map(({ MainDicomTags }) => MainDicomTags)
    .sort((a, b) => (a.StudyDate < b.StudyDate ? -1 : 1))
    .map(({ StudyInstanceUID }) => StudyInstanceUID);
});
test.afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await orthanc?.stop();
});

test.beforeEach(({ context }) => withoutEngine(context));

test('a PACS launches a study in three forms; its earlier exam is offered and opened', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const newest = studies.at(-1) ?? '';
  for (const form of ['StudyInstanceUIDs', 'studyUID', 'study'])
    await test.step(`by ${form}, without a click`, async () => {
      await page.goto(`${address}?backend=wasm&${form}=${newest}&patientName=Nobody`);
      await expect(page.locator('[data-matrix]')).toHaveCount(4);
      expect(page.url(), 'nothing of the launch stays in the address').toBe(
        `${address}?backend=wasm`,
      );
    });

  const offer = page.locator('.notices li', { hasText: 'one earlier exam of this patient' });
  await offer.getByRole('button', { name: 'Open for comparison' }).click();
  await expect(offer).toHaveCount(0);
  await expect(page.locator('[data-image]')).toHaveCount(8);
});

test('an unknown study is said, and nothing is opened', async ({ page }) => {
  await page.goto(`${address}?backend=wasm&study=1.2.3.4`);
  await expect(page.locator('.notices')).toContainText('The server does not know the study');
  await expect(page.locator('[data-matrix]')).toHaveCount(0);
});
