import { boxCentre } from '../core/geometry/box.ts';
import type { ImagePoint } from '../core/geometry/point.ts';
import { TISSUE_PRESET } from '../core/display/grey/tissue-window.ts';
import { message } from '../core/message/message.ts';
import type { PrimaryTool, ViewportHandle } from '../ports/display.ts';
import { boxesOf, chosenFinding } from '../state/exam-findings.ts';
import { activeView, hangingNow, type HangingNow } from '../state/hanging.ts';
import { linksOf } from '../state/settings-store.ts';
import { isDrawing, type Switch } from '../state/viewer-store.ts';
import type { CommandEntry } from './command.ts';
import { type CommandContext, lesionIn } from './context.ts';

const group = 'commands.viewer';

export const hangingIn = ({ viewer, studies }: CommandContext): HangingNow =>
  hangingNow(viewer.getState(), studies.getState());

export const viewIn = ({ viewer, studies }: CommandContext): ViewportHandle | undefined =>
  activeView(viewer.getState(), studies.getState());

const hasView = (context: CommandContext): boolean => viewIn(context) !== undefined;

/** Does something to the active view where there is one. */
const onView = (act: (view: ViewportHandle) => void) => (context: CommandContext) => {
  const view = viewIn(context);
  if (view) act(view);
};

/** The middle of the mark on an image of what is selected: a lesion, else a finding. */
export const markIn =
  (context: CommandContext) =>
  (sop: string): ImagePoint | undefined => {
    const lesion = lesionIn(context);
    const finding = lesion ? undefined : chosenFinding(context);
    const box = lesion?.marks[sop] ?? (finding && boxesOf(finding)[sop]);
    return box && boxCentre(box);
  };

const tool = (
  name: Exclude<PrimaryTool, 'distance' | 'ellipse' | 'angle'>,
  key: string,
): CommandEntry => ({
  id: `viewer.${name}`,
  group,
  title: `viewer.${name}`,
  hint: `viewer.hint.${name}`,
  keys: [key],
  toolbar: 'tools',
  ...(name === 'mark' ? { context: true } : {}),
  pressed: ({ viewer }) => viewer.getState().tool === name,
  run: ({ viewer }) => viewer.getState().takeTool(name),
});

const toggle = (
  what: Switch,
  entry: Pick<CommandEntry, 'id' | 'title' | 'hint' | 'keys' | 'toolbar'>,
): CommandEntry => ({
  group,
  ...entry,
  pressed: ({ viewer }) => viewer.getState()[what],
  run: ({ viewer }) => viewer.getState().toggle(what),
});

const select = (number: number): CommandEntry => ({
  id: `viewer.select-${number}`,
  group,
  title: message('viewer.select', { number }),
  keys: [String(number)],
  run: (context) => {
    const cell = hangingIn(context).all.cells[number - 1];
    if (cell?.shown) context.viewer.getState().turnTo(cell.key);
  },
});

const step =
  (direction: 1 | -1) =>
  (context: CommandContext): void => {
    const { active } = hangingIn(context);
    if (active) context.viewer.getState().stage?.step(active.key, direction);
  };

/** Puts the window over the breast tissue, where the image has one. */
const toTissueWindow = (view: ViewportHandle): void => {
  const at = view.state().presets.indexOf(TISSUE_PRESET);
  if (at >= 0) view.setVoiPreset(at);
};

/** Whether a lesion, or a finding of the second look, is selected. */
const hasChosen = (context: CommandContext): boolean =>
  lesionIn(context) !== undefined || chosenFinding(context) !== undefined;

const reset = (context: CommandContext): void => {
  const view = viewIn(context);
  const { zoom } = linksOf(context.settings.getState());
  view?.resetWindow();
  context.viewer.getState().stage?.fit((each) => each === view || zoom || each.state().fitted);
};

/** Tools, and what is done to the picture. */
export const VIEWER_COMMANDS: readonly CommandEntry[] = [
  tool('window', 'W'),
  tool('pan', 'P'),
  tool('zoom', 'Z'),
  tool('mark', 'M'),
  {
    id: 'viewer.put-away',
    group,
    title: 'viewer.put-away',
    keys: ['Escape'],
    enabled: ({ viewer }) => isDrawing(viewer.getState().tool),
    run: ({ viewer, lesions }) => {
      viewer.getState().putToolAway();
      lesions.getState().dropBegun();
    },
  },
  ...[1, 2, 3, 4].map(select),
  {
    id: 'viewer.fit',
    group,
    title: 'viewer.fit',
    hint: 'viewer.hint.fit',
    keys: ['F'],
    toolbar: 'picture',
    context: true,
    run: ({ viewer }) => viewer.getState().stage?.fit(),
  },
  {
    id: 'viewer.one-to-one',
    group,
    title: 'viewer.one-to-one',
    hint: 'viewer.hint.one-to-one',
    keys: ['O'],
    toolbar: 'picture',
    context: true,
    enabled: hasView,
    run: (context) => {
      const { active } = hangingIn(context);
      if (active) context.viewer.getState().stage?.oneToOne(active.key, markIn(context));
    },
  },
  {
    id: 'viewer.invert',
    group,
    title: 'viewer.invert',
    hint: 'viewer.hint.invert',
    keys: ['I'],
    toolbar: 'picture',
    context: true,
    enabled: hasView,
    pressed: (context) => viewIn(context)?.state().inverted ?? false,
    run: onView((view) => view.invert(!view.state().inverted)),
  },
  {
    id: 'viewer.reset',
    group,
    title: 'viewer.reset',
    hint: 'viewer.hint.reset',
    keys: ['R'],
    toolbar: 'picture',
    context: true,
    enabled: hasView,
    run: reset,
  },
  {
    id: 'viewer.lesion',
    group,
    title: 'viewer.lesion',
    keys: ['.'],
    toolbar: 'look',
    context: true,
    enabled: hasChosen,
    run: ({ viewer }) => viewer.getState().stage?.toLesion(),
  },
  {
    ...toggle('crops', {
      id: 'viewer.crops',
      title: 'viewer.crops',
      hint: 'viewer.hint.crops',
      keys: [':'],
      toolbar: 'look',
    }),
    context: true,
    enabled: hasChosen,
  },
  {
    id: 'viewer.step',
    group,
    title: 'viewer.step',
    hint: 'viewer.hint.step',
    keys: ['Q'],
    toolbar: 'look',
    enabled: hasView,
    run: step(1),
  },
  {
    id: 'viewer.step-back',
    group,
    title: 'viewer.step-back',
    keys: ['Shift+Q'],
    toolbar: 'look',
    enabled: hasView,
    run: step(-1),
  },
  {
    id: 'viewer.tissue',
    group,
    title: 'viewer.tissue',
    keys: ['T'],
    toolbar: 'look',
    context: true,
    enabled: hasView,
    run: onView(toTissueWindow),
  },
  {
    id: 'viewer.grey-to-all',
    group,
    title: 'viewer.grey-to-all',
    hint: 'viewer.hint.grey-to-all',
    keys: ['Shift+T'],
    toolbar: 'look',
    context: true,
    enabled: hasView,
    run: (context) => {
      const grey = viewIn(context)?.grey();
      if (grey) for (const view of context.viewer.getState().views.values()) view.setGrey(grey);
    },
  },
  {
    id: 'viewer.keep',
    group,
    title: 'viewer.keep',
    hint: 'viewer.hint.keep',
    keys: ['Shift+B'],
    toolbar: 'look',
    context: true,
    enabled: hasView,
    run: ({ keepView }) => keepView(),
  },
  toggle('sharpened', {
    id: 'viewer.sharpen',
    title: 'viewer.sharpen',
    hint: 'viewer.hint.sharpen',
    keys: ['S'],
    toolbar: 'look',
  }),
  toggle('outlined', {
    id: 'viewer.outlines',
    title: 'viewer.outlines',
    keys: ['C'],
    toolbar: 'show',
  }),
  toggle('explained', {
    id: 'viewer.explain',
    title: 'viewer.explain',
    hint: 'viewer.hint.explain',
    keys: ['E'],
    toolbar: 'show',
  }),
  toggle('technique', {
    id: 'viewer.technique',
    title: 'viewer.technique',
    keys: ['Shift+H'],
    toolbar: 'show',
  }),
  toggle('overlaysHidden', {
    id: 'viewer.overlays',
    title: 'viewer.overlays',
    keys: ['H'],
    toolbar: 'show',
  }),
  {
    id: 'viewer.full-screen',
    group,
    title: 'viewer.full-screen',
    hint: 'viewer.hint.full-screen',
    keys: ['Shift+F'],
    toolbar: 'screen',
    pressed: ({ viewer }) => viewer.getState().fullScreen,
    run: ({ viewer }) => viewer.getState().stage?.toggleFullScreen(),
  },
  {
    id: 'viewer.second-window',
    group,
    title: 'viewer.second-window',
    hint: 'viewer.hint.second-window',
    keys: ['F8'],
    toolbar: 'screen',
    pressed: ({ viewer }) => viewer.getState().secondWindow,
    run: ({ viewer }) => viewer.setState((s) => ({ secondWindow: !s.secondWindow })),
  },
];
