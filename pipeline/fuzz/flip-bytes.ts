import { readdirSync, readFileSync } from 'node:fs';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { createDice } from './dice.ts';

const fixtures = new URL('../../src/adapters/dicom-io/fixtures/', import.meta.url);
const PIXEL_DATA = Uint8Array.of(0xe0, 0x7f, 0x10, 0x00);
const UNDEFINED_LENGTH = 0xffffffff;

/** What became of so many copies of a picture of which one byte each was changed. */
export interface FlippedBytes {
  readonly file: string;
  readonly flips: number;
  /** Refused with a reason. */
  readonly refused: number;
  /** Opened as another picture, which the score is cautioned of: values beyond the declared bits. */
  readonly cautioned: number;
  /** Opened with every pixel as it was. */
  readonly harmless: number;
  /** Opened as another picture without a word. */
  readonly silent: number;
}

/** Where the bytes of the picture begin: behind tag, VR and length, and the offset table where there is one. */
const pictureStart = (file: Uint8Array): number => {
  const view = new DataView(file.buffer, file.byteOffset);
  const value = Buffer.from(file).lastIndexOf(PIXEL_DATA) + 12;
  const isEncapsulated = view.getUint32(value - 4, true) === UNDEFINED_LENGTH;
  return isEncapsulated ? value + 8 + view.getUint32(value + 4, true) + 8 : value;
};

/** The fixtures whose picture is one run of bytes, explicit little endian around it: each transfer syntax. */
export const flippable = (): readonly string[] =>
  readdirSync(fixtures)
    .filter((name) => /^(explicit-little|jpeg|htj2k|rle).*\.dcm$/.test(name))
    .filter((name) => !name.includes('fragments'))
    .sort();

/** Changes one byte of a fixture's picture to another value, `flips` times, each time of the whole file. */
export const flipBytes = async (
  file: string,
  flips: number,
  seed: number,
): Promise<FlippedBytes> => {
  const whole = new Uint8Array(readFileSync(new URL(file, fixtures)));
  const undamaged = await readDicom(whole, file);
  if (!undamaged.ok) throw new Error(undamaged.error.reason.code);
  const { pixels } = undamaged.value.image;
  const start = pictureStart(whole);
  const counts = { refused: 0, cautioned: 0, harmless: 0, silent: 0 };
  for (let index = 0; index < flips; index++) {
    const dice = createDice(seed, index);
    const bytes = whole.slice();
    const at = start + dice.int(whole.length - start);
    bytes[at] = (bytes[at] as number) ^ (1 + dice.int(255));
    const read = await readDicom(bytes, file);
    if (!read.ok) counts.refused++;
    else {
      const { image } = read.value;
      if (image.pixels.every((value: number, i: number) => value === pixels[i])) counts.harmless++;
      else if (image.exceedsDeclaredBits) counts.cautioned++;
      else counts.silent++;
    }
  }
  return { file, flips, ...counts };
};
