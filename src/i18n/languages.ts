import { en, type Translation } from './en.ts';
import type { ZH_CN } from './phrases/zh-CN.ts';

/** A text of the interface: its English, by which other languages list theirs. */
export type Phrase = keyof typeof ZH_CN;

interface Words {
  readonly messages: Translation;
  /** The texts of the interface; English is its own key. */
  readonly phrases: Readonly<Record<Phrase, string>> | undefined;
  /** Words that come as data, in English. */
  readonly data: Readonly<Record<string, string>>;
}

interface Entry {
  /** What it calls itself. */
  readonly name: string;
  readonly fetch: () => Promise<Words>;
}

const ENGLISH: Words = { messages: en, phrases: undefined, data: {} };

const fetchChinese = async (): Promise<Words> => {
  const [{ zhCN }, { ZH_CN }, { DATA }] = await Promise.all([
    import('./zh-CN.ts'),
    import('./phrases/zh-CN.ts'),
    import('./phrases/zh-CN/data.ts'),
  ]);
  return { messages: zhCN, phrases: ZH_CN, data: DATA };
};

/**
 * The languages that the page speaks, by their BCP 47 tags. Each lacks nothing, or does not compile. The
 * words of one that nobody asked for would only be in the way of the first picture.
 */
export const LANGUAGES = {
  en: { name: 'English', fetch: () => Promise.resolve(ENGLISH) },
  'zh-CN': { name: '简体中文', fetch: fetchChinese },
} as const satisfies Readonly<Record<string, Entry>>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

const fetched: Partial<Record<Language, Words>> = { en: ENGLISH };

/** Has the words of a language ready. What fails is tried again at the next call. */
export const fetchLanguage = async (language: Language): Promise<void> => {
  fetched[language] ??= await LANGUAGES[language].fetch();
};

/** English as long as a language was not fetched. */
export const wordsOf = (language: Language): Words => fetched[language] ?? ENGLISH;

const primary = (tag: string | undefined): string => tag?.split('-')[0]?.toLowerCase() ?? '';

/** The language for someone who prefers `preferred`, most wanted first: English where it is not spoken. */
export const languageOf = (preferred: readonly (string | undefined)[]): Language =>
  LANGUAGE_TAGS.find((tag) => primary(tag) === primary(preferred[0])) ?? 'en';
