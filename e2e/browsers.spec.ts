import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import { walk } from './browsers/journey.ts';
import { hasFirefox, hasWebKit, startFirefox, startWebKit } from './browsers/remote.ts';
import { evaluateBoxes } from './evaluate.ts';

const root = join(import.meta.dirname, '..');

const BROWSERS = [
  { name: 'Firefox', isHere: hasFirefox, start: startFirefox, needs: 'firefox-esr and xvfb' },
  {
    name: 'WebKitGTK',
    isHere: hasWebKit,
    start: startWebKit,
    needs: 'webkit2gtk-driver and xvfb',
  },
] as const;

/** Which view an image is, from the exported file. */
const viewsOf = (exported: string): ReadonlyMap<string, string> => {
  const { images } = JSON.parse(exported) as {
    images: { sopInstanceUid: string; laterality: string; view: string }[];
  };
  return new Map(
    images.map(({ sopInstanceUid, laterality, view }) => [sopInstanceUid, laterality + view]),
  );
};

for (const { name, isHere, start, needs } of BROWSERS)
  test(`${name}: open, mark two views, score as the pipeline does, export, and again offline`, async () => {
    test.skip(!isHere(), `${name} is not here (Debian: ${needs})`);
    test.setTimeout(600_000);
    const { server, address } = await serve(join(root, 'dist'), 0);
    const goOffline = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const browser = await start();
    try {
      const found = await walk(browser, address, goOffline);
      const marks = Object.entries(found.marks).map(([sop, box]) => {
        const view = viewsOf(found.exported).get(sop) ?? '';
        return { file: `demo-1-${view}.dcm`, view, box };
      });
      expect(marks.map(({ view }) => view).sort()).toEqual(['RCC', 'RMLO']);
      // The same boxes with either outcome: an evaluation wants both.
      const lesions = ['malignant', 'benign'].map((pathology) => ({
        name: '.',
        truth: { lesion: `P_${pathology}`, pathology, boxes: {} },
        marks,
      }));
      const expected = evaluateBoxes(lesions, join(root, 'public/demo')).get('P_malignant');
      expect(Math.abs(found.likelihood - (expected as number))).toBeLessThan(0.005);
      expect(found.offline, 'the kept marks score alike without a server').toBe(found.likelihood);
      expect(found.exported).toContain(String(found.likelihood));
    } finally {
      await browser.close();
      server.close();
    }
  });
