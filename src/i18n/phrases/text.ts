import type { Message } from '../../core/message/message.ts';
import { sayIn } from '../say.ts';
import { DATA } from './zh-CN/data.ts';
import { ZH_CN } from './zh-CN.ts';

export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

const TABLES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {},
  'zh-CN': ZH_CN,
};

/** The language of a browser that names `preferred`, most wanted first. */
export const languageOf = (preferred: readonly string[]): Language =>
  preferred[0]?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';

let language: Language = 'en';

/** The language that `t` answers in. Who changes it draws the page anew (App is keyed by it). */
export const speak = (next: Language): void => {
  language = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
};

export const spokenLanguage = (): Language => language;

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/**
 * A text of the interface in the reader's language. The English text is its own key; `{name}` stands
 * for a value. What has no translation stays English.
 */
export const t = (
  english: string,
  values: Readonly<Record<string, string | number>> = {},
): string => fill(TABLES[language][english] ?? english, values);

/** A message in the reader's language, or several; words that stand already are left as they are. */
export const say = (said: Message | readonly Message[] | string): string => {
  if (typeof said === 'string') return said;
  return 'code' in said ? sayIn(language, said) : said.map(say).join(' ');
};

/** A word that comes as data in English (a pack's, a demo case's, a code's), where it is known. */
export const tData = (english: string): string =>
  (language === 'zh-CN' && Object.hasOwn(DATA, english) && DATA[english]) || english;
