import { hang } from '../core/display/hanging/hang.ts';
import type { Cell } from '../core/display/hanging/hanging-layout.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { goToSlice } from '../state/go-to-slice.ts';
import { SLAB_THICKNESSES, sliceOf, type SliceMode } from '../state/slices-store.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';
import { hangingIn } from './viewer-commands.ts';

const group = 'commands.slices';

/** The volume in the active view, with the slice that is looked at. */
export const volumeIn = (context: CommandContext) => {
  const header = hangingIn(context).active?.shown?.header;
  const index = header && sliceOf(context.slices.getState(), header);
  return header?.slices && index !== undefined
    ? { sop: header.sopInstanceUid, index, slices: header.slices }
    : undefined;
};

const hasVolume = (context: CommandContext): boolean => volumeIn(context) !== undefined;

const go = (
  id: 'next' | 'previous' | 'first' | 'last',
  key: string,
  to: (index: number, count: number) => number,
): CommandEntry => ({
  id: `slices.${id}`,
  group,
  title: `slices.${id}`,
  keys: [key],
  repeats: true,
  enabled: hasVolume,
  run: (context) => {
    const volume = volumeIn(context);
    if (!volume) return;
    context.slices.getState().play(undefined);
    goToSlice(context, volume.sop, to(volume.index, volume.slices.count));
  },
});

/** What else hangs in the place of a cell: a volume for a flat picture, and the other way round. */
const counterpart = (
  context: CommandContext,
  { place, time, shown }: Cell<OpenImage>,
): string | undefined => {
  const { current, prior } = hangingIn(context);
  const study = time === 'prior' ? prior : current;
  if (!shown || !study) return undefined;
  const images = [...study.cells.flatMap((cell) => cell.shown ?? []), ...study.rest];
  const isVolume = shown.header.slices !== undefined;
  const other = hang(images).places[place].find(
    ({ header }) => (header.slices !== undefined) !== isVolume,
  );
  return other?.header.sopInstanceUid;
};

const swap = (context: CommandContext, cells: readonly Cell<OpenImage>[]): void => {
  for (const cell of cells) {
    const sop = counterpart(context, cell);
    if (sop !== undefined) context.viewer.getState().choose(cell.time, cell.place, sop);
  }
};

/** The active view, and those on show that are what it is: all then go to the other kind together. */
const alike = (context: CommandContext): readonly Cell<OpenImage>[] => {
  const { active, onShow } = hangingIn(context);
  const isVolume = active?.shown?.header.slices !== undefined;
  return onShow.cells.filter(
    ({ shown }) => shown && (shown.header.slices !== undefined) === isVolume,
  );
};

const activeCells = (context: CommandContext): readonly Cell<OpenImage>[] => {
  const { active } = hangingIn(context);
  return active ? [active] : [];
};

const MODES: readonly SliceMode[] = ['slice', 'mean', 'maximum'];

const after = <T>(list: readonly T[], now: T): T =>
  list[(list.indexOf(now) + 1) % list.length] as T;

/** Going through tomosynthesis. */
export const SLICE_COMMANDS: readonly CommandEntry[] = [
  go('next', 'ArrowDown', (index) => index + 1),
  go('previous', 'ArrowUp', (index) => index - 1),
  go('first', 'Home', () => 0),
  go('last', 'End', (_, count) => count - 1),
  {
    id: 'slices.play',
    group,
    title: 'slices.play',
    keys: ['L'],
    toolbar: 'slices',
    enabled: hasVolume,
    pressed: ({ slices }) => slices.getState().playing !== undefined,
    run: (context) => {
      const { playing, play } = context.slices.getState();
      play(playing === undefined ? volumeIn(context)?.sop : undefined);
    },
  },
  {
    id: 'slices.mode',
    group,
    title: 'slices.mode',
    hint: 'slices.hint.mode',
    keys: ['Shift+S'],
    enabled: hasVolume,
    run: ({ slices }) => slices.getState().setMode(after(MODES, slices.getState().mode)),
  },
  {
    id: 'slices.thickness',
    group,
    title: 'slices.thickness',
    keys: ['Shift+G'],
    enabled: hasVolume,
    run: ({ slices }) =>
      slices.getState().setThickness(after(SLAB_THICKNESSES, slices.getState().thickness)),
  },
  {
    id: 'slices.swap',
    group,
    title: 'slices.swap',
    hint: 'slices.hint.swap',
    keys: [','],
    toolbar: 'look',
    context: true,
    enabled: (context) => activeCells(context).some((cell) => counterpart(context, cell)),
    run: (context) => swap(context, activeCells(context)),
  },
  {
    id: 'slices.swap-all',
    group,
    title: 'slices.swap-all',
    keys: [';'],
    toolbar: 'look',
    enabled: (context) => alike(context).some((cell) => counterpart(context, cell)),
    run: (context) => swap(context, alike(context)),
  },
];
