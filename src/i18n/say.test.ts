import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  message,
  type Code,
  type Message,
  type Plural,
  type Text,
} from '../core/message/message.ts';
import { en } from './en.ts';
import { sayIn } from './say.ts';
import { zhCN } from './zh-CN.ts';

const codes = Object.keys(en) as Code[];
const forms = (text: Text): string[] =>
  typeof text === 'string' ? [text] : Object.values(text as Plural & Record<string, string>);
const places = (text: Text): string[] => [
  ...new Set(
    forms(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')),
  ),
];
/** A message of a code with something in each of its places. */
const example = (code: Code): Message =>
  ({
    code,
    values: Object.fromEntries(places(en[code]).map((name) => [name, name === 'count' ? 2 : 'X9'])),
  }) as Message;

describe.each(codes)('%s', (code) => {
  it('is said in both languages, with the same values', () => {
    expect(places(zhCN[code]).sort()).toEqual(places(en[code]).sort());
    for (const language of ['en', 'zh-CN'] as const) {
      const said = sayIn(language, example(code));
      expect(said).not.toMatch(/[{}]/);
      if (places(en[code]).some((name) => name !== 'count')) expect(said).toContain('X9');
    }
    expect(sayIn('zh-CN', example(code))).toMatch(/\p{Script=Han}/u);
    expect(sayIn('en', example(code))).not.toMatch(/\p{Script=Han}/u);
  });
});

it('says a value that is a message in the same language', () => {
  const damaged = message('report.kind-damaged', {
    kind: message('report.kind.cad-sr'),
    reason: 'offset',
  });
  expect(sayIn('en', damaged)).toBe('The mammography CAD report is damaged: offset');
  expect(sayIn('zh-CN', damaged)).toBe('乳腺 CAD 报告已损坏：offset');
});

it('leaves braces of a value alone', () => {
  const said = sayIn('en', message('report.damaged', { reason: 'a {reason} {x}' }));
  expect(said).toBe('The report is damaged: a {reason} {x}');
});

it('has no text that nothing says', () => {
  const src = join(import.meta.dirname, '..');
  const sources = readdirSync(src, { recursive: true })
    .map(String)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^i18n/.test(path))
    .map((path) => readFileSync(join(src, path), 'utf8'))
    .join('\n');
  // The last part of a code may be a value: `report.kind.${source}`.
  const isSaid = (code: string) =>
    sources.includes(`'${code}'`) || sources.includes(`\`${code.replace(/[^.]+$/, '${')}`);
  expect(codes.filter((code) => !isSaid(code))).toEqual([]);
});
