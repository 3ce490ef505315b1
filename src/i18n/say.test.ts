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
import { ZH_CN } from './phrases/zh-CN.ts';
import { fetchLanguage, LANGUAGE_TAGS, wordsOf } from './languages.ts';
import { sayIn } from './say.ts';

await fetchLanguage('zh-CN');
const codes = Object.keys(en) as Code[];
const forms = (text: Text): string[] =>
  typeof text === 'string' ? [text] : Object.values(text as Plural & Record<string, string>);
const places = (text: Text): string[] => [
  ...new Set(
    forms(text).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')),
  ),
];
/** Whether a text has words of its own, beside its values and marks between them. */
const hasWords = (text: Text): boolean =>
  forms(text).some((form) => /\p{L}/u.test(form.replace(/\{\w+\}/g, '')));
/** Two words of plain English on end; commands and terms of DICOM are of another shape. */
const PROSE = /[a-z]{3,} [a-z]{3,}/;
/** A message of a code with something in each of its places. */
const example = (code: Code): Message =>
  ({
    code,
    values: Object.fromEntries(places(en[code]).map((name) => [name, name === 'count' ? 2 : 'X9'])),
  }) as Message;

describe.each(codes)('%s', (code) => {
  it('is said in all languages, with the same values', () => {
    for (const language of LANGUAGE_TAGS) {
      const { [code]: text } = wordsOf(language).messages;
      expect(places(text).sort()).toEqual(places(en[code]).sort());
      const said = sayIn(language, example(code));
      expect(said).not.toMatch(/[{}]/);
      if (places(en[code]).some((name) => name !== 'count')) expect(said).toContain('X9');
    }
    const said = sayIn('zh-CN', example(code));
    if (hasWords(en[code])) expect(said).toMatch(/\p{Script=Han}/u);
    expect(said.replaceAll('npm start', '')).not.toMatch(PROSE);
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

it('counts in the forms of each language', () => {
  const commands = (count: number) => message('count.commands', { count });
  expect([0, 1, 2].map((count) => sayIn('en', commands(count)))).toEqual([
    '0 commands',
    '1 command',
    '2 commands',
  ]);
  expect(sayIn('zh-CN', commands(1))).toBe('1 个命令');
});

it('leaves braces of a value alone', () => {
  const said = sayIn('en', message('report.damaged', { reason: 'a {reason} {x}' }));
  expect(said).toBe('The report is damaged: a {reason} {x}');
});

const src = join(import.meta.dirname, '..');
const ADAPTERS = readdirSync(join(src, 'adapters'))
  .filter((name) => name !== 'dicom-sr')
  .map((name) => `adapters/${name}`);
/** Sources of a folder of src, without tests. */
const sourcesIn = (folder: string): string[] =>
  readdirSync(join(src, folder), { recursive: true })
    .map(String)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|^i18n|fixtures|testing/.test(path))
    .map((path) => readFileSync(join(src, folder, path), 'utf8'));

it('has no text that nothing says', () => {
  const sources = sourcesIn('.').join('\n');
  // Parts of a code may be values: `feature.${name}.less`.
  const composed = [...sources.matchAll(/`([a-z-]+\.[^`\s]*\$\{[^`]*)`/g)].map(
    ([, code = '']) =>
      new RegExp(`^${code.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.-]+')}$`),
  );
  const isSaid = (code: string) =>
    sources.includes(`'${code}'`) || composed.some((pattern) => pattern.test(code));
  expect(codes.filter((code) => !isSaid(code))).toEqual([]);
});

it('has no phrase that nothing shows', () => {
  const sources = sourcesIn('.').join('\n').replaceAll("\\'", "'");
  expect(Object.keys(ZH_CN).filter((phrase) => !sources.includes(phrase))).toEqual([]);
});

// adapters/dicom-sr writes its documents in English, whatever the reader speaks.
it.each(['core', 'workers', 'state', ...ADAPTERS])('holds the sentences of %s', (folder) => {
  const sentences = sourcesIn(folder).flatMap((text) => [
    ...text
      .replace(/\/\*.*?\*\//gs, '')
      .matchAll(/'([A-Z][^'\n]* [^'\n]*\.)'|`([A-Z][^`\n]* [^`\n]*\.)`/g),
  ]);
  expect(sentences.map(([literal]) => literal)).toEqual([]);
});

it('quotes a text of any length with both its ends, and none of its control characters', () => {
  const name = `folder/${'\u0000x'.repeat(40_000)}/last.dcm`;
  const said = sayIn('en', message('file.way.photometric', { name }));
  expect(said.length).toBeLessThan(600);
  expect(said).toMatch(/folder\/ x x .*….* x\/last\.dcm/);
  expect(said).not.toMatch(/\p{Cc}/u);
});
