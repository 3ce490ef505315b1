import type { ScreenGrey } from '../core/display/grey/screen-grey.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { CanvasPoint } from '../ports/display.ts';
import { loupeGrey, type LoupePlace, type WindowStep } from '../state/loupe-store.ts';
import type { CommandEntry } from './command.ts';
import type { CommandContext } from './context.ts';
import { viewIn } from './viewer-commands.ts';

const group = 'commands.loupe';

/** Where the loupe is or would appear: under the pointer, else in the middle of the selected view. */
const placeNow = (context: CommandContext): LoupePlace | undefined => {
  const { place } = context.loupe.getState();
  const active = viewIn(context);
  if ((place && place.view.size().width > 0) || !active) return place;
  const { width, height } = active.size();
  return { view: active, at: { x: width / 2, y: height / 2 }, by: 'keys' };
};

/** What the loupe shows now: its image, and the grey of the view it is over. */
export const underLoupe = (
  context: CommandContext,
): { readonly image: MammogramImage; readonly grey: ScreenGrey } | undefined => {
  const view = placeNow(context)?.view;
  const sop = view?.state().sop;
  const [image, grey] = [sop ? context.imageOf(sop) : undefined, view?.screenGrey()];
  return image && grey ? { image, grey } : undefined;
};

const isOut = ({ loupe }: CommandContext): boolean => loupe.getState().mode !== 'off';

const takeOut = (context: CommandContext, as: 'on' | 'held'): void => {
  context.loupe.setState({ place: placeNow(context) });
  context.loupe.getState().setMode(as);
};

/** By CSS pixels, and never off its view. */
const moved = ({ view, at }: LoupePlace, by: CanvasPoint): LoupePlace => {
  const { width, height } = view.size();
  const inside = (v: number, most: number) => Math.min(Math.max(v, 0), most);
  return {
    view,
    by: 'keys',
    at: { x: inside(at.x + by.x, width), y: inside(at.y + by.y, height) },
  };
};

/** Offered only while the loupe is out, so that its keys lie on top of others'. */
const whenOut = (
  id: string,
  keys: readonly string[],
  title: CommandEntry['title'],
  run: CommandEntry['run'],
  more: Pick<CommandEntry, 'toolbar' | 'pressed' | 'repeats'> = {},
): CommandEntry => ({
  id: `loupe.${id}`,
  group,
  title,
  keys,
  enabled: isOut,
  run,
  ...more,
});

const STEP = 10;
const FAR = 60;
const ARROWS = [
  ['ArrowLeft', -1, 0],
  ['ArrowRight', 1, 0],
  ['ArrowUp', 0, -1],
  ['ArrowDown', 0, 1],
] as const;

const moves = ARROWS.flatMap(([arrow, x, y]) =>
  (
    [
      [arrow, STEP],
      [`Shift+${arrow}`, FAR],
    ] as const
  ).map(([key, by]) =>
    whenOut(
      `move-${key}`,
      [key],
      'loupe.move',
      (context) => {
        const place = placeNow(context);
        if (place) context.loupe.setState({ place: moved(place, { x: x * by, y: y * by }) });
      },
      { repeats: true },
    ),
  ),
);

const stepWindow = (step: WindowStep) => (context: CommandContext) => {
  const now = underLoupe(context);
  if (now) context.loupe.getState().stepWindow(now.image, now.grey, step);
};

const toolbar = 'loupe';
const stepping = { toolbar, repeats: true } as const;

/** Taking the loupe out, and what it can be asked while it is out. */
export const LOUPE_COMMANDS: readonly CommandEntry[] = [
  {
    id: 'loupe.hold',
    group,
    title: 'loupe.hold',
    keys: ['X'],
    run: (context) => {
      if (!isOut(context)) takeOut(context, 'held');
    },
    release: ({ loupe }) => {
      if (loupe.getState().mode === 'held') loupe.getState().setMode('off');
    },
  },
  {
    id: 'loupe.toggle',
    group,
    title: 'loupe.toggle',
    hint: 'loupe.hint.toggle',
    keys: ['Shift+X'],
    toolbar: 'tools',
    pressed: isOut,
    run: (context) =>
      isOut(context) ? context.loupe.getState().setMode('off') : takeOut(context, 'on'),
  },
  ...moves,
  whenOut(
    'invert',
    ['Shift+I'],
    'loupe.invert',
    (context) => {
      const now = underLoupe(context);
      if (now) context.loupe.getState().invert(now.grey);
    },
    {
      toolbar,
      pressed: (context) => {
        const now = underLoupe(context);
        return now && loupeGrey(now.grey, context.loupe.getState()).inverted;
      },
    },
  ),
  whenOut(
    'native',
    ['O'],
    'loupe.native',
    ({ loupe }) => loupe.getState().setFactor(loupe.getState().factor === '1:1' ? 2 : '1:1'),
    { pressed: ({ loupe }) => loupe.getState().factor === '1:1' },
  ),
  whenOut('darker', ['['], 'loupe.darker', stepWindow({ brighter: -1 }), stepping),
  whenOut('brighter', [']'], 'loupe.brighter', stepWindow({ brighter: 1 }), stepping),
  whenOut('wider', ['}'], 'loupe.wider', stepWindow({ wider: 1 }), stepping),
  whenOut('narrower', ['{'], 'loupe.narrower', stepWindow({ wider: -1 }), stepping),
  whenOut('as-view', [], 'loupe.as-view', ({ loupe }) => loupe.getState().asView(), { toolbar }),
  whenOut('stronger', ['+', '='], 'loupe.stronger', ({ loupe }) => loupe.getState().stepFactor(1)),
  whenOut('weaker', ['-'], 'loupe.weaker', ({ loupe }) => loupe.getState().stepFactor(-1)),
  whenOut('close', ['Escape'], 'loupe.close', ({ loupe }) => loupe.getState().setMode('off')),
];
