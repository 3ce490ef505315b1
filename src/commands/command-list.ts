import type { Command } from './command.ts';

export interface CommandGroup {
  readonly group: string;
  readonly commands: readonly Command[];
}

/** Commands under their headings, both in the order in which they first come. */
export const byGroup = (commands: readonly Command[]): readonly CommandGroup[] =>
  [...new Set(commands.map(({ group }) => group))].map((group) => ({
    group,
    commands: commands.filter((command) => command.group === group),
  }));

/** Commands whose title, hint, heading or keys hold every word that was typed. */
export const matching = (commands: readonly Command[], typed: string): readonly Command[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title, hint = '', group, keys = [] }) => {
    const text = `${group} ${title} ${hint} ${keys.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** Whose commands come first in a list, by the first part of their ids; others follow. */
const ORDER = [
  'viewer',
  'loupe',
  'measure',
  'lesions',
  'second-look',
  'studies',
  'report',
  'open',
  'tour',
  'engine',
  'page',
];

const rank = ({ id }: Command): number => {
  const at = ORDER.indexOf(id.split('.')[0] ?? '');
  return at < 0 ? ORDER.indexOf('report') : at;
};

/** Commands in the order that a reader expects, whichever part of the page came first. */
export const inOrder = (commands: readonly Command[]): readonly Command[] =>
  commands.toSorted((a, b) => rank(a) - rank(b));

/** Commands without repeats: a later offer of an id replaces the one before. */
export const latestOfEach = (commands: readonly Command[]): readonly Command[] => [
  ...new Map(commands.map((command) => [command.id, command])).values(),
];
