import type { Command } from '../../../commands/command.ts';
import { toggleTechnique } from '../../../state/technique-store.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { LayoutMode, Time } from '../layout/hanging-layout.ts';
import type { PrimaryTool } from '../../../ports/display.ts';
import type { Links } from '../../../ports/storage.ts';

/** What the commands of the viewer act on. */
export interface ViewerActions {
  setTool(tool: PrimaryTool): void;
  /** 0 to 3, in the order of the cells. */
  select(index: number): void;
  fit(): void;
  invert(): void;
  reset(): void;
  oneToOne(): void;
  tissueWindow(): void;
  toggleSharpened(): void;
  toggleOutlines(): void;
  toggleExplained(): void;
  toggleOverlays(): void;
  enlarge(): void;
  shrink(): void;
  setMode(mode: LayoutMode): void;
  /** Shows both studies or the prior alone; asked again, the current one alone. */
  toggleTimes(times: Exclude<Time, 'current'> | 'both'): void;
  toggleLink(link: keyof Links): void;
  step(direction: 1 | -1): void;
  toggleFullScreen(): void;
  toLesion(): void;
}

/** The layouts in the order of their keys. */
export const LAYOUT_KEYS: readonly { readonly mode: LayoutMode; readonly key: string }[] = [
  { mode: 'four', key: '5' },
  { mode: 'cc', key: '6' },
  { mode: 'mlo', key: '7' },
  { mode: 'right', key: '8' },
  { mode: 'left', key: '9' },
  { mode: 'row', key: '0' },
];

export const LINK_KEYS: Readonly<Record<keyof Links, string>> = {
  zoom: 'Shift+Z',
  pan: 'Shift+P',
  window: 'Shift+W',
};

export const layoutName = (mode: LayoutMode): string =>
  ({
    four: t('Four views'),
    cc: t('CC pair'),
    mlo: t('MLO pair'),
    right: t('Right breast'),
    left: t('Left breast'),
    row: t('All in a row'),
  })[mode];

export const linkName = (link: keyof Links): string =>
  ({ zoom: t('Link zoom'), pan: t('Link pan'), window: t('Link window') })[link];

/** What the reader can ask of the viewer, by key or by name. */
export const viewerCommands = (actions: ViewerActions): readonly Command[] => {
  const group = t('Viewer');
  const command = (id: string, title: string, key: string, run: () => void): Command => ({
    id: `viewer.${id}`,
    group,
    title,
    keys: [key],
    run,
  });
  return [
    command('window', t('Window'), 'W', () => actions.setTool('window')),
    command('pan', t('Pan'), 'P', () => actions.setTool('pan')),
    command('zoom', t('Zoom'), 'Z', () => actions.setTool('zoom')),
    command('mark', t('Mark'), 'M', () => actions.setTool('mark')),
    ...[0, 1, 2, 3].map((i) =>
      command(`select-${i}`, t('Select view {number}', { number: i + 1 }), String(i + 1), () =>
        actions.select(i),
      ),
    ),
    ...LAYOUT_KEYS.map(({ mode, key }) =>
      command(`layout-${mode}`, t('Layout: {name}', { name: layoutName(mode) }), key, () =>
        actions.setMode(mode),
      ),
    ),
    command('enlarge', t('The selected view alone'), 'Enter', actions.enlarge),
    command('shrink', t('All views'), 'Escape', actions.shrink),
    command('both-times', t('Current over prior'), 'K', () => actions.toggleTimes('both')),
    command('prior', t('Prior in place of current'), 'Shift+K', () => actions.toggleTimes('prior')),
    command('fit', t('Fit all views at one scale'), 'F', actions.fit),
    command('one-to-one', t('One image pixel to one screen pixel'), 'O', actions.oneToOne),
    command('lesion', t('Zoom to the selected lesion, and back'), '.', actions.toLesion),
    command('step', t('Next part of the breast'), 'Q', () => actions.step(1)),
    command('step-back', t('Previous part of the breast'), 'Shift+Q', () => actions.step(-1)),
    ...(['zoom', 'pan', 'window'] as const).map((link) =>
      command(`link-${link}`, linkName(link), LINK_KEYS[link], () => actions.toggleLink(link)),
    ),
    command('invert', t('Invert the grey scale of this view'), 'I', actions.invert),
    command('tissue', t('Window over the breast tissue'), 'T', actions.tissueWindow),
    command('sharpen', t('Sharpen the picture on screen'), 'S', actions.toggleSharpened),
    command(
      'reset',
      t('Window, inversion, zoom and position of this view as opened'),
      'R',
      actions.reset,
    ),
    command('outlines', t('Show the outlines of the lesions'), 'C', actions.toggleOutlines),
    command(
      'explain',
      t('Class-activation map of the selected lesion'),
      'E',
      actions.toggleExplained,
    ),
    command('overlays', t('Hide marks and labels'), 'H', actions.toggleOverlays),
    command('technique', t('Show how the images were taken'), 'Shift+H', toggleTechnique),
    command('full-screen', t('Full screen'), 'Shift+F', actions.toggleFullScreen),
  ];
};
