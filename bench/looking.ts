import type { Page } from '@playwright/test';
import { LARGE, syntheticStudy } from './lib/dicom-files.ts';
import type { Context, Measure } from './lib/measure.ts';
import { giveFiles, viewOf, viewsShown } from './lib/reader.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';

/** Each with its grip in the product and on the bare page; zoom is by the wheel. */
const GESTURES = [
  { gesture: 'window', product: 'left', bare: 'left' },
  { gesture: 'zoom', product: undefined, bare: undefined },
  { gesture: 'pan', product: 'middle', bare: 'middle' },
  { gesture: 'loupe', product: 'x', bare: 'right' },
] as const;

declare global {
  interface Window {
    /** Moments at which Cornerstone had drawn the picture of each viewport, and the product its loupe. */
    drawnAt?: Map<EventTarget, number[]>;
  }
}

/** Runs before a page's own scripts. */
const watchFrames = () => {
  window.drawnAt = new Map();
  const note = (target: EventTarget) => {
    const moments = window.drawnAt?.get(target) ?? [];
    moments.push(performance.now());
    window.drawnAt?.set(target, moments);
  };
  addEventListener(
    'CORNERSTONE_IMAGE_RENDERED',
    ({ target }) => {
      if (target) note(target);
    },
    true,
  );
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args: unknown[]) {
    put.apply(this, args as Parameters<typeof put>);
    if (this.canvas.closest('[data-testid=loupe]')) note(this.canvas);
  };
};

interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is held while the pointer moves: a button of the mouse, or a key. */
type Grip = 'left' | 'middle' | 'right' | 'x';

const take = (page: Page, grip: Grip) =>
  grip === 'x' ? page.keyboard.down(grip) : page.mouse.down({ button: grip });
const letGo = (page: Page, grip: Grip) =>
  grip === 'x' ? page.keyboard.up(grip) : page.mouse.up({ button: grip });

/** Turns the wheel, or moves the pointer about with the grip, for so long. */
const perform = async (
  page: Page,
  grip: Grip | undefined,
  { x, y }: Place,
  seconds: number,
): Promise<void> => {
  const end = Date.now() + 1000 * seconds;
  await page.mouse.move(x, y);
  if (!grip) {
    for (let i = 0; Date.now() < end; i++) await page.mouse.wheel(0, i % 8 < 4 ? -60 : 60);
    return;
  }
  await take(page, grip);
  for (let i = 0; Date.now() < end; i++)
    await page.mouse.move(x + 60 * Math.sin(i / 8), y + 40 * Math.cos(i / 8));
  await letGo(page, grip);
};

/** Pictures a second of the view (or loupe) that is worked on, in each second of the gesture. */
const frameRates = async (page: Page, grip: Grip | undefined, at: Place, seconds: number) => {
  await page.evaluate(() => window.drawnAt?.clear());
  await perform(page, grip, at, seconds);
  const moments = await page.evaluate(() => {
    const all = [...(window.drawnAt?.values() ?? [])];
    return all.sort((a, b) => b.length - a.length)[0] ?? [];
  });
  const start = moments[0] ?? 0;
  const counts = Array.from({ length: Math.floor(seconds) }, () => 0);
  for (const t of moments) {
    const second = Math.floor((t - start) / 1000);
    if (second < counts.length) counts[second] = (counts[second] as number) + 1;
  }
  return counts;
};

const middleOf = async (page: Page, selector: string): Promise<Place> => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const openProduct = async ({ chromium, product }: Context, files: readonly string[]) => {
  const page = await chromium.newPage();
  await page.addInitScript(watchFrames);
  await page.goto(`${product}?backend=wasm`);
  await page.getByRole('button', { name: /demo case/ }).waitFor();
  await giveFiles(page, files);
  await viewsShown(page, 4);
  await viewOf(page, 'RCC').waitFor();
  await page.waitForTimeout(6_000);
  return { page, at: await middleOf(page, '[data-view="RCC"] .mammogram-canvas') };
};

const openBare = async ({ chromium, pages }: Context, files: readonly string[]) => {
  const page = await chromium.newPage();
  await page.addInitScript(watchFrames);
  await page.goto(`${pages}cornerstone.html`);
  await page.locator('#files').setInputFiles([...files]);
  await page.waitForFunction(() => document.body.dataset['times'], undefined, { timeout: 180_000 });
  return { page, at: await middleOf(page, '#views > div') };
};

/** Pictures a second while a reader works on one of four large images, beside a bare page. */
export const measureLooking: Measure = async (context) => {
  const files = await syntheticStudy(LARGE, 'uncompressed');
  const seconds = context.quick ? 3 : 8;
  const rows: Row[] = [];
  const rates = new Map<string, number[]>();
  for (const [name, open] of [
    ['product', openProduct],
    ['bare', openBare],
  ] as const) {
    context.say(`  ${name}`);
    const { page, at } = await open(context, files);
    for (const { gesture, [name]: grip } of GESTURES)
      rates.set(`${name} ${gesture}`, await frameRates(page, grip, at, seconds));
    await page.context().close();
  }
  for (const { gesture } of GESTURES) {
    const own = rates.get(`product ${gesture}`) ?? [];
    const bare = rates.get(`bare ${gesture}`) ?? [];
    rows.push(
      rowOf(`${gesture}, product`, 'pictures/s', own, {
        ratios: Math.min(...bare) > 0 ? [ratioTo(own, "bare page's rate", bare)] : [],
      }),
      rowOf(`${gesture}, bare Cornerstone3D`, 'pictures/s', bare),
    );
  }
  return {
    name: 'looking',
    title: `Looking: pictures a second with four images of ${LARGE.columns} x ${LARGE.rows}`,
    rows,
    notes: [
      'Pictures that Cornerstone3D reports as drawn for the view under the pointer, in each whole second of a steady gesture; more is better.',
      'The pointer is moved from outside the browser, one position after the other is taken: the rate counts the handling of input too.',
      'The product samples with mip levels and builds its own grey table; the bare page does neither.',
      "The loupe of the product is drawn from the stored values beside the picture; the bare page's is Cornerstone3D's MagnifyTool, a view of its own.",
    ],
  };
};
