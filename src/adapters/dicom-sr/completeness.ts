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

/** Items within items: a report needs a dozen or two, a stack has room for a few thousand. */
const DEEPEST = 64;

/**
 * Whether items of undefined length are opened within one another deeper than in any report, counted
 * over the bytes as they stand: dcmjs looks for the end of each by its delimiters, whatever the lengths
 * of elements say, again and again from every level, which takes time with the square of the depth.
 */
const isTooDeep = (view: DataView, start: number): boolean => {
  let depth = 0;
  for (let at = start; at + 8 <= view.byteLength; at++) {
    if (view.getUint8(at) !== 0xfe || view.getUint16(at, true) !== 0xfffe) continue;
    const element = view.getUint16(at + 2, true);
    if (element === 0xe000 && view.getUint32(at + 4, true) === UNDEFINED) depth++;
    else if (element === 0xe00d) depth = Math.max(depth - 1, 0);
    if (depth > DEEPEST) return true;
  }
  return false;
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
export const completeness = (
  bytes: Uint8Array,
  at: number,
  explicit: boolean,
): 'whole' | 'cut-off' | 'too-deep' => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isTooDeep(view, at)) return 'too-deep';
  try {
    return skip(view, at, explicit) === view.byteLength ? 'whole' : 'cut-off';
  } catch {
    return 'cut-off';
  }
};

const PREAMBLE = 128;

/** What of the file meta information (PS3.10 7.1) says where the data set begins and how it is coded. */
export interface MetaInformation {
  readonly dataSetAt: number;
  readonly transferSyntaxUid: string;
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  new TextDecoder('latin1').decode(bytes.subarray(at, at + length)).replace(/[\0 ]+$/, '');

/** Reads group 0002, always explicit little endian; undefined where a file does not begin with one. */
export const readMeta = (bytes: Uint8Array): MetaInformation | undefined => {
  if (textAt(bytes, PREAMBLE, 4) !== 'DICM') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = PREAMBLE + 4;
  let transferSyntaxUid = '';
  try {
    while (at < bytes.length && view.getUint16(at, true) === 0x0002) {
      const { tag, length, valueAt } = elementAt(view, at, true);
      if (tag === 0x00020010) transferSyntaxUid = textAt(bytes, valueAt, Math.min(length, 64));
      at = valueAt + length;
    }
  } catch {
    return undefined;
  }
  return { dataSetAt: at, transferSyntaxUid };
};
