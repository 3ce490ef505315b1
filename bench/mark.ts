import type { Page } from '@playwright/test';
import { backendLabel, BACKENDS } from '../src/adapters/tfjs/backend-choice.ts';
import type { Box } from '../src/core/geometry/box.ts';
import type { Context, Measure } from './lib/measure.ts';
import { dragPoints, engineReady, openDemo, viewOf } from './lib/reader.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import type { BenchApi } from './pages/protocol.ts';
import type { BackendName } from '../src/ports/inference.ts';

declare const bench: BenchApi;

/** One lesion marked on one and then both views of its breast, in the first demo case (stored pixels). */
const MARKS: readonly { readonly view: string; readonly file: string; readonly box: Box }[] = [
  { view: 'RCC', file: 'demo-1-RCC.dcm', box: { x: 1509, y: 625, width: 262, height: 249 } },
  { view: 'RMLO', file: 'demo-1-RMLO.dcm', box: { x: 1409, y: 996, width: 261, height: 239 } },
];

/** How long a hand rests on a box before it lets go, in the rows that say so, ms. */
const HELD_MS = 300;

/** How far a mark is moved at least, stored pixels: less would be a click. */
const SHIFT = 80;

interface Timed {
  /** From the release of the button to the frame that shows the number, ms. */
  readonly whole: number;
  /** What the engine says of itself, to the millisecond. */
  readonly network: number;
}

declare global {
  interface Window {
    /** Resolves when the score of so many views is on screen after the next release of a button. */
    nextScore?: (views: number) => Promise<Timed>;
    waiting?: Promise<Timed> | undefined;
  }
}

/** Runs in the product's page before its own scripts. */
const watchScores = () => {
  window.nextScore = (views) =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('no score came within a minute')), 60_000);
      let released = 0;
      const onUp = () => {
        released = performance.now();
        const numberNow = () =>
          document.querySelector<HTMLElement>('[data-testid=score-1] [data-testid=likelihood]');
        // Another box has another number, be it shown by the same element or a new one.
        const before = numberNow()?.dataset.value;
        let whole: Promise<number> | undefined;
        const look = () => {
          const { value, views: ofViews } = numberNow()?.dataset ?? {};
          if (value === undefined || value === before || ofViews?.split(' ').length !== views)
            return;
          whole ??= new Promise((drawn) =>
            requestAnimationFrame(() => setTimeout(() => drawn(performance.now() - released))),
          );
          // What the engine says of itself stands among the details, which follow.
          const origin = document.querySelector(
            '[data-testid=score-1] [data-testid=score-origin]',
          )?.textContent;
          if (!origin) return;
          observer.disconnect();
          const [, network = Number.NaN] = [...origin.matchAll(/(\d+) ms/g)].map((m) =>
            Number(m[1]),
          );
          void whole.then((ms) => resolve({ whole: ms, network }));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      };
      window.addEventListener('pointerup', onUp, { capture: true, once: true });
    });
};

const timedDrag = async (page: Page, drag: () => Promise<void>, views: number): Promise<Timed> => {
  await page.evaluate((n) => {
    window.waiting = window.nextScore?.(n);
  }, views);
  await drag();
  const timed = await page.evaluate(() => window.waiting);
  if (!timed) throw new Error('nothing watches the scores');
  return timed;
};

/** Draws the mark, then shifts it to and fro, without rest and with; gives the first and the others. */
const scoreViews = async (page: Page, views: number, repetitions: number) => {
  const mark = MARKS[views - 1] as (typeof MARKS)[number];
  const view = viewOf(page, mark.view);
  const { x, y, width, height } = mark.box;
  // The tool is put down after each mark.
  await page.keyboard.press('m');
  const first = await timedDrag(
    page,
    () => dragPoints(page, view, [x, y], [x + width, y + height]),
    views,
  );
  const [others, held]: [Timed[], Timed[]] = [[], []];
  let left = x;
  for (let i = 0; i < 2 * repetitions; i++) {
    // By an edge, away from the handles, to and fro, and never to where it has been: measurements
    // of a box are kept.
    const shift = (i % 2 === 0 ? 1 : -1) * (SHIFT + 2 * i);
    const from = [left, y + height * 0.3] as const;
    left += shift;
    const rest = i < repetitions ? 0 : HELD_MS;
    const drag = () => dragPoints(page, view, from, [from[0] + shift, from[1]], rest);
    (rest > 0 ? held : others).push(await timedDrag(page, drag, views));
  }
  return { first, others, held };
};

/** The backend that is asked for by name, else the one that the product chooses on this machine. */
const backendInUse = async ({ backend, chromium, product }: Context): Promise<BackendName> => {
  const named = BACKENDS.find((name) => name === backend);
  if (named) return named;
  if (backend !== undefined) throw new Error(`there is no backend ${backend}`);
  const page = await chromium.newPage();
  await page.goto(product);
  await openDemo(page);
  await engineReady(page);
  const chosen = await page.getByTestId('backend').inputValue();
  await page.context().close();
  const found = BACKENDS.find((name) => name === chosen);
  if (!found) throw new Error(`the product computes on ${chosen}, of which nothing is known here`);
  return found;
};

/** Milliseconds from the start of loading the page, with the demo case opened at once, to an engine that answers. */
const startToReady = async (page: Page): Promise<number> => {
  await openDemo(page);
  await engineReady(page);
  return page.evaluate(() => performance.now());
};

const startRows = async (
  { chromium, product, quick }: Context,
  backend: BackendName,
): Promise<Row[]> => {
  const [cold, warm]: [number[], number[]] = [[], []];
  for (let i = 0; i < (quick ? 1 : 5); i++) {
    const page = await chromium.newPage();
    await page.goto(`${product}?backend=${backend}`);
    cold.push(await startToReady(page));
    await page.reload();
    warm.push(await startToReady(page));
    await page.context().close();
  }
  return [
    rowOf('start and demo case to ready engine, first visit', 'ms', cold),
    rowOf('start and demo case to ready engine, from cache', 'ms', warm),
  ];
};

const warmRows = async (
  { chromium, product, quick }: Context,
  backend: BackendName,
): Promise<Row[]> => {
  const page = await chromium.newPage();
  await page.addInitScript(watchScores);
  await page.goto(`${product}?backend=${backend}`);
  await openDemo(page);
  await engineReady(page);
  await page.getByRole('button', { name: 'New lesion' }).click();
  const rows: Row[] = [];
  for (const [i] of MARKS.entries()) {
    const views = i + 1;
    const { first, others, held } = await scoreViews(page, views, quick ? 4 : 20);
    if (views === 1) rows.push(rowOf('first mark to number after the start', 'ms', [first.whole]));
    const name = `${views} ${views === 1 ? 'view' : 'views'}`;
    for (const [what, timed] of [
      [name, others],
      [`${name}, held still for ${HELD_MS} ms`, held],
    ] as const) {
      const network = timed.map((t) => t.network);
      const whole = timed.map((t) => t.whole);
      const ratios = [ratioTo(whole, 'its network', network, 1.15)];
      rows.push(rowOf(`mark to number, ${what}`, 'ms', whole, { ratios }));
      rows.push(rowOf(`of it network, ${what}`, 'ms', network));
    }
  }
  await page.context().close();
  return rows;
};

const alone = async (page: Page, name: string, message: object, repetitions: number) => {
  const all: Record<string, number>[] = [];
  for (let i = 0; i < repetitions; i++)
    all.push(
      (await page.evaluate(([n, m]) => bench.ask(n, m), [name, message] as const)) as Record<
        string,
        number
      >,
    );
  const [, ...later] = all;
  return Object.keys(all[0] ?? {}).map(
    (key) => [key, later.map((sample) => sample[key] as number)] as const,
  );
};

const PART_NAMES: Readonly<Record<string, string>> = {
  patch: 'patch cut',
  outline: 'segmentation',
  features: 'measured features',
  machines: 'support vector machines and calibration',
  upload: 'upload to the network',
  run: 'network run',
  readback: 'readback',
};

/** The steps of the same chain by themselves, in an otherwise idle worker. */
const partRows = async (
  { chromium, pages, quick }: Context,
  backend: BackendName,
): Promise<Row[]> => {
  const repetitions = quick ? 5 : 30;
  const page = await chromium.newPage();
  await page.goto(pages);
  const packUrl = `${pages}pack/`;
  const open = (name: string, kind: 'parts' | 'tfjs', more: object) =>
    page.evaluate(([n, k, o]) => bench.open(n, k, o), [name, kind, { packUrl, ...more }] as const);
  await open('parts', 'parts', {});
  const [mark] = MARKS;
  const say = (message: object) =>
    page.evaluate((m) => bench.ask('parts', m) as Promise<number>, message);
  await say({ type: 'decode', url: `${pages}demo/${mark?.file}` });
  await say({ type: 'working' });
  const rows = (await alone(page, 'parts', { type: 'mark', box: mark?.box }, repetitions)).map(
    ([part, samples]) => rowOf(`alone: ${PART_NAMES[part] ?? part}, 1 view`, 'ms', samples),
  );
  const patches = await page.evaluate(([n, floats]) => bench.roundTrips('parts', floats, n), [
    repetitions,
    160 * 160,
  ] as const);
  rows.push(rowOf('alone: patch to a worker and back', 'ms', patches));
  for (const isAlone of [true, false]) {
    const samples = await page.evaluate(
      ([n, box, alone]) => bench.measured('parts', box, n, alone),
      [Math.max(repetitions, 20), mark?.box as Box, isAlone] as const,
    );
    const how = isAlone ? 'asked of one worker' : 'in parts where workers are idle';
    rows.push(rowOf(`alone: outline and measured features, 1 view, ${how}`, 'ms', samples));
  }
  await open('tfjs', 'tfjs', { backend });
  for (const batch of [1, 2, 4])
    for (const [part, samples] of await alone(page, 'tfjs', { type: 'split', batch }, repetitions))
      rows.push(rowOf(`alone: ${PART_NAMES[part] ?? part}, batch ${batch}`, 'ms', samples));
  await page.context().close();
  return rows;
};

const NOTES = [
  'Timed in the page, from the pointerup event to the frame after the number is in the document; the network as the engine reports it for the same score, whole milliseconds.',
  `A box that is held still for a tenth of a second is scored before it is let go, and nothing of it is shown; in the rows "held still for ${HELD_MS} ms" the pointer rests before the release, in the others it does not.`,
  'Rows that begin with "alone" are the same code by itself: they may run at the same time in the product.',
];

const rowsOn = async (context: Context, backend: BackendName): Promise<Row[]> => [
  ...(await startRows(context, backend)),
  ...(await warmRows(context, backend)),
  ...(await partRows(context, backend)),
];

/** From the release of a box to the likelihood on screen, on the backend in use, and what it is made of. */
export const measureMark: Measure = async (context) => {
  const backend = await backendInUse(context);
  return {
    name: 'mark',
    title: `Mark to number: from the release of the box to the likelihood on screen (${backendLabel(backend)})`,
    rows: await rowsOn(context, backend),
    notes: NOTES,
  };
};
