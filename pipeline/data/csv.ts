/** One data line of a CSV file: its number in the file (the header is 1) and its cells by column. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** Splits CSV text into records of cells (RFC 4180: quotes, doubled quotes, line ends in quotes). */
const records = (text: string): { line: number; cells: string[] }[] => {
  const out: { line: number; cells: string[] }[] = [];
  let [cell, quoted, line] = ['', false, 1];
  let current: { line: number; cells: string[] } = { line, cells: [] };
  const endCell = () => {
    current.cells.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i] as string;
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') endCell();
    else if (c === '\n') {
      endCell();
      out.push(current);
      current = { line, cells: [] };
    } else if (c !== '\r') cell += c;
  }
  endCell();
  out.push(current);
  return out.filter(({ cells }) => cells.some((value) => value.trim() !== ''));
};

/** Reads CSV text with a header line. Cells are trimmed; missing ones are ''. */
export const parseCsv = (text: string): { columns: string[]; rows: CsvRow[] } => {
  const [head, ...rest] = records(text.replace(/^\ufeff/, ''));
  const columns = (head?.cells ?? []).map((name) => name.trim());
  const rows = rest.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((name, i) => [name, (cells[i] ?? '').trim()])),
  }));
  return { columns, rows };
};
