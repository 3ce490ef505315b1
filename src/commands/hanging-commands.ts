import { isoDate } from '../core/dicom/iso-date.ts';
import { nextHanging } from '../core/display/hanging/hanging-sequence.ts';
import {
  arrange,
  modesThere,
  type CellKey,
  type LayoutMode,
} from '../core/display/hanging/hanging-layout.ts';
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
    return all.mode === mode && !context.viewer.getState().alone;
  },
  run: ({ viewer }) => viewer.getState().setMode(mode),
});

/** Shows the active view alone, or all again. */
const enlarge = (context: CommandContext, on: boolean): void => {
  const { viewer } = context;
  const { active } = hangingIn(context);
  if (on && active && !viewer.getState().alone)
    viewer.getState().stage?.centre(active.key, markIn(context));
  viewer.setState({ alone: on ? { as: 'view' } : undefined });
};

const hasPrior = (context: CommandContext): boolean => hangingIn(context).prior !== undefined;

const priorDate = (context: CommandContext): string => {
  const [first] = hangingIn(context).prior?.cells.flatMap(({ shown }) => shown ?? []) ?? [];
  return isoDate(first?.header.studyDate ?? '');
};

/** Shows a view at 1:1, from its first part on or, on the way back, from its last. */
const toQuadrants = ({ viewer }: CommandContext, wanted: CellKey, direction: 1 | -1): void =>
  viewer.setState({
    wanted,
    alone: { as: 'quadrants', tile: direction > 0 ? 0 : Number.POSITIVE_INFINITY },
  });

/** The next part of the view that is led over at 1:1, else of the next view; false past the last. */
const stepQuadrant = (context: CommandContext, direction: 1 | -1): boolean => {
  const { alone, stage } = context.viewer.getState();
  const { all, active } = hangingIn(context);
  if (alone?.as !== 'quadrants' || !active) return false;
  const count = stage?.quadrants(active.key) ?? 0;
  const tile = Math.min(alone.tile, count - 1) + direction;
  if (tile >= 0 && tile < count) {
    context.viewer.setState({ alone: { as: 'quadrants', tile } });
    return true;
  }
  const filled = all.cells.filter(({ shown }) => shown);
  const next = filled[filled.findIndex(({ key }) => key === active.key) + direction];
  if (next) toQuadrants(context, next.key, direction);
  return next !== undefined;
};

/** Steps along the reader's sequence of hangings. */
const goTo =
  (direction: 1 | -1) =>
  (context: CommandContext): void => {
    if (stepQuadrant(context, direction)) return;
    const { current, prior } = hangingIn(context);
    const { viewer, settings } = context;
    const { mode, times, roomier, filling, alone } = viewer.getState();
    const now = { mode, times, quadrants: alone?.as === 'quadrants' };
    const next = nextHanging(sequenceOf(settings.getState()), now, direction, (wish) => {
      if (wish.times !== 'current' && !prior) return undefined;
      if (wish.mode && !modesThere(current).includes(wish.mode)) return undefined;
      const { cells, rows } = arrange(current, prior, {
        ...wish,
        roomier,
        filling,
        alone: undefined,
      });
      return `${cells.map(({ key }) => key)} in ${rows}${wish.quadrants ? ' at 1:1' : ''}`;
    });
    if (!next) return;
    viewer.setState({ mode: next.mode, times: next.times, alone: undefined });
    const filled = hangingIn(context).all.cells.filter(({ shown }) => shown);
    const first = filled.at(direction > 0 ? 0 : -1);
    if (next.quadrants && first) toQuadrants(context, first.key, direction);
  };

/** The place whose current and prior view can take turns in one cell: that of the selected view. */
const canFlicker = (context: CommandContext): boolean => {
  const { current, prior, active } = hangingIn(context);
  return [current, prior].every((study) =>
    study?.cells.some(({ place, shown }) => place === active?.place && shown),
  );
};

const flickers = (context: CommandContext): boolean => hangingIn(context).flicker !== undefined;

const startFlicker = (context: CommandContext): void => {
  const { viewer } = context;
  const { active } = hangingIn(context);
  if (!active) return;
  viewer.getState().putToolAway();
  viewer.setState({
    wanted: active.key,
    alone: { as: 'flicker', shows: active.time, running: true },
  });
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
    pressed: ({ viewer }) => viewer.getState().alone !== undefined,
    run: (context) => enlarge(context, !context.viewer.getState().alone),
  },
  {
    id: 'viewer.shrink',
    group,
    title: 'hanging.all',
    keys: ['Escape'],
    enabled: ({ viewer }) => viewer.getState().alone !== undefined,
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
  {
    id: 'viewer.flicker',
    group,
    title: 'hanging.flicker',
    hint: 'hanging.hint.flicker',
    keys: ['/'],
    toolbar: 'sequence',
    context: true,
    enabled: canFlicker,
    pressed: flickers,
    run: (context) =>
      flickers(context) ? context.viewer.setState({ alone: undefined }) : startFlicker(context),
  },
  {
    id: 'viewer.flicker-turn',
    group,
    title: 'hanging.flicker-turn',
    keys: ['Space'],
    enabled: flickers,
    run: ({ viewer }) => viewer.getState().turnFlicker(false),
  },
  link('zoom', 'Shift+Z'),
  link('pan', 'Shift+P'),
  link('window', 'Shift+W'),
  link('slices', 'Shift+L'),
];
