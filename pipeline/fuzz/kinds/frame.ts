import { sayIn } from '../../../src/i18n/say.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { readDicom } from '../../../src/adapters/dicom-io/read/read-dicom.ts';
import { createDice, type Dice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Kind } from '../kind.ts';
import { concat } from '../mutate-bytes.ts';

const fixtures = new URL('../../../src/adapters/dicom-io/fixtures/', import.meta.url);
const PIXEL_DATA = Uint8Array.of(0xe0, 0x7f, 0x10, 0x00);
/** Tag, VR and length of Pixel Data; tag and length of an item. */
const [ELEMENT, ITEM] = [12, 8];

interface Original {
  readonly name: string;
  readonly head: Uint8Array;
  readonly frame: Uint8Array;
  readonly pixels: ArrayLike<number>;
}

const originalOf = async (name: string): Promise<Original> => {
  const bytes = new Uint8Array(readFileSync(new URL(name, fixtures)));
  const read = await readDicom(bytes, name);
  if (!read.ok) throw new Error(read.error.reason.code);
  const view = new DataView(bytes.buffer);
  const table = Buffer.from(bytes).lastIndexOf(PIXEL_DATA) + ELEMENT;
  const at = table + ITEM + view.getUint32(table + 4, true) + ITEM;
  const length = view.getUint32(at - 4, true);
  const frame = bytes.slice(at, at + length);
  return { name, head: bytes.slice(0, at), frame, pixels: read.value.image.pixels };
};

/** Every compressed fixture of one fragment. */
const originals = await Promise.all(
  readdirSync(fixtures)
    .filter((name) => /^(jpeg|htj2k|rle).*\.dcm$/.test(name) && !name.includes('fragments'))
    .map(originalOf),
);

/** A frame that lost its end, with or without an end mark put in its place, as gateways do. */
const cut = (frame: Uint8Array, dice: Dice): Uint8Array => {
  const kept = frame.subarray(
    0,
    2 * Math.floor((64 + dice.int(Math.max(frame.length - 80, 1))) / 2),
  );
  return dice.chance(0.5) ? concat(kept, Uint8Array.of(0xff, 0xd9)) : kept;
};

/** One byte of the frame has another value: most such pictures open as another one, and all must end. */
const FLIPPED = 'flipped-';
const flip = (frame: Uint8Array, dice: Dice): Uint8Array => {
  const changed = frame.slice();
  const at = dice.int(frame.length);
  changed[at] = (changed[at] as number) ^ (1 + dice.int(255));
  return changed;
};

const withFrame = ({ head }: Original, frame: Uint8Array): Uint8Array => {
  const start = head.slice();
  const body = frame.length % 2 === 0 ? frame : concat(frame, Uint8Array.of(0));
  new DataView(start.buffer).setUint32(start.length - 4, body.length, true);
  return concat(start, body, Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0));
};

/**
 * Compressed frames that are cut, in whole files. A picture that is taken must be the undamaged one's,
 * pixel by pixel: silent damage is a crash here. One in five has a changed byte instead, of which no codec
 * can always tell (pipeline/fuzz/flipped-bytes.ts counts them).
 */
export const frame: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    const original = dice.pick(originals);
    if (dice.chance(0.2))
      return oneFile(FLIPPED + original.name, withFrame(original, flip(original.frame, dice)));
    // A part stays whole but for filling behind it: what is refused there is refused wrongly.
    const kept = dice.chance(0.2)
      ? concat(original.frame, new Uint8Array(dice.int(2)))
      : cut(original.frame, dice);
    return oneFile(original.name, withFrame(original, kept));
  },
  run: async (input) => {
    const [name, bytes] = onlyFile(input);
    const read = await readDicom(bytes, name);
    if (!read.ok) return refused(sayIn('en', read.error.reason));
    if (name.startsWith(FLIPPED)) return accepted;
    const { pixels } = read.value.image;
    const wanted = originals.find((original) => original.name === name)?.pixels ?? [];
    const wrong = Array.from(pixels).findIndex((value, i) => value !== wanted[i]);
    if (wrong >= 0) throw new Error(`silent damage: pixel ${wrong} of ${name} is wrong`);
    return accepted;
  },
};
