import type { Message, Text, Value } from '../core/message/message.ts';
import { shortened } from '../core/message/shortened.ts';
import { type Language, wordsOf } from './languages.ts';

const formOf = (text: Text, count: unknown, language: Language): string => {
  if (typeof text === 'string') return text;
  return text[new Intl.PluralRules(language).select(Number(count))] ?? text.other;
};

/** What a file or a server tells may have any length; a list of problems still has room. */
const LONGEST_VALUE = 500;
const KEPT_AT_THE_END = 60;

/** A value as it may stand in a sentence: without control characters, and with both ends where it is long. */
const quoted = (value: string | number): string =>
  shortened(String(value), LONGEST_VALUE, KEPT_AT_THE_END).replace(/\p{Cc}+/gu, ' ');

/** A message in a language. A value that is a message is said in turn. */
export const sayIn = (language: Language, { code, values }: Message): string => {
  const given = values as Readonly<Record<string, Value>>;
  const worded = (value: Value): string =>
    typeof value === 'object' ? sayIn(language, value) : quoted(value);
  return formOf(wordsOf(language).messages[code], given['count'], language).replace(
    /\{(\w+)\}/g,
    (place, name: string) => {
      const value = given[name];
      return value === undefined ? place : worded(value);
    },
  );
};
