import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaProblems } from './schema-problems.ts';

const problemsOf = (schema: z.ZodType, value: unknown): string => {
  const parsed = schema.safeParse(value);
  return parsed.success ? 'none' : schemaProblems(parsed.error);
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
