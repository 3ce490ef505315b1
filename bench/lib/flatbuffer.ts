/** The little of FlatBuffers that writing a TensorFlow Lite file takes. */

/** What a field of a table holds; a field that is left out has its default. */
export type Value =
  | { readonly byte: number }
  | { readonly int: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  /** Begins at a multiple of 16, as weights must. */
  | { readonly bytes: Uint8Array }
  | { readonly tables: readonly Table[] }
  | Table;

/** Fields in the order of their numbers in the schema. */
export interface Table {
  readonly fields: readonly (Value | undefined)[];
}

export const table = (...fields: readonly (Value | undefined)[]): Table => ({ fields });

/** Every offset, length and number but a byte takes so many bytes. */
const WORD = 4;

/** The bytes placed so far; a later piece may still be referred to from an earlier one. */
interface Output {
  readonly pieces: Uint8Array[];
  end: number;
}

/** Appends `bytes`, whose part from `lead` on is to begin at a multiple of `align`; gives the start. */
const place = (output: Output, bytes: Uint8Array, align: number, lead = 0): number => {
  const gap = (align - ((output.end + lead) % align)) % align;
  const at = output.end + gap;
  output.pieces.push(new Uint8Array(gap), bytes);
  output.end = at + bytes.length;
  return at;
};

const words = (...values: readonly number[]): { bytes: Uint8Array; view: DataView } => {
  const bytes = new Uint8Array(values.length * WORD);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setInt32(i * WORD, value, true));
  return { bytes, view };
};

const placeText = (output: Output, text: string): number => {
  const letters = new TextEncoder().encode(text);
  const at = place(output, words(letters.length).bytes, WORD);
  place(output, Uint8Array.from([...letters, 0]), 1);
  return at;
};

const placeBytes = (output: Output, bytes: Uint8Array): number => {
  const at = place(output, words(bytes.length).bytes, 16, WORD);
  place(output, bytes, 1);
  return at;
};

const placeTables = (output: Output, tables: readonly Table[]): number => {
  const { bytes, view } = words(tables.length, ...tables.map(() => 0));
  const at = place(output, bytes, WORD);
  tables.forEach((item, i) => {
    const slot = (i + 1) * WORD;
    view.setUint32(slot, placeTable(output, item) - (at + slot), true);
  });
  return at;
};

/** A value that a field refers to, after the table with the field: offsets only lead forwards. */
const placeReferred = (output: Output, value: Value): number => {
  if ('text' in value) return placeText(output, value.text);
  if ('bytes' in value) return placeBytes(output, value.bytes);
  if ('tables' in value) return placeTables(output, value.tables);
  if ('ints' in value) return place(output, words(value.ints.length, ...value.ints).bytes, WORD);
  if ('fields' in value) return placeTable(output, value);
  throw new Error('a number stands in its table');
};

/** A table behind the list of its fields' places: words first, so that all are aligned, then bytes. */
const placeTable = (output: Output, { fields }: Table): number => {
  const present = fields.flatMap((value, id) => (value ? [{ value, id }] : []));
  const isByte = ({ value }: { value: Value }) => 'byte' in value;
  const ordered = [...present.filter((f) => !isByte(f)), ...present.filter(isByte)];
  const wordCount = present.length - present.filter(isByte).length;
  const list = 2 * (2 + fields.length);
  const size = WORD + wordCount * WORD + (present.length - wordCount);
  const bytes = new Uint8Array(list + size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, list, true);
  view.setUint16(2, size, true);
  view.setInt32(list, list, true);
  const slots = ordered.map((_, i) =>
    i < wordCount ? WORD + i * WORD : WORD + wordCount * WORD + (i - wordCount),
  );
  ordered.forEach(({ id }, i) => view.setUint16(2 * (2 + id), slots[i] as number, true));
  const at = place(output, bytes, WORD, list);
  ordered.forEach(({ value }, i) => {
    const slot = list + (slots[i] as number);
    if ('byte' in value) view.setUint8(slot, value.byte);
    else if ('int' in value) view.setInt32(slot, value.int, true);
    else view.setUint32(slot, placeReferred(output, value) - (at + slot), true);
  });
  return at + list;
};

/** Writes `root` as a file; `identifier` are the four letters by which readers know its schema. */
export const flatBuffer = (root: Table, identifier: string): Uint8Array => {
  const output: Output = { pieces: [], end: 0 };
  const head = words(0, 0);
  head.bytes.set(new TextEncoder().encode(identifier), WORD);
  place(output, head.bytes, WORD);
  head.view.setUint32(0, placeTable(output, root), true);
  const file = new Uint8Array(output.end);
  let at = 0;
  for (const piece of output.pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
};
