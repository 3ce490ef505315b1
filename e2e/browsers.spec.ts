import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import { walk, type Walked } from './browsers/journey.ts';
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

const marksOf = ({ marks, exported }: Walked) =>
  Object.entries(marks).map(([sop, box]) => {
    const view = viewsOf(exported).get(sop) ?? '';
    return { file: `demo-1-${view}.dcm`, view, box };
  });

/** The way through one browser, with a server of its own that ends on the way. */
const walkIn = async ({ start }: (typeof BROWSERS)[number]): Promise<Walked> => {
  const { server, address } = await serve(join(root, 'dist'), 0);
  const goOffline = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const browser = await start();
  try {
    return await walk(browser, address, goOffline);
  } finally {
    await browser.close();
    server.close();
  }
};

/** What the pipeline gives for the same boxes, by browser. An evaluation wants both outcomes. */
const evaluated = (walks: ReadonlyMap<string, Walked>): ReadonlyMap<string, number> => {
  const lesions = [...walks].flatMap(([name, walked]) =>
    ['malignant', 'benign'].map((pathology) => ({
      name: '.',
      truth: { lesion: `${pathology[0]}_${name}`, pathology, boxes: {} },
      marks: marksOf(walked),
    })),
  );
  const scores = evaluateBoxes(lesions, join(root, 'public/demo'));
  return new Map([...walks.keys()].map((name) => [name, scores.get(`m_${name}`) ?? NaN]));
};

// All at once: each browser waits much of its time.
const walks = new Map<string, Walked>();
const failures = new Map<string, unknown>();
let expected: ReadonlyMap<string, number>;
test.beforeAll(async () => {
  test.setTimeout(900_000);
  await Promise.all(
    BROWSERS.filter(({ isHere }) => isHere()).map(async (browser) => {
      try {
        walks.set(browser.name, await walkIn(browser));
      } catch (error) {
        failures.set(browser.name, error);
      }
    }),
  );
  if (walks.size > 0) expected = evaluated(walks);
});

for (const { name, isHere, needs } of BROWSERS)
  test(`${name}: open, mark two views, score as the pipeline does, export, and again offline`, () => {
    test.skip(!isHere(), `${name} is not here (Debian: ${needs})`);
    if (failures.has(name)) throw failures.get(name);
    const found = walks.get(name) as Walked;
    expect(
      marksOf(found)
        .map(({ view }) => view)
        .sort(),
    ).toEqual(['RCC', 'RMLO']);
    expect(Math.abs(found.likelihood - (expected.get(name) ?? NaN))).toBeLessThan(0.005);
    expect(found.offline, 'the kept marks score alike without a server').toBe(found.likelihood);
    expect(found.exported).toContain(String(found.likelihood));
  });
