import type { Command } from '../../../commands/command.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { CanvasPoint } from '../../../ports/display.ts';
import { setLoupeMode, stepLoupeFactor } from '../../../state/loupe-store.ts';

export interface LoupeActions {
  /** By CSS pixels. */
  move(by: CanvasPoint): void;
  invert(): void;
  window(step: { readonly brighter?: number; readonly wider?: number }): void;
}

/** Taking the loupe out: for good, or for as long as the key is held. */
export const loupeCommands = (actions: {
  toggle(): void;
  hold(): void;
  letGo(): void;
}): readonly Command[] => [
  {
    id: 'loupe.hold',
    group: t('Loupe'),
    title: t('Loupe while the key is held'),
    keys: ['X'],
    run: actions.hold,
    release: actions.letGo,
  },
  {
    id: 'loupe.toggle',
    group: t('Loupe'),
    title: t('Loupe on or off'),
    keys: ['Shift+X'],
    run: actions.toggle,
  },
];

const STEP = 10;
const FAR = 60;
const ARROWS = [
  ['ArrowLeft', -1, 0],
  ['ArrowRight', 1, 0],
  ['ArrowUp', 0, -1],
  ['ArrowDown', 0, 1],
] as const;

/** What the loupe can be asked while it is out. */
export const openLoupeCommands = (actions: LoupeActions): readonly Command[] => {
  const group = t('Loupe');
  const command = (id: string, title: string, keys: readonly string[], run: () => void) => ({
    id: `loupe.${id}`,
    group,
    title,
    keys,
    run,
  });
  const moves = ARROWS.flatMap(([arrow, x, y]) =>
    [
      [arrow, STEP],
      [`Shift+${arrow}`, FAR],
    ].map(([key, by]) =>
      command(`move-${key}`, t('Move the loupe'), [String(key)], () =>
        actions.move({ x: x * Number(by), y: y * Number(by) }),
      ),
    ),
  );
  return [
    ...moves,
    command('invert', t('Invert in the loupe'), ['Shift+I'], actions.invert),
    command('brighter', t('Brighter in the loupe'), [']'], () => actions.window({ brighter: 1 })),
    command('darker', t('Darker in the loupe'), ['['], () => actions.window({ brighter: -1 })),
    command('wider', t('Wider window in the loupe'), ['}'], () => actions.window({ wider: 1 })),
    command('narrower', t('Narrower window in the loupe'), ['{'], () =>
      actions.window({ wider: -1 }),
    ),
    command('stronger', t('Stronger loupe'), ['+', '='], () => stepLoupeFactor(1)),
    command('weaker', t('Weaker loupe'), ['-'], () => stepLoupeFactor(-1)),
    command('close', t('Put the loupe away'), ['Escape'], () => setLoupeMode('off')),
  ];
};
