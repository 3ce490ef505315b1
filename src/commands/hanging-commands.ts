import { isoDate } from '../core/dicom/iso-date.ts';
import { nextHanging } from '../core/display/hanging/hanging-sequence.ts';
import { arrange, modesThere, type LayoutMode } from '../core/display/hanging/hanging-layout.ts';
import { message } from '../core/message/message.ts';
import type { Links } from '../ports/storage.ts';
import { linksOf, sequenceOf } from '../state/settings-store.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';
import { hangingIn, markIn } from './viewer-commands.ts';

const group = 'commands.hanging';

const layout = (mode: LayoutMode, key: string): CommandEntry => ({
  id: `viewer.layout-${mode}`,
  group,
  title: `hanging.${mode}`,
  keys: [key],
  toolbar: 'hanging',
  enabled: (context) => {
    const { current, prior } = hangingIn(context);
    const study = context.viewer.getState().times === 'prior' && prior ? prior : current;
    return modesThere(study).includes(mode);
  },
  pressed: (context) => {
    const { all } = hangingIn(context);
    return all.mode === mode && !context.viewer.getState().enlarged;
  },
  run: ({ viewer }) => viewer.getState().setMode(mode),
});

/** Shows the active view alone, or all again. */
const enlarge = (context: CommandContext, on: boolean): void => {
  const { viewer } = context;
  const { active } = hangingIn(context);
  if (on && active && !viewer.getState().enlarged)
    viewer.getState().stage?.centre(active.key, markIn(context));
  viewer.setState({ enlarged: on });
};

const hasPrior = (context: CommandContext): boolean => hangingIn(context).prior !== undefined;

const priorDate = (context: CommandContext): string => {
  const [first] = hangingIn(context).prior?.cells.flatMap(({ shown }) => shown ?? []) ?? [];
  return isoDate(first?.header.studyDate ?? '');
};

/** Steps along the reader's sequence of hangings. */
const goTo =
  (direction: 1 | -1) =>
  (context: CommandContext): void => {
    const { current, prior } = hangingIn(context);
    const { viewer, settings } = context;
    const { mode, times, roomier } = viewer.getState();
    const next = nextHanging(
      sequenceOf(settings.getState()),
      { mode, times },
      direction,
      (wish) => {
        if (wish.times !== 'current' && !prior) return undefined;
        if (wish.mode && !modesThere(current).includes(wish.mode)) return undefined;
        const { cells, rows } = arrange(current, prior, { ...wish, roomier, alone: undefined });
        return `${cells.map(({ key }) => key)} in ${rows}`;
      },
    );
    if (next) viewer.setState({ ...next, enlarged: false });
  };

const link = (which: keyof Links, key: string): CommandEntry => ({
  id: `viewer.link-${which}`,
  group,
  title: `hanging.link.${which}`,
  keys: [key],
  toolbar: 'link',
  pressed: ({ settings }) => linksOf(settings.getState())[which],
  run: ({ settings }) =>
    settings.getState().linkViews({ [which]: !linksOf(settings.getState())[which] }),
});

/** Which views hang where, and what they do together. */
export const HANGING_COMMANDS: readonly CommandEntry[] = [
  layout('four', '5'),
  layout('cc', '6'),
  layout('mlo', '7'),
  layout('right', '8'),
  layout('left', '9'),
  layout('row', '0'),
  {
    id: 'viewer.enlarge',
    group,
    title: 'hanging.one',
    hint: 'hanging.hint.one',
    keys: ['Enter'],
    toolbar: 'hanging',
    context: true,
    enabled: (context) => hangingIn(context).active !== undefined,
    pressed: ({ viewer }) => viewer.getState().enlarged,
    run: (context) => enlarge(context, !context.viewer.getState().enlarged),
  },
  {
    id: 'viewer.shrink',
    group,
    title: 'hanging.all',
    keys: ['Escape'],
    enabled: ({ viewer }) => viewer.getState().enlarged,
    run: (context) => enlarge(context, false),
  },
  {
    id: 'viewer.next-hanging',
    group,
    title: 'hanging.next',
    keys: ['J', 'Space'],
    toolbar: 'sequence',
    context: true,
    run: goTo(1),
  },
  {
    id: 'viewer.previous-hanging',
    group,
    title: 'hanging.previous',
    keys: ['Shift+J', 'Shift+Space'],
    toolbar: 'sequence',
    run: goTo(-1),
  },
  {
    id: 'viewer.hanging-sequence',
    group,
    title: 'hanging.sequence',
    toolbar: 'sequence',
    run: ({ page }) => page.setState({ over: 'sequence' }),
  },
  {
    id: 'viewer.both-times',
    group,
    title: (context) => message('hanging.compare', { date: priorDate(context) }),
    hint: 'hanging.hint.compare',
    keys: ['K'],
    toolbar: 'compare',
    context: true,
    enabled: hasPrior,
    pressed: ({ viewer }) => viewer.getState().times === 'both',
    run: ({ viewer }) => viewer.getState().toggleTimes('both'),
  },
  {
    id: 'viewer.prior',
    group,
    title: 'hanging.prior',
    keys: ['Shift+K'],
    toolbar: 'compare',
    enabled: hasPrior,
    pressed: ({ viewer }) => viewer.getState().times === 'prior',
    run: ({ viewer }) => viewer.getState().toggleTimes('prior'),
  },
  link('zoom', 'Shift+Z'),
  link('pan', 'Shift+P'),
  link('window', 'Shift+W'),
  link('slices', 'Shift+L'),
];
