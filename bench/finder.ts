import type { Page } from '@playwright/test';
import type { Measure } from './lib/measure.ts';
import { engineReady, openDemo } from './lib/reader.ts';
import { ratioTo, rowOf } from './lib/result.ts';

/** The views of the first exam of the demo case: the one on show, which is looked at first. */
const VIEWS = 4;

interface Looks {
  /** Finder asked for, ready; ms since the page began. */
  finder: number[];
  /** Each look from its question to its answer. */
  asked: number[];
  answered: number[];
}

declare global {
  interface Window {
    looks?: Looks;
  }
}

/** Runs in the product's page before its own scripts: notes when the inference worker is asked and answers. */
const watchLooks = () => {
  const looks: Looks = { finder: [], asked: [], answered: [] };
  window.looks = looks;
  const now = () => performance.now();
  /** Where the answer to a question goes, by worker and number (src/workers/protocol.ts). */
  const awaited = new Map<Worker, Map<number, number[]>>();
  window.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      const own = new Map<number, number[]>();
      awaited.set(this, own);
      this.addEventListener('message', ({ data }: MessageEvent<{ kind?: string; id?: number }>) => {
        if (data?.kind === 'answer') own.get(data.id ?? 0)?.push(now());
      });
    }
  };
  const send = Worker.prototype.postMessage as (...args: unknown[]) => void;
  Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
    const { name, id = 0 } = (args[0] ?? {}) as { name?: string; id?: number };
    if (name === 'finder') awaited.get(this)?.set(id, looks.finder);
    if (name === 'look') awaited.get(this)?.set(id, looks.answered);
    if (name === 'finder') looks.finder.push(now());
    if (name === 'look') looks.asked.push(now());
    send.apply(this, args);
  };
};

const looksOf = async (page: Page): Promise<Looks> => {
  await page.waitForFunction((n) => (window.looks?.answered.length ?? 0) >= n, VIEWS, {
    timeout: 180_000,
  });
  const looks = await page.evaluate(() => window.looks);
  if (!looks) throw new Error('nothing watches the looks');
  return looks;
};

/** The second look at the four views on show, from the first question to the network to its last answer. */
export const measureFinder: Measure = async ({ chromium, product, quick, backend = 'wasm' }) => {
  const [whole, single, start]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < (quick ? 2 : 9); i++) {
    const page = await chromium.newPage();
    await page.addInitScript(watchLooks);
    await page.goto(`${product}?backend=${backend}`);
    await openDemo(page);
    await engineReady(page);
    const { finder, asked, answered } = await looksOf(page);
    const at = (list: readonly number[], k: number) => list[k] ?? Number.NaN;
    whole.push(at(answered, VIEWS - 1) - at(asked, 0));
    start.push(at(finder, 1) - at(finder, 0));
    single.push(...Array.from({ length: VIEWS }, (_, k) => at(answered, k) - at(asked, k)));
    await page.context().close();
  }
  return {
    name: 'finder',
    title: `Second look at four views (${backend})`,
    rows: [
      rowOf('four views, first asked to last answered', 'ms', whole, {
        ratios: [ratioTo(whole, '2 s', [2000], 1)],
      }),
      rowOf('one view, in the network', 'ms', single),
      rowOf('finder fetched, loaded and checked, after the engine was ready', 'ms', start),
    ],
    notes: [
      'Timed at the inference worker, with the other exams of the demo case waiting behind; the next view is made ready while the network looks at one.',
    ],
  };
};
