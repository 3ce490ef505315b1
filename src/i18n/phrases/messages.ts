/** Message templates, the ones with most fixed text first: "The server reports an error ({status})." */
interface Template {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly translation: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const PLACE = /\{(\w+)\}/g;

const templateOf = ([english, translation]: [string, string]): Template => ({
  pattern: new RegExp(
    `^${english
      .split(/\{\w+\}/)
      .map(escaped)
      .join('(.+?)')}$`,
    's',
  ),
  names: [...english.matchAll(PLACE)].map(([, name]) => name ?? ''),
  translation,
});

const fixedLength = (english: string): number => english.replace(PLACE, '').length;

/** Messages within messages are translated down to here: a list nests as deep as it is long. */
const DEEPEST = 16;

/**
 * Translates messages that were composed where no language is known, from the template that they
 * were composed by. Values are translated in turn, since a reason may hold a reason; a message that
 * no template fits stays as it is.
 */
export const translator = (
  messages: Readonly<Record<string, string>>,
): ((message: string) => string) => {
  const templates = Object.entries(messages)
    .filter(([english]) => english.search(PLACE) >= 0)
    .sort(([a], [b]) => fixedLength(b) - fixedLength(a))
    .map(templateOf);
  const translate = (message: string, depth: number): string => {
    const exact = Object.hasOwn(messages, message) ? messages[message] : undefined;
    if (exact !== undefined || depth > DEEPEST) return exact ?? message;
    for (const { pattern, names, translation } of templates) {
      const found = pattern.exec(message);
      if (!found) continue;
      const values = new Map(names.map((name, i) => [name, found[i + 1] ?? '']));
      return translation.replace(PLACE, (_, name: string) =>
        translate(values.get(name) ?? '', depth + 1),
      );
    }
    return message;
  };
  return (message) => translate(message, 0);
};
