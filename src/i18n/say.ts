import type { Message, Text, Value } from '../core/message/message.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const CATALOGUES = { en, 'zh-CN': zhCN } as const;

/** The languages that the page speaks, by their BCP 47 tags. */
export type Language = keyof typeof CATALOGUES;

const formOf = (text: Text, count: unknown, language: Language): string => {
  if (typeof text === 'string') return text;
  return text[new Intl.PluralRules(language).select(Number(count))] ?? text.other;
};

/** A message in a language. A value that is a message is said in turn. */
export const sayIn = (language: Language, { code, values }: Message): string => {
  const given = values as Readonly<Record<string, Value>>;
  const worded = (value: Value): string =>
    typeof value === 'object' ? sayIn(language, value) : String(value);
  return formOf(CATALOGUES[language][code], given['count'], language).replace(
    /\{(\w+)\}/g,
    (place, name: string) => {
      const value = given[name];
      return value === undefined ? place : worded(value);
    },
  );
};
