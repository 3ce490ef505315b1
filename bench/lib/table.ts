import type { Ratio, Row, Section } from './result.ts';

/** Three significant digits, no exponent. */
export const short = (value: number): string => {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
};

export const ratioText = ({ to, value, atMost }: Ratio): string =>
  `${value.toFixed(2)} x ${to}${atMost === undefined ? '' : ` (mark: ${atMost}${value <= atMost ? '' : ', missed'})`}`;

export const HEADINGS = ['what', 'median', 'unit', 'min', 'quartiles', 'n', 'ratio', 'note'];

export const cellsOf = ({ what, unit, spread, ratios, note }: Row): string[] => [
  what,
  short(spread.median),
  unit,
  short(spread.min),
  `${short(spread.q1)} to ${short(spread.q3)}`,
  String(spread.n),
  ratios.map(ratioText).join('; '),
  note ?? '',
];

/** Lines of equal columns, parted by two spaces; the first line is the headings. */
export const alignColumns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows.reduce<number[]>(
    (sofar, row) => row.map((cell, i) => Math.max(sofar[i] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** The same cells as a Markdown table. */
export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const [headings = [], ...others] = rows;
  return [line(headings), line(headings.map(() => '---')), ...others.map(line)].join('\n');
};

/** A section as text for the terminal. */
export const sectionText = ({ title, rows, notes }: Section): string =>
  [title, ...alignColumns([HEADINGS, ...rows.map(cellsOf)]), ...notes.map((n) => `- ${n}`)].join(
    '\n',
  );
