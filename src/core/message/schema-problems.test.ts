import { expect, it } from 'vitest';
import { z } from 'zod';
import { checkedBy } from './schema-problems.ts';

const problemsOf = (schema: z.ZodType, value: unknown): string => {
  const checked = checkedBy(schema, value);
  return checked.ok ? 'none' : checked.error;
};

it('names the place of each problem', () => {
  const schema = z.object({ a: z.array(z.object({ b: z.number() })) });
  expect(problemsOf(schema, { a: [{ b: 1 }, { b: 'x' }] })).toMatch(/^a\[1\]\.b: .*number/);
  expect(problemsOf(schema, 7)).toMatch(/^Invalid input/);
});

it('stays short whatever the file holds', () => {
  const wrong = problemsOf(z.array(z.number()), Array(50_000).fill('x'));
  expect(wrong).toMatch(/and 49996 more$/);
  expect(wrong.length).toBeLessThan(600);
  const keys = problemsOf(z.strictObject({}), { ['k'.repeat(1_000_000)]: 1 });
  expect(keys.length).toBeLessThan(600);
});

it('says so where zod has no room for all that is wrong', () => {
  // What a list of a hundred thousand wrong entries within an object comes to; how many depends on the stack.
  const schema = z.unknown().check(() => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  expect(problemsOf(z.object({ list: schema }), { list: [] })).toBe(
    'more is wrong with it than can be named',
  );
});
