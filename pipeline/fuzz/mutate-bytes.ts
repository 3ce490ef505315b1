import { joinBytes } from '../../src/core/units/join-bytes.ts';
import type { Dice } from './dice.ts';

/** Lengths and counts at which readers go wrong. */
export const EXTREMES = [
  0, 1, 2, 3, 7, 8, 15, 16, 31, 64, 127, 128, 255, 256, 1023, 4096, 32_767, 32_768, 65_534, 65_535,
  0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts);

const noise = (dice: Dice, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => dice.int(256));

/** Writes a number of `size` bytes where it fits; beyond the end it is dropped. */
export const writeNumber = (
  bytes: Uint8Array,
  at: number,
  size: 2 | 4,
  value: number,
  littleEndian = true,
): Uint8Array => {
  const out = bytes.slice();
  if (at < 0 || at + size > out.length) return out;
  const view = new DataView(out.buffer);
  if (size === 2) view.setUint16(at, value & 0xffff, littleEndian);
  else view.setUint32(at, value >>> 0, littleEndian);
  return out;
};

/** Half of all damage is done to the first 2,048 bytes after `from`: headers are worth more. */
export const somewhere = (dice: Dice, bytes: Uint8Array, from = 0): number => {
  const room = Math.max(bytes.length - from, 1);
  return from + dice.int(dice.chance(0.5) ? Math.min(room, 2048) : room);
};

export type ByteMutation = (bytes: Uint8Array, dice: Dice) => Uint8Array;

const flipBit: ByteMutation = (bytes, dice) => {
  const out = bytes.slice();
  const at = somewhere(dice, bytes);
  out[at] = (out[at] as number) ^ (1 << dice.int(8));
  return out;
};

const overwriteRun: ByteMutation = (bytes, dice) => {
  const out = bytes.slice();
  const at = somewhere(dice, bytes);
  const length = Math.min(dice.size(512), out.length - at);
  const filler = dice.pick([0x00, 0xff, 0x20, 0x5c, -1]);
  out.set(filler < 0 ? noise(dice, length) : new Uint8Array(length).fill(filler), at);
  return out;
};

const truncate: ByteMutation = (bytes, dice) => bytes.slice(0, dice.int(bytes.length + 1));

const insertRun: ByteMutation = (bytes, dice) => {
  const at = somewhere(dice, bytes);
  return concat(bytes.subarray(0, at), noise(dice, dice.size(4096)), bytes.subarray(at));
};

const removeRun: ByteMutation = (bytes, dice) => {
  const at = somewhere(dice, bytes);
  return concat(bytes.subarray(0, at), bytes.subarray(at + dice.size(1024)));
};

const repeatRun: ByteMutation = (bytes, dice) => {
  const at = somewhere(dice, bytes);
  const run = bytes.subarray(at, at + dice.size(1024));
  const times = Array.from({ length: dice.size(64) }, () => run);
  return concat(bytes.subarray(0, at), ...times, bytes.subarray(at));
};

const extremeNumber: ByteMutation = (bytes, dice) =>
  writeNumber(
    bytes,
    somewhere(dice, bytes),
    dice.pick([2, 4] as const),
    dice.pick(EXTREMES),
    dice.chance(0.5),
  );

const all: readonly ByteMutation[] = [
  flipBit,
  flipBit,
  overwriteRun,
  truncate,
  insertRun,
  removeRun,
  repeatRun,
  extremeNumber,
  extremeNumber,
];

/** One damage of any kind; empty bytes stay empty. */
export const mutateBytes: ByteMutation = (bytes, dice) =>
  bytes.length === 0 ? bytes : dice.pick(all)(bytes, dice);

/** Several damages, one after the other. */
export const mutateRepeatedly = (
  bytes: Uint8Array,
  dice: Dice,
  mutation: ByteMutation,
): Uint8Array => {
  let out = bytes;
  for (let n = dice.size(8); n > 0; n--) out = mutation(out, dice);
  return out;
};
