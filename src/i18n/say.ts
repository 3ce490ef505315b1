import type { Message, Text, Value } from '../core/message/message.ts';
import { type Language, wordsOf } from './languages.ts';

const formOf = (text: Text, count: unknown, language: Language): string => {
  if (typeof text === 'string') return text;
  return text[new Intl.PluralRules(language).select(Number(count))] ?? text.other;
};

/** A message in a language. A value that is a message is said in turn. */
export const sayIn = (language: Language, { code, values }: Message): string => {
  const given = values as Readonly<Record<string, Value>>;
  const worded = (value: Value): string =>
    typeof value === 'object' ? sayIn(language, value) : String(value);
  return formOf(wordsOf(language).messages[code], given['count'], language).replace(
    /\{(\w+)\}/g,
    (place, name: string) => {
      const value = given[name];
      return value === undefined ? place : worded(value);
    },
  );
};
