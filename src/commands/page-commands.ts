import type { Folded } from '../ports/storage.ts';
import type { CommandEntry } from './command.ts';

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
