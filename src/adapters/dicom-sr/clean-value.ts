/**
 * All but line ends and form feed, which a text may hold (PS3.5 6.2). Older editions knew no tab; ESC is of
 * no use in UTF-8.
 */
const OTHER_CONTROLS = /(?![\n\f\r])\p{Cc}/gu;

const withoutControls = (text: string): string =>
  text.replaceAll('\t', ' ').replaceAll(OTHER_CONTROLS, '');

const oneValue = (text: string): string => text.replaceAll('\\', '/').replaceAll(/\p{Cc}/gu, ' ');

/** At most as many UTF-16 units, without half a character at the end. */
const cut = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** Parts of a text; those beyond the last that may be are joined to it. */
const parts = (text: string, separator: string, most: number): string[] => {
  const all = text.split(separator);
  return all.length <= most ? all : [...all.slice(0, most - 1), all.slice(most - 1).join(' ')];
};

/** Three component groups of 64 characters and five components each (PS3.5 6.2.1). */
const personName = (name: string): string =>
  parts(oneValue(name), '=', 3)
    .map((group) => cut(parts(group, '^', 5).join('^'), 64))
    .join('=');

const CLEANERS: Readonly<Record<string, (text: string) => string>> = {
  LO: oneValue,
  SH: oneValue,
  PN: personName,
  ST: withoutControls,
  UT: withoutControls,
};

/**
 * A text as its value representation may hold it. What is too long for LO or SH is left as it is: a
 * shortened identifier would be another one.
 */
export const cleanValue = (vr: string, text: string): string => (CLEANERS[vr] ?? String)(text);

/** Whether nothing of a text is left to write. */
export const isBlank = (text: string): boolean => withoutControls(text).trim() === '';
