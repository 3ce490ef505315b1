/** VRs whose length field has 32 bits after two reserved bytes (PS3.5 table 7.1-1). */
const LONG = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);
const UNDEFINED = 0xffffffff;
/** Item, item delimitation and sequence delimitation, PS3.5 7.5. */
const ITEM = 0xfffee000;
const END_OF_ITEM = 0xfffee00d;
const END_OF_SEQUENCE = 0xfffee0dd;

interface Element {
  readonly tag: number;
  readonly length: number;
  readonly valueAt: number;
}

const elementAt = (view: DataView, at: number, explicit: boolean): Element => {
  const tag = ((view.getUint16(at, true) << 16) | view.getUint16(at + 2, true)) >>> 0;
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  if (!explicit || tag >>> 16 === 0xfffe)
    return { tag, length: view.getUint32(at + 4, true), valueAt: at + 8 };
  if (LONG.has(vr)) return { tag, length: view.getUint32(at + 8, true), valueAt: at + 12 };
  return { tag, length: view.getUint16(at + 6, true), valueAt: at + 8 };
};

/** Steps over elements to the delimiter `until`, or to the end of the data where there is none. */
const skip = (view: DataView, start: number, explicit: boolean, until?: number): number => {
  let at = start;
  while (until !== undefined || at < view.byteLength) {
    const { tag, length, valueAt } = elementAt(view, at, explicit);
    if (tag === until) return valueAt;
    if (length !== UNDEFINED) at = valueAt + length;
    else at = skip(view, valueAt, explicit, tag === ITEM ? END_OF_ITEM : END_OF_SEQUENCE);
  }
  return at;
};

/**
 * Whether a little-endian data set that starts at `at` ends where its lengths and delimiters say.
 * dcmjs reads a file that was cut off without a word; half a report must not pass for a whole one.
 */
export const isComplete = (bytes: Uint8Array, at: number, explicit: boolean): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return skip(view, at, explicit) === view.byteLength;
  } catch {
    return false;
  }
};

/** Where the data set begins: after preamble, "DICM" and group 0002 of the stated length (PS3.10 7.1). */
export const dataSetAt = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return 144 + view.getUint32(140, true);
};
