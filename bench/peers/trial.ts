import type { Page } from '@playwright/test';
import type { Context } from '../lib/measure.ts';
import { Film, type Pane } from './film.ts';
import type { Grey } from './likeness.ts';
import { VIEWS } from './study.ts';
import type { Viewer } from './viewers.ts';

const ACTION_PATIENCE_MS = 120_000;
/** Nobody opens files within the first seconds, and engines may start meanwhile. */
const BEFORE_OPENING_MS = 4_000;

export interface Opening {
  /** From the first action to four different views drawn. */
  readonly ms: number;
  readonly actions: readonly string[];
  /** The panes as they look in the end. */
  readonly looks: readonly Grey[];
}

export interface Trial {
  readonly opening?: Opening;
  /** Why there were not four views. */
  readonly problem?: string;
  /** What the page itself complained of, each once. */
  readonly complaints: readonly string[];
  /** Other sites that the page asked for something. */
  readonly strangers: readonly string[];
}

export interface Place {
  readonly viewer: Viewer;
  /** Ends with a slash. */
  readonly address: string;
}

export interface TrialOptions {
  readonly patienceMs: number;
  /** A JPEG file for how the screen looks at the end. */
  readonly picture: string | undefined;
}

export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;

const panesOf = (page: Page, selector: string): Promise<Pane[]> =>
  page.locator(selector).evaluateAll((panes) =>
    panes.map((pane) => {
      const { x, y, width, height } = pane.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );

const listen = (page: Page) => {
  const complaints = new Set<string>();
  const strangers = new Set<string>();
  page.on('pageerror', (error) => complaints.add(firstLine(error)));
  page.on('console', (said) => {
    // Some tell their errors as debugging notes.
    const isError = said.type() === 'error' || said.text().includes('Error: ');
    if (isError && !said.text().startsWith('Failed to load resource'))
      complaints.add(firstLine(said.text()).slice(0, 160));
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost') strangers.add(hostname);
  });
  return { complaints, strangers };
};

const openOn = async (
  page: Page,
  viewer: Viewer,
  files: readonly string[],
  patienceMs: number,
): Promise<Opening> => {
  const film = await Film.of(page);
  const actions: string[] = [];
  let start = 0;
  await viewer.open(page, files, async (what, run) => {
    if (actions.push(what) === 1) start = Date.now();
    await run();
  });
  await page.waitForFunction(
    ([selector, count]) => document.querySelectorAll(selector).length >= count,
    [viewer.panes, VIEWS.length] as const,
    { timeout: patienceMs },
  );
  const panes = await panesOf(page, viewer.panes);
  await film.untilDrawn(panes, patienceMs);
  const shown = await viewer.shown(page);
  if (new Set(shown).size !== VIEWS.length || shown.includes(''))
    throw new Error(`the panes show ${shown.map((view) => view || 'nothing known').join(', ')}`);
  const { at, looks } = film.drawn(panes);
  return { ms: at - start, actions, looks };
};

/** One viewer in a new profile, from its start page to four views. Never throws for what it cannot do. */
export const tryOn = async (
  { chromium }: Context,
  { viewer, address }: Place,
  files: readonly string[],
  { patienceMs, picture }: TrialOptions,
): Promise<Trial> => {
  const page = await chromium.newPage();
  page.setDefaultTimeout(ACTION_PATIENCE_MS);
  const { complaints, strangers } = listen(page);
  let result: Pick<Trial, 'opening' | 'problem'>;
  try {
    await page.goto(`${address}${viewer.path}`);
    await viewer.ready(page);
    await page.waitForTimeout(BEFORE_OPENING_MS);
    result = { opening: await openOn(page, viewer, files, patienceMs) };
  } catch (error) {
    result = { problem: firstLine(error) };
  }
  if (picture !== undefined)
    await page.screenshot({ path: picture, type: 'jpeg', quality: 70 }).catch(() => undefined);
  await page.context().close();
  return { ...result, complaints: [...complaints], strangers: [...strangers] };
};
