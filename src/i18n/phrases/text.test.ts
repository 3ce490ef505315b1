import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchLanguage, languageOf } from '../languages.ts';
import { speak, t, tData } from './text.ts';
import { LESIONS } from './zh-CN/lesions.ts';
import { ZH_CN } from './zh-CN.ts';

const filesThatSpeak = ['src/ui', 'src/app'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name)),
);

/** The literals that `t` is called with. */
const textsIn = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g),
  ].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('t', () => {
  afterEach(() => speak('en'));

  it('fills in values and leaves English as it is', () => {
    expect(t('{width} pixels', { width: 3 })).toBe('3 pixels');
  });

  it('answers in Chinese when asked to, in English until its words are there', async () => {
    speak('zh-CN');
    expect([t('Dismiss'), tData('mask')]).toEqual(['Dismiss', 'mask']);
    await fetchLanguage('zh-CN');
    expect(t('{width} pixels', { width: 3 })).toBe('3 像素');
    expect([tData('mask'), tData('constructor')]).toEqual(['掩膜', 'constructor']);
  });
});

it('takes the browser at its first word', () => {
  expect(languageOf(['zh-TW', 'en'])).toBe('zh-CN');
  expect(languageOf(['en-US', 'zh-CN'])).toBe('en');
  expect(languageOf([])).toBe('en');
});

describe('the Chinese texts', () => {
  const spoken = filesThatSpeak.flatMap((file) => textsIn(file).map((text) => ({ file, text })));

  it('have none of the lesions that nothing says', () => {
    const said = new Set(spoken.map(({ text }) => text));
    expect(Object.keys(LESIONS).filter((text) => !said.has(text))).toEqual([]);
  });

  it('keep the places for values', () => {
    for (const [english, chinese] of Object.entries(ZH_CN))
      expect(places(chinese), english).toEqual(places(english));
  });
});

it('translates no phrase twice: of two entries in two tables the later would win unseen', async () => {
  const folder = 'src/i18n/phrases/zh-CN';
  const names = readdirSync(folder).filter((name) => name !== 'data.ts');
  const tables = await Promise.all(
    names.map(async (name) => {
      const path = './zh-CN/' + name;
      const module = (await import(/* @vite-ignore */ path)) as Record<string, object>;
      return Object.values(module).flatMap((table) => Object.keys(table));
    }),
  );
  const all = tables.flat();
  expect(all.filter((phrase, i) => all.indexOf(phrase) !== i)).toEqual([]);
  expect(all).toHaveLength(Object.keys(ZH_CN).length);
});
