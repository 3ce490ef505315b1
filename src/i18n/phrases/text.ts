import type { Message } from '../../core/message/message.ts';
import { type Language, type Phrase, wordsOf } from '../languages.ts';
import { sayIn } from '../say.ts';

let language: Language = 'en';
const hearers = new Set<() => void>();

/** The language that `t` answers in, whose words were fetched. Who shows words is told, and draws anew. */
export const speak = (next: Language): void => {
  language = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
  for (const hear of hearers) hear();
};

export const spokenLanguage = (): Language => language;

export const onSpeak = (hear: () => void): (() => void) => {
  hearers.add(hear);
  return () => hearers.delete(hear);
};

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/**
 * A text of the interface in the reader's language. The English text is its own key; `{name}` stands
 * for a value.
 */
export const t = (
  english: Phrase,
  values: Readonly<Record<string, string | number>> = {},
): string => fill(wordsOf(language).phrases?.[english] ?? english, values);

/** A message in the reader's language, or several; words that stand already are left as they are. */
export const say = (said: Message | readonly Message[] | string): string => {
  if (typeof said === 'string') return said;
  return 'code' in said ? sayIn(language, said) : said.map(say).join(' ');
};

/**
 * Words that come as data in English (a pack's, a demo case's, a code's, a preset's), where they are known;
 * a number in them stands as `{number}` there.
 */
export const tData = (english: string): string => {
  const { data } = wordsOf(language);
  const known = (key: string) => (Object.hasOwn(data, key) ? data[key] : undefined);
  const [number = ''] = /\d+/.exec(english) ?? [];
  const numbered = number === '' ? undefined : known(english.replace(number, '{number}'));
  return known(english) ?? (numbered && fill(numbered, { number })) ?? english;
};
