/**
 * Characters that draw nothing, or that change the order in which others are drawn: format characters
 * (Unicode category Cf: zero width, right-to-left override, tags), control characters but line ends
 * and tabs, and letters that are blank by definition. An ID 123456 behind a right-to-left override is
 * drawn as 654321.
 */
const UNSEEN =
  /[\p{Cf}\u0000-\u0008\u000e-\u001f\u007f-\u009f\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufff9-\ufffb]/gu;

/** Whether a text holds characters that draw nothing or reorder others. */
export const hasUnseen = (text: string): boolean => text.search(UNSEEN) >= 0;

/** A text of a file as it may be shown and compared: without such characters, every space a plain one. */
export const plainText = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .trim();
