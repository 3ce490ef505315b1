/**
 * 16 hexadecimal digits that stand for a text without holding it: two lanes of FNV-1a (Fowler, Noll, Vo),
 * 32 bits each, over UTF-16 units. It tells texts apart, and is no protection against one who guesses.
 */
export const textDigest = (text: string): string => {
  const lane = (basis: number): string => {
    let hash = basis;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
      hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return lane(0x811c9dc5) + lane(0x9747b28c);
};
