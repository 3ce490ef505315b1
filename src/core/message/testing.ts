import type { Message, Value } from './message.ts';

/** A message without words, to compare in tests: its code, then its values, inner messages in brackets. */
export const spelled = ({ code, values }: Message): string =>
  [
    code,
    ...Object.values(values as Readonly<Record<string, Value>>).map((value) =>
      typeof value === 'object' ? `(${spelled(value)})` : value,
    ),
  ].join(' ');
