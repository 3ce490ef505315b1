import type { z } from 'zod';
import { err, ok, type Result } from './result.ts';
import { shortened } from './shortened.ts';

/** Problems that a message names; more would bury the first. */
const MOST = 4;
/** Characters of one problem: a file can hold keys and values of any length. */
const LONGEST = 120;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');

/**
 * What a schema found wrong, for people: the first few problems with their places, in bounded length
 * whatever the file holds.
 */
const schemaProblems = ({ issues }: z.ZodError): string => {
  const named = issues.slice(0, MOST).map(({ path, message }) => {
    const place = shortened(pathOf(path).replace(/^\./, ''), LONGEST);
    return place === '' ? shortened(message, LONGEST) : `${place}: ${shortened(message, LONGEST)}`;
  });
  const more = issues.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
};

/**
 * What a schema makes of a value from outside, or what is wrong with it in words. zod hands problems on as
 * arguments of a call, and has no room for those of a list of a hundred thousand wrong entries: it throws.
 */
export const checkedBy = <T>(schema: z.ZodType<T>, value: unknown): Result<T, string> => {
  try {
    const parsed = schema.safeParse(value);
    return parsed.success ? ok(parsed.data) : err(schemaProblems(parsed.error));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return err('more is wrong with it than can be named');
  }
};
