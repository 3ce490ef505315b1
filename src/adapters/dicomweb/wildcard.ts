/**
 * Whether a value matches a pattern of "*" (any characters) and "?" (one character), whatever the case
 * (PS3.4 C.2.2.2.4). At most pattern times value steps, so that no pattern can stall the page.
 */
export const matchesWildcard = (pattern: string, value: string): boolean => {
  const wanted = [...pattern.toLowerCase().normalize()];
  const given = [...value.toLowerCase().normalize()];
  let p = 0;
  let v = 0;
  /** The last star, and where what it stands for ends so far. */
  let star = -1;
  let taken = 0;
  while (v < given.length) {
    if (wanted[p] === '*') {
      star = p++;
      taken = v;
    } else if (wanted[p] !== undefined && (wanted[p] === '?' || wanted[p] === given[v])) {
      p++;
      v++;
    } else if (star >= 0) {
      p = star + 1;
      v = ++taken;
    } else return false;
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
};

/** The characters that stand for themselves in a query (those that URLSearchParams leaves alone). */
const PLAIN = /[^A-Za-z0-9*._-]+/g;

/**
 * The pattern with "*" for all that must be escaped in an address, or undefined where nothing must.
 * It matches at least what the pattern does.
 */
export const withoutEscapes = (pattern: string): string | undefined => {
  const wide = pattern.replace(PLAIN, '*').replace(/\*{2,}/g, '*');
  return wide === pattern ? undefined : wide;
};
