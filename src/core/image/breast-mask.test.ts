import { describe, expect, it } from 'vitest';
import { breastMask } from './breast-mask.ts';

/** The picture of some rows: # is bright, any other letter too, . is air; the letter says of which region. */
const pictureOf = (rows: readonly string[]) => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  data: Float32Array.from(rows.join(''), (c) => (c === '.' ? 0 : 0.8)),
});
const maskOf = (rows: readonly string[]) => [...breastMask(pictureOf(rows))].join('');
const regionOf = (rows: readonly string[], name: string) =>
  rows.join('').replaceAll(/./g, (c) => (c === name ? '1' : '0'));

describe('the largest bright region', () => {
  it.each([
    ['joined by a later row', ['a.a.b', 'a.a.b', 'aaa.b']],
    ['joined to the left of what was joined before', ['..a.a', 'a.aaa', 'aaa..', '....b']],
    ['wound into itself', ['aaaaa', '....a', 'aaa.a', 'a...a', 'aaaaa', '.....', 'bbbbb']],
    ['joined at the sides only, not over corners', ['aa.', 'aa.', '..b']],
    [
      "across rows, not from one row's end to the next one's start",
      ['..bb', 'a..b', 'aa.b', 'a.bb'],
    ],
  ])('is found where it is %s', (_, rows) => {
    const names = [...new Set(rows.join('').replaceAll('.', ''))];
    const count = (name: string) => rows.join('').split(name).length;
    const [largest = ''] = names.toSorted((x, y) => count(y) - count(x));
    expect(maskOf(rows)).toBe(regionOf(rows, largest));
  });

  it('is the one that begins first of two as large, and all where nothing is bright', () => {
    expect(maskOf(['.aa', 'b..', 'b..'])).toBe('011000000');
    expect(maskOf(['...', '...'])).toBe('111111');
  });

  it('is found among hundreds of thousands of specks', () => {
    const side = 900;
    const data = Float32Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return (y < 2 && x < 3) || (x + y) % 2 === 0 ? 0.8 : 0;
    });
    const mask = breastMask({ width: side, height: side, data });
    expect(mask.reduce((a, b) => a + b, 0)).toBe(9);
  });
});
