import { element, type Field } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { concat, EXTREMES, mutateBytes, writeNumber, type ByteMutation } from './mutate-bytes.ts';
import { HOSTILE_NUMBERS, HOSTILE_TEXTS } from './hostile-texts.ts';

const VRS = [
  ...['AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FL', 'FD', 'IS', 'LO', 'LT', 'OB', 'OD', 'OF'],
  ...['OW', 'PN', 'SH', 'SL', 'SQ', 'SS', 'ST', 'TM', 'UI', 'UL', 'UN', 'US', 'UT'],
];
const LONG_FORM = new Set(['OB', 'OD', 'OF', 'OW', 'SQ', 'UN', 'UT']);

interface Spot {
  /** Offset of the tag. */
  readonly at: number;
  readonly long: boolean;
}

/** Where an element with explicit VR seems to begin. Good enough for doing damage. */
const spotsOf = (bytes: Uint8Array): Spot[] => {
  const spots: Spot[] = [];
  const most = Math.min(bytes.length - 8, 65_536);
  for (let at = 132; at < most; at++) {
    const vr = String.fromCharCode(bytes[at + 4] as number, bytes[at + 5] as number);
    if (!VRS.includes(vr) || (bytes[at + 1] as number) > 0x7f) continue;
    spots.push({ at, long: LONG_FORM.has(vr) });
    at += 7;
  }
  return spots;
};

/** Offset of a tag given as 'ggggeeee', -1 where it does not occur. */
const find = (bytes: Uint8Array, tag: string, from = 132): number => {
  const [g, e] = [Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16)];
  for (let at = from; at + 8 <= bytes.length; at++)
    if (
      bytes[at] === (g & 255) &&
      bytes[at + 1] === g >> 8 &&
      bytes[at + 2] === (e & 255) &&
      bytes[at + 3] === e >> 8
    )
      return at;
  return -1;
};

const extremeLength: ByteMutation = (bytes, dice) => {
  const spots = spotsOf(bytes);
  if (spots.length === 0) return mutateBytes(bytes, dice);
  const { at, long } = dice.pick(spots);
  const value = dice.pick(EXTREMES);
  return long ? writeNumber(bytes, at + 8, 4, value) : writeNumber(bytes, at + 6, 2, value);
};

const otherVr: ByteMutation = (bytes, dice) => {
  const spots = spotsOf(bytes);
  if (spots.length === 0) return mutateBytes(bytes, dice);
  const out = bytes.slice();
  const vr = dice.pick(VRS);
  const { at } = dice.pick(spots);
  out.set([vr.charCodeAt(0), vr.charCodeAt(1)], at + 4);
  return out;
};

const swapTags: ByteMutation = (bytes, dice) => {
  const spots = spotsOf(bytes);
  if (spots.length === 0) return mutateBytes(bytes, dice);
  const [a, b] = [dice.pick(spots).at, dice.pick(spots).at];
  const out = bytes.slice();
  out.set(bytes.subarray(b, b + 4), a);
  out.set(bytes.subarray(a, a + 4), b);
  return out;
};

/** Rows, Columns, bits, samples, frames, padding, LUT descriptors: the numbers that size things. */
const SIZING = [
  '00280002',
  '00280010',
  '00280011',
  '00280100',
  '00280101',
  '00280102',
  '00280103',
  '00280120',
  '00280121',
  '00283002',
];

const sizingNumber: ByteMutation = (bytes, dice) => {
  const at = find(bytes, dice.pick(SIZING));
  return at < 0 ? extremeLength(bytes, dice) : writeNumber(bytes, at + 8, 2, dice.pick(EXTREMES));
};

const ITEM = [0xfe, 0xff, 0x00, 0xe0];

/** The length of an item or a fragment. */
const itemLength: ByteMutation = (bytes, dice) => {
  const found: number[] = [];
  for (let at = 132; at + 8 <= bytes.length && found.length < 64; at++)
    if (ITEM.every((byte, i) => bytes[at + i] === byte)) found.push(at);
  return found.length === 0
    ? extremeLength(bytes, dice)
    : writeNumber(bytes, dice.pick(found) + 4, 4, dice.pick(EXTREMES));
};

/** Damage to the start of the pixel data, where a codestream has its headers. */
const codestream: ByteMutation = (bytes, dice) => {
  const at = find(bytes, '7fe00010');
  if (at < 0) return mutateBytes(bytes, dice);
  const tail = bytes.subarray(at);
  const where = dice.int(Math.min(tail.length, 256));
  return dice.chance(0.5)
    ? writeNumber(bytes, at + where, dice.pick([2, 4] as const), dice.pick(EXTREMES), false)
    : concat(bytes.subarray(0, at), mutateBytes(tail, dice));
};

/** Before the pixel data, or before the first spot where there are none. */
const insertElement = (bytes: Uint8Array, added: Uint8Array): Uint8Array => {
  const at = find(bytes, '7fe00010');
  const where = at < 0 ? bytes.length : at;
  return concat(bytes.subarray(0, where), added, bytes.subarray(where));
};

const sequenceStart = (tag: readonly number[]) =>
  Uint8Array.of(...tag, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, ...ITEM, 0xff, 0xff, 0xff, 0xff);
const SEQUENCE_END = Uint8Array.of(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0);

/** Sequences within sequences, closed or left open, in a private or in a known tag. */
const deepSequence: ByteMutation = (bytes, dice) => {
  const depth = dice.size(20_000);
  const tag = dice.pick([
    [0x40, 0x00, 0x30, 0xa7],
    [0x08, 0x00, 0x40, 0x11],
    [0x54, 0x00, 0x20, 0x02],
    [0x79, 0x00, 0x10, 0x10],
  ]);
  const open = concat(...Array.from({ length: depth }, () => sequenceStart(tag)));
  const end = concat(SEQUENCE_END, new Uint8Array(4));
  const close = concat(...Array.from({ length: dice.chance(0.7) ? depth : 0 }, () => end));
  return insertElement(bytes, concat(open, close));
};

const TEXT_TAGS = [
  ['00080005', 'CS'],
  ['0008103e', 'LO'],
  ['00081030', 'LO'],
  ['00080080', 'LO'],
  ['00100010', 'PN'],
  ['00100020', 'LO'],
  ['00180015', 'CS'],
  ['00185101', 'CS'],
  ['00181114', 'DS'],
  ['00181164', 'DS'],
  ['00200020', 'CS'],
  ['00280008', 'IS'],
  ['00280030', 'DS'],
  ['00280034', 'IS'],
  ['00281050', 'DS'],
  ['00281051', 'DS'],
  ['00281052', 'DS'],
  ['00281053', 'DS'],
  ['00281055', 'LO'],
  ['00281056', 'CS'],
  ['20500020', 'CS'],
] as const;

/** A text where a reader expects a sane one. Duplicates an element rather than looking for it. */
const hostileText: ByteMutation = (bytes, dice) => {
  const [tag, vr] = dice.pick(TEXT_TAGS);
  const isNumber = vr === 'DS' || vr === 'IS';
  const texts = isNumber && dice.chance(0.9) ? HOSTILE_NUMBERS : HOSTILE_TEXTS;
  const field: Field = [vr, dice.pick(texts)];
  return insertElement(bytes, element(tag, field));
};

const hugeText: ByteMutation = (bytes, dice) => {
  const [tag] = dice.pick(TEXT_TAGS);
  const filler = dice.pick(['A', '\\', '^', '=', '1\\', '\u001b$B']);
  return insertElement(
    bytes,
    element(tag, ['UT', filler.repeat(Math.ceil(dice.size(2_000_000) / filler.length))]),
  );
};

const aware: readonly ByteMutation[] = [
  extremeLength,
  extremeLength,
  otherVr,
  swapTags,
  sizingNumber,
  sizingNumber,
  itemLength,
  codestream,
  codestream,
  deepSequence,
  hostileText,
  hostileText,
  hugeText,
];

/** One damage that knows where things are in a DICOM file, or one to any bytes. */
export const mutateDicom: ByteMutation = (bytes, dice) =>
  dice.chance(0.6) ? dice.pick(aware)(bytes, dice) : mutateBytes(bytes, dice);
