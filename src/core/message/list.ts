import { message, type Value } from './message.ts';

/** Several values as one: "a, b, c" in the reader's language, or parted by semicolons. */
export const listOf = (
  values: readonly Value[],
  by: 'list.comma' | 'list.semicolon' = 'list.comma',
): Value => {
  const [first = '', ...others] = values;
  return others.length === 0 ? first : message(by, { first, rest: listOf(others, by) });
};
