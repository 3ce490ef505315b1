/** A text for a message, cut where it is longer than `most` characters: files hold texts of any length. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
