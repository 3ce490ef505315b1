/**
 * A text for a message, cut where it is longer than `most` characters: files hold texts of any length. Its
 * last `atTheEnd` characters are kept.
 */
export const shortened = (text: string, most: number, atTheEnd = 0): string =>
  text.length > most
    ? `${text.slice(0, most - 1 - atTheEnd)}…${text.slice(text.length - atTheEnd)}`
    : text;

/**
 * A code or UID of a file for a message. Codes have at most 16 and UIDs 64 characters (PS3.5 section 6.2);
 * damaged files have them of any length.
 */
export const shortCode = (text: string): string => shortened(text, 64);
