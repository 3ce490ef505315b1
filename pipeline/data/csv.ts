/** One data line of a CSV file: its number in the file (the header is 1) and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Something that kept a row from being used, or that limits what can be computed. Line 0: the whole file. */
export interface Problem {
  readonly line: number;
  readonly reason: string;
}

interface TextRecord {
  readonly line: number;
  /** The line that it ends on. */
  end: number;
  readonly cells: string[];
  /** Whether its quotation marks belong together. */
  matched: boolean;
}

/** What parts the cells: comma, semicolon (as spreadsheets write it where the comma is decimal) or tab. */
const separatorOf = (text: string): string => {
  const [head = ''] = text.trimStart().split('\n', 1);
  const times = (separator: string) => head.split(separator).length;
  return [';', '\t'].reduce((best, other) => (times(other) > times(best) ? other : best), ',');
};

/**
 * Splits CSV text into records of cells (RFC 4180: quotes, doubled quotes, line ends in quotes). A quotation
 * mark opens a quote at the beginning of a cell only, and one that closes it ends the cell.
 */
const records = (text: string): TextRecord[] => {
  const separator = separatorOf(text);
  const out: TextRecord[] = [];
  let [cell, quoted, closed, line] = ['', false, false, 1];
  const begin = (): TextRecord => ({ line, end: line, cells: [], matched: true });
  let current = begin();
  const endCell = () => {
    current.cells.push(cell);
    [cell, closed] = ['', false];
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i] as string;
      else [quoted, closed] = [false, true];
    } else if (c === separator) endCell();
    else if (c === '\n') {
      endCell();
      current.end = line - 1;
      out.push(current);
      current = begin();
    } else if (c === '"' && !closed && cell.trim() === '') [cell, quoted] = ['', true];
    else {
      if (closed && c.trim() !== '') current.matched = false;
      cell += c;
    }
  }
  endCell();
  out.push({ ...current, end: line, matched: current.matched && !quoted });
  return out.filter(({ cells }) => cells.some((value) => value.trim() !== ''));
};

/** Why a record is no row of the table. */
const faultOf = ({ line, end, cells, matched }: TextRecord, columns: number) => {
  if (!matched) return `the quotation marks of lines ${line} to ${end} do not match`;
  const width = cells.findLastIndex((value) => value.trim() !== '') + 1;
  return width > columns ? `the row has ${width} cells, the header ${columns}` : undefined;
};

/**
 * Reads CSV text with a header line. Cells are trimmed; missing ones are ''. What cannot be a row of the
 * table is left out and named in `problems`.
 */
export const parseCsv = (
  text: string,
): { columns: string[]; rows: CsvRow[]; problems: Problem[] } => {
  const [head, ...rest] = records(
    text
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .trimEnd(),
  );
  const columns = (head?.cells ?? []).map((name) => name.trim());
  const rows: CsvRow[] = [];
  const problems: Problem[] = [];
  for (const record of rest) {
    const { line, cells } = record;
    const reason = faultOf(record, columns.length);
    if (reason) problems.push({ line, reason });
    else
      rows.push({
        line,
        cells: Object.fromEntries(columns.map((name, i) => [name, (cells[i] ?? '').trim()])),
      });
  }
  return { columns, rows, problems };
};
