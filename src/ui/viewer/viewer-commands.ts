import type { Command } from '../commands/command.ts';
import { t } from '../i18n/text.ts';
import type { PrimaryTool } from './viewport-port.ts';

/** What the commands of the viewer act on. */
export interface ViewerActions {
  setTool(tool: PrimaryTool): void;
  /** 0 to 3, in the order of the cells. */
  select(index: number): void;
  fit(): void;
  invert(): void;
  reset(): void;
  oneToOne(): void;
  toggleOutlines(): void;
  toggleExplained(): void;
  enlarge(): void;
  shrink(): void;
}

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
    command('fit', t('Fit all views at one scale'), 'F', actions.fit),
    command('invert', t('Invert the grey scale of this view'), 'I', actions.invert),
    command(
      'reset',
      t('Window, inversion, zoom and position of this view as opened'),
      'R',
      actions.reset,
    ),
    command('one-to-one', t('One image pixel to one screen pixel'), 'O', actions.oneToOne),
    command('outlines', t('Show the outlines of the lesions'), 'C', actions.toggleOutlines),
    command(
      'explain',
      t('Class-activation map of the selected lesion'),
      'E',
      actions.toggleExplained,
    ),
    command('enlarge', t('The selected view alone'), 'Enter', actions.enlarge),
    command('shrink', t('All views'), 'Escape', actions.shrink),
  ];
};
