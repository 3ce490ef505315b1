/** Far beyond any grey value, length or count: products of larger ones would overflow to infinity. */
const LARGEST_NUMBER = 1e15;

/** Digits, sign, point, exponent; a comma for the point is forgiven. */
const DECIMAL = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number of a DS or IS value (PS3.5 6.2); undefined where it is none or absurdly large. `0x1`,
 * `1_000` and `Infinity` are none, though JavaScript reads them.
 */
export const decimalValue = (text: string): number | undefined => {
  const trimmed = text.replace(/^[\s\0]+|[\s\0]+$/g, '');
  const value = DECIMAL.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
  return Math.abs(value) <= LARGEST_NUMBER ? value : undefined;
};
