import type { Page } from '@playwright/test';
import { giveFiles } from '../lib/reader.ts';
import { DWV, OHIF, VOLVIEW, volviewLayout } from './packages.ts';
import { VIEWS } from './study.ts';

const PATIENCE_MS = 120_000;

/** Does one thing that a reader would do, and counts it. */
export type Act = (what: string, run: () => Promise<unknown>) => Promise<void>;

/** How four views are had in one viewer, by as few actions as it allows. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  /** What its address has after the site's own. */
  readonly path: string;
  /** Selects the panes of the four views once they are there. */
  readonly panes: string;
  /** Waits until files can be given. */
  ready(page: Page): Promise<unknown>;
  open(page: Page, files: readonly string[], act: Act): Promise<void>;
  /** What each pane says it shows, in the panes' own order. */
  shown(page: Page): Promise<string[]>;
}

/** The view named in each pane's text: "R CC", or '' where none is. */
const viewsIn = async (page: Page, panes: string): Promise<string[]> => {
  const texts = await page.locator(panes).allInnerTexts();
  return texts.map((text) => VIEWS.find((view) => text.includes(`SYNTHETIC ${view}`)) ?? '');
};

const paneSays = (page: Page, panes: string, index: number, view: string) =>
  page.waitForFunction(
    ([selector, i, words]) =>
      (document.querySelectorAll<HTMLElement>(selector)[i]?.innerText ?? '').includes(words),
    [panes, index, `SYNTHETIC ${view}`] as const,
    { timeout: PATIENCE_MS },
  );

export const own: Viewer = {
  id: 'tandem',
  name: 'Tandem CADx',
  path: '?backend=wasm',
  panes: '[data-view]',
  ready: (page) => page.getByRole('button', { name: /demo case/ }).waitFor(),
  open: (page, files, act) => act('give the files', () => giveFiles(page, files)),
  shown: async (page) => {
    const titles = await page
      .locator('[data-view]')
      .evaluateAll((panes) => panes.map((pane) => pane.getAttribute('data-view') ?? ''));
    return titles.map((title) => title.replace(/^([RL])/, '$1 '));
  },
};

const OHIF_PANES = '.viewport-wrapper';

export const ohif: Viewer = {
  id: 'ohif',
  name: `OHIF ${OHIF.version}`,
  path: 'local',
  panes: OHIF_PANES,
  ready: (page) => page.locator('input[type=file]').first().waitFor({ state: 'attached' }),
  open: async (page, files, act) => {
    const input = page.locator('input[type=file]').first();
    await act('give the files', () => input.setInputFiles([...files]));
    const study = page.getByText('SYNTHETIC, DEMO ONE').first();
    await study.waitFor({ timeout: PATIENCE_MS });
    await act('open the study from the list', () => study.dblclick());
    await page.locator(OHIF_PANES).nth(3).waitFor({ timeout: PATIENCE_MS });
    await paneSays(page, OHIF_PANES, 3, 'L MLO');
    // Its mammography protocol puts the left MLO in both lower panes.
    for (const [i, view] of VIEWS.entries()) {
      await page.waitForTimeout(50);
      if ((await viewsIn(page, OHIF_PANES))[i] === view) continue;
      const thumbnail = page.getByText(`SYNTHETIC ${view}`, { exact: true }).first();
      const pane = page.locator(OHIF_PANES).nth(i);
      await act(`drag ${view} to its pane`, () => thumbnail.dragTo(pane));
      await paneSays(page, OHIF_PANES, i, view);
    }
  },
  shown: (page) => viewsIn(page, OHIF_PANES),
};

const VOLVIEW_PANES = '.grid-item';

export const volview: Viewer = {
  id: 'volview',
  name: `VolView ${VOLVIEW.version}`,
  path: '',
  panes: VOLVIEW_PANES,
  ready: (page) =>
    page
      .getByText(/open files|click|drag/i)
      .first()
      .waitFor(),
  open: async (page, files, act) => {
    const asked = page.waitForEvent('filechooser');
    await page
      .getByText(/open files|click|drag/i)
      .first()
      .click();
    const chooser = await asked;
    await act('give the files and a layout', () => chooser.setFiles([...files, volviewLayout()]));
    const cards = page.locator('[draggable=true]');
    await cards.nth(VIEWS.length - 1).waitFor({ timeout: PATIENCE_MS });
    // One image is in all panes.
    await page.waitForFunction(
      (selector) =>
        /SYNTHETIC/.test(document.querySelector<HTMLElement>(selector)?.innerText ?? ''),
      VOLVIEW_PANES,
      { timeout: PATIENCE_MS },
    );
    for (const [i, view] of VIEWS.entries()) {
      if ((await viewsIn(page, VOLVIEW_PANES))[i] === view) continue;
      const card = cards.filter({ hasText: `SYNTHETIC ${view}` }).first();
      const pane = page.locator(VOLVIEW_PANES).nth(i);
      await act(`drag ${view} to its pane`, () => card.dragTo(pane, { timeout: PATIENCE_MS }));
      await paneSays(page, VOLVIEW_PANES, i, view);
    }
  },
  shown: (page) => viewsIn(page, VOLVIEW_PANES),
};

export const dwv: Viewer = {
  id: 'dwv',
  name: `dwv ${DWV.version}`,
  path: 'dwv.html',
  panes: '.pane',
  ready: (page) => page.locator('body[data-ready=yes]').waitFor(),
  open: (page, files, act) =>
    act('give the files', () => page.locator('#files').setInputFiles([...files])),
  shown: (page) => viewsIn(page, '.pane'),
};
