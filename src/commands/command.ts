import type { Code, Message, ValuesOf } from '../core/message/message.ts';
import type { CommandContext } from './context.ts';

/** A code whose text has no places for values. */
type PlainCode = { [C in Code]: keyof ValuesOf<C> extends never ? C : never }[Code];
export type Words = PlainCode | Message;

/** The groups of the toolbar, in its order; a command says which one it stands in. */
export type ToolbarSlot =
  | 'patients'
  | 'tools'
  | 'measure'
  | 'picture'
  | 'look'
  | 'show'
  | 'hanging'
  | 'sequence'
  | 'compare'
  | 'link'
  | 'screen'
  | 'page'
  | 'lesions'
  | 'loupe'
  | 'slices';

type TitleNow = (context: CommandContext) => Words;

/**
 * One thing that the reader can ask for, as a function of stores and ports. Toolbar, menus, palette,
 * key sheet and context menu are made of these; none of them lists a command by itself.
 */
export interface CommandEntry {
  /** Unique, e.g. `viewer.invert`. */
  readonly id: string;
  /** Heading that it stands under in palette and key sheet. */
  readonly group: PlainCode;
  /** What it does, as on a button. */
  readonly title: Words | TitleNow;
  /** What the title leaves open; beside it in the palette, below it in the tooltip. */
  readonly hint?: PlainCode;
  /** Keys as in `keyOf`; any of them will do. */
  readonly keys?: readonly string[];
  /** Where it stands beside palette and key sheet. */
  readonly toolbar?: ToolbarSlot;
  /** Whether it is in the menu of a right click on a picture. */
  readonly context?: true;
  readonly enabled?: (context: CommandContext) => boolean;
  /** Undefined: it is no switch. */
  readonly pressed?: (context: CommandContext) => boolean | undefined;
  readonly run: (context: CommandContext) => void;
  /** A small step, which a key that is held goes on with. All else happens once a press. */
  readonly repeats?: true;
  /** For what lasts as long as its key is held. */
  readonly release?: (context: CommandContext) => void;
}

/** A command in the reader's language, ready to be run. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly run: () => void;
  readonly repeats?: true | undefined;
  readonly release?: (() => void) | undefined;
}

export const isEnabled = ({ enabled }: CommandEntry, context: CommandContext): boolean =>
  enabled?.(context) ?? true;

// Not one conditional expression: the union of all messages is too large for the compiler to reduce.
export const titleOf = ({ title }: CommandEntry, context: CommandContext): Words => {
  if (typeof title === 'function') return title(context);
  return title;
};

/** An entry of the table with its context and in words. */
export const bound = (
  entry: CommandEntry,
  context: CommandContext,
  say: (words: Words) => string,
): Command => ({
  id: entry.id,
  group: say(entry.group),
  title: say(titleOf(entry, context)),
  hint: entry.hint && say(entry.hint),
  keys: entry.keys,
  run: () => entry.run(context),
  repeats: entry.repeats,
  release: entry.release && (() => entry.release?.(context)),
});

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What is printed on keys beside the letters, without and with Shift. */
const BESIDE: Readonly<Record<string, string>> = {
  BracketLeft: '[{',
  BracketRight: ']}',
  Semicolon: ';:',
  Comma: ',<',
  Period: '.>',
};

const isOfOtherScript = (key: string): boolean =>
  key === 'Process' || /^(?!\p{Script=Latin})\p{L}$/u.test(key);

/** What a key writes; where that is a letter of another script, the Latin one that stands on it, too. */
const written = ({ key, code, shiftKey }: KeyPress): string => {
  if (!isOfOtherScript(key)) return key;
  return /^Key([A-Z])$/.exec(code)?.[1] ?? BESIDE[code]?.charAt(shiftKey ? 1 : 0) ?? key;
};

/**
 * A key press in words: "W", "Ctrl+Z", "Ctrl+Shift+Z", "Shift+ArrowLeft", "?". Command counts as
 * Ctrl. Shift is named with letters and named keys only: of other characters it is part. Keyboards of
 * another script have the keys of the Latin one that they are used with.
 */
export const keyOf = (press: KeyPress): string => {
  const { ctrlKey, metaKey, altKey, shiftKey } = press;
  const key = written(press);
  const name = key.length === 1 ? key.toUpperCase() : key;
  const withShift = shiftKey && (key.length > 1 || /[A-Z]/.test(name));
  return [
    ctrlKey || metaKey ? 'Ctrl+' : '',
    altKey ? 'Alt+' : '',
    withShift ? 'Shift+' : '',
    name === ' ' ? 'Space' : name,
  ].join('');
};
