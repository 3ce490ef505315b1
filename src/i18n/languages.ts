import { en, type Translation } from './en.ts';
import { DATA } from './phrases/zh-CN/data.ts';
import { ZH_CN } from './phrases/zh-CN.ts';
import { zhCN } from './zh-CN.ts';

/** A text of the interface: its English, by which other languages list theirs. */
export type Phrase = keyof typeof ZH_CN;

interface Words {
  /** What it calls itself. */
  readonly name: string;
  readonly messages: Translation;
  /** The texts of the interface; English is its own key. */
  readonly phrases: Readonly<Record<Phrase, string>> | undefined;
  /** Words that come as data, in English. */
  readonly data: Readonly<Record<string, string>>;
}

/** The languages that the page speaks, by their BCP 47 tags. Each lacks nothing, or does not compile. */
export const LANGUAGES = {
  en: { name: 'English', messages: en, phrases: undefined, data: {} },
  'zh-CN': { name: '简体中文', messages: zhCN, phrases: ZH_CN, data: DATA },
} as const satisfies Readonly<Record<string, Words>>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

const primary = (tag: string | undefined): string => tag?.split('-')[0]?.toLowerCase() ?? '';

/** The language for someone who prefers `preferred`, most wanted first: English where it is not spoken. */
export const languageOf = (preferred: readonly (string | undefined)[]): Language =>
  LANGUAGE_TAGS.find((tag) => primary(tag) === primary(preferred[0])) ?? 'en';
