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

/** Commands whose title, heading or keys hold every word that was typed. */
export const matching = (commands: readonly Command[], typed: string): readonly Command[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title, group, keys = [] }) => {
    const text = `${group} ${title} ${keys.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** What comes first, and twice: a later offer of an id replaces the one before. */
export const latestOfEach = (commands: readonly Command[]): readonly Command[] => [
  ...new Map(commands.map((command) => [command.id, command])).values(),
];
