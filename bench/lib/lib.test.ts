import { describe, expect, it } from 'vitest';
import { ratioTo, rowOf } from './result.ts';
import { spreadOf } from './spread.ts';
import { alignColumns, markdownTable, ratioText, sectionText, short } from './table.ts';

describe('spreadOf', () => {
  it('gives the least value, the quartiles and the median, in whatever order they come', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ n: 5, min: 1, q1: 2, median: 3, q3: 4 });
    expect(spreadOf([2, 1]).median).toBe(1.5);
    expect(spreadOf([7])).toEqual({ n: 1, min: 7, q1: 7, median: 7, q3: 7 });
  });

  it('does not take a failed measurement for a figure', () => {
    expect(() => spreadOf([])).toThrow('nothing was measured');
    expect(() => spreadOf([1, Number.NaN])).toThrow('not all numbers');
  });
});

describe('ratios', () => {
  it('divide medians, and say where a mark is missed', () => {
    const ratio = ratioTo([3, 9, 3], 'decoding', [2], 1.2);
    expect(ratio).toEqual({ to: 'decoding', value: 1.5, atMost: 1.2 });
    expect(ratioText(ratio)).toBe('1.50 x decoding (mark: 1.2, missed)');
    expect(ratioText({ ...ratio, value: 1.2 })).toBe('1.20 x decoding (mark: 1.2)');
    expect(ratioText({ to: 'it', value: 2 })).toBe('2.00 x it');
  });
});

describe('tables', () => {
  it('shorten figures to three digits', () => {
    expect([0, 0.01234, 1.5, 12.34, 123.4, 12345].map(short)).toEqual([
      '0',
      '0.0123',
      '1.50',
      '12.3',
      '123',
      '12345',
    ]);
  });

  it('have columns of one width', () => {
    expect(
      alignColumns([
        ['a', 'b'],
        ['long', ''],
      ]),
    ).toEqual(['a     b', 'long']);
  });

  it('turn into Markdown', () => {
    expect(
      markdownTable([
        ['a', 'b'],
        ['1|2', '3'],
      ]),
    ).toBe(['| a | b |', '| --- | --- |', '| 1\\|2 | 3 |'].join('\n'));
  });

  it('show every row with its spread and every note', () => {
    const rows = [rowOf('opening', 'ms', [10, 20, 30], { note: 'busy' })];
    const text = sectionText({ name: 'x', title: 'Opening', rows, notes: ['one machine'] });
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toMatch(/opening\s+20\.0\s+ms\s+10\.0\s+15\.0 to 25\.0\s+3\s+busy/);
    expect(text).toContain('- one machine');
  });
});
