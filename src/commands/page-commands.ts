import type { Folded } from '../ports/storage.ts';
import { noticesOnShow } from '../state/notices-on-show.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';

const group = 'commands.page';

const fold = (panel: keyof Folded, key: string): CommandEntry => ({
  id: `page.fold-${panel}`,
  group,
  title: `page.fold.${panel}`,
  keys: [key],
  toolbar: panel,
  enabled: ({ studies }) => studies.getState().images.length > 0,
  pressed: ({ settings }) => !settings.getState().folded[panel],
  run: ({ settings }) => {
    const { folded, fold: put } = settings.getState();
    put(panel, !folded[panel]);
  },
});

const noticesIn = ({ notices, studies }: CommandContext) =>
  noticesOnShow(notices.getState().notices, studies.getState());

/** By Escape, where nothing else takes it. */
export const DISMISS_NOTICE: CommandEntry = {
  id: 'page.dismiss-notice',
  group,
  title: 'page.dismiss-notice',
  keys: ['Escape'],
  enabled: (context) => noticesIn(context).length > 0,
  run: (context) => {
    const newest = noticesIn(context).at(-1);
    if (newest) context.notices.getState().dismiss(newest);
  },
};

/** What concerns the page as a whole. */
export const PAGE_COMMANDS: readonly CommandEntry[] = [
  fold('patients', 'Y'),
  fold('lesions', 'Shift+Y'),
  {
    id: 'page.palette',
    group,
    title: 'page.palette',
    keys: ['Ctrl+K'],
    toolbar: 'page',
    run: ({ page }) => page.setState({ over: 'palette' }),
  },
  {
    id: 'page.keys',
    group,
    title: 'page.keys',
    keys: ['?'],
    toolbar: 'page',
    run: ({ page }) => page.setState({ over: 'keys' }),
  },
  {
    id: 'page.display-check',
    group,
    title: 'page.display-check',
    run: ({ page }) => page.setState({ over: 'display-check' }),
  },
  {
    id: 'page.about',
    group,
    title: 'page.about',
    run: ({ page }) => page.setState({ over: 'about' }),
  },
];
