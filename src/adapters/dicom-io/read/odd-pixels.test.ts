import { describe, expect, it } from 'vitest';
import { breastFile, breastPixels, BREAST_SIZE } from '../fixtures/breast.ts';
import { encapsulate, type Field, words } from '../fixtures/build-dicom.ts';
import { frameEncoder, losslessJpeg } from '../fixtures/encode-frames.ts';
import { readDicom } from './read-dicom.ts';

const breast = breastPixels();
const highest = Math.max(...breast);
const opened = async (bytes: Uint8Array) => {
  const before = bytes.slice();
  const result = await readDicom(bytes, 'x.dcm');
  if (!result.ok) throw new Error(result.error.reason.code);
  expect(bytes).toEqual(before);
  return {
    ...result.value,
    pixels: [...result.value.image.pixels],
    said: result.value.remarks.map(({ code }) => code),
  };
};
type Changes = Readonly<Record<string, Field | undefined>>;
const bits = (allocated: number, stored: number, high: number, sign = 0): Changes => ({
  '00280100': ['US', [allocated]],
  '00280101': ['US', [stored]],
  '00280102': ['US', [high]],
  '00280103': ['US', [sign]],
});
const mapped = (map: (value: number, i: number) => number) => breast.map(map);
const swapBytes = (values: readonly number[]) =>
  new Uint8Array(Buffer.from(words(values)).swap16());

const RLE = '1.2.840.10008.1.2.5';
/** Each byte plane in literal runs, in the order that is given. */
const runLengths = (values: readonly number[], shifts: readonly number[]) => {
  const segments = shifts.map((shift) => {
    const plane = values.map((value) => (value >> shift) & 255);
    const runs: number[] = [];
    for (let at = 0; at < plane.length; at += 128) {
      const part = plane.slice(at, at + 128);
      runs.push(part.length - 1, ...part);
    }
    return runs.length % 2 === 0 ? runs : [...runs, 0];
  });
  const head = new Uint32Array(16);
  head[0] = shifts.length;
  segments.forEach((_, i) => {
    head[i + 1] = 64 + segments.slice(0, i).reduce((sum, { length }) => sum + length, 0);
  });
  return encapsulate(Uint8Array.from([...new Uint8Array(head.buffer), ...segments.flat()]));
};

const COMPRESSED = { openjpeg: '1.2.840.10008.1.2.4.90', openjph: '1.2.840.10008.1.2.4.201' };
const compressed = async (
  codec: keyof typeof COMPRESSED,
  values: readonly number[],
  how: { bits: number; signed?: boolean; changes: Changes },
) => {
  const encode = await frameEncoder(codec);
  const { columns, rows } = BREAST_SIZE;
  const frame = encode(Uint16Array.from(values), columns, rows, how.bits, how.signed);
  return breastFile(encapsulate(frame), how.changes, COMPRESSED[codec]);
};

describe('the highest bit', () => {
  it.each([
    ['overstated', breast, bits(16, 12, 15), ['remark.high-bit']],
    ['overstated by two', breast, bits(16, 12, 13), ['remark.high-bit']],
    ['as stated', mapped((v) => v << 4), bits(16, 12, 15), []],
    [
      'as stated, with a dark picture and an overlay below it',
      mapped((v, i) => ((v >> 2) << 4) | (i % 7 === 0 ? 1 : 0)),
      bits(16, 12, 15),
      [],
    ],
    ['below what is stored', breast, bits(16, 16, 11), ['remark.bits']],
    ['far below what is stored', breast, bits(16, 12, 7), ['remark.bits']],
    ['beyond what is allocated, in words', breast, bits(8, 12, 11), ['remark.bits']],
  ])('%s', async (name, values, changes, said) => {
    const found = await opened(breastFile(values, changes));
    expect(found.pixels).toEqual(name.includes('dark') ? mapped((v) => v >> 2) : breast);
    expect(found.said).toEqual(said);
    expect(found.image.exceedsDeclaredBits).toBeUndefined();
  });

  it('beyond what is allocated, in bytes', async () => {
    const bytes = mapped((v) => v >> 2);
    const found = await opened(breastFile(Uint8Array.from(bytes), bits(8, 12, 11)));
    expect(found.pixels).toEqual(bytes);
    expect(found.image.bitsStored).toBe(8);
    expect(found.said).toEqual(['remark.bits']);
  });

  it.each(['openjpeg', 'openjph'] as const)('of a stream of 16 bits: %s', async (codec) => {
    const stated = bits(16, 12, 15);
    const values = mapped((v) => v << 4);
    const true15 = await opened(await compressed(codec, values, { bits: 16, changes: stated }));
    expect(true15.pixels).toEqual(breast);
    expect(true15.said).toEqual([]);
    const low = await opened(await compressed(codec, breast, { bits: 16, changes: stated }));
    expect(low.pixels).toEqual(breast);
    const twelve = await opened(await compressed(codec, breast, { bits: 12, changes: stated }));
    expect(twelve.pixels).toEqual(breast);
    expect(twelve.said).toEqual([]);
  });
});

describe('the order of bytes', () => {
  it.each([
    ['little endian said, big meant', breastFile(swapBytes(breast))],
    ['in runs, least significant first', breastFile(runLengths(breast, [0, 8]), {}, RLE)],
    [
      '14 bits',
      breastFile(swapBytes(mapped((v) => v * 30)), bits(16, 14, 13)),
      mapped((v) => v * 30),
    ],
  ])('%s', async (_, file, wanted = breast) => {
    const found = await opened(file);
    expect(found.pixels).toEqual(wanted);
    expect(found.said).toEqual(['remark.byte-order']);
  });

  it.each([
    ['bytes in the upper half of words', mapped((v) => (v >> 1) << 8)],
    ['noise', mapped((_, i) => (i * 7919 * 31) % 4096)],
    ['a picture of few levels', mapped((v) => 7 + (v >> 6))],
  ])('as stated: %s', async (_, values) => {
    const found = await opened(breastFile(values, bits(16, 16, 15)));
    expect(found.pixels).toEqual(values);
    expect(found.said).toEqual([]);
  });

  it('as stated: in runs', async () => {
    const found = await opened(breastFile(runLengths(breast, [8, 0]), {}, RLE));
    expect(found.pixels).toEqual(breast);
    expect(found.said).toEqual([]);
  });
});

describe('the sign', () => {
  const bright = mapped((v) => v * Math.floor(65_000 / highest));
  const below = mapped((v) => v - 100);
  it.each([
    ['said, none meant', bright, bits(16, 16, 15, 1), ['remark.unsigned']],
    ['meant, none said', below, bits(16, 16, 15), ['remark.signed']],
    ['meant, none said, 12 bits carried on', below, bits(16, 12, 11), ['remark.signed']],
    ['said and meant', below, bits(16, 16, 15, 1), []],
    ['none', bright, bits(16, 16, 15), []],
    ['none, with a border', mapped((v, i) => (i % 120 > 110 ? 65_535 : v)), bits(16, 16, 15), []],
    [
      'none, tissue far above air',
      mapped((v) => (v > 99 ? 60_000 + 10 * v : 0)),
      bits(16, 16, 15),
      [],
    ],
  ])('%s', async (_, values, changes, said) => {
    const found = await opened(
      breastFile(
        values.map((v) => v & 0xffff),
        changes,
      ),
    );
    expect(found.pixels).toEqual(values);
    expect(found.said).toEqual(said);
  });

  it.each(['openjpeg', 'openjph'] as const)('is that of the stream: %s', async (codec) => {
    const how = { bits: 16, signed: true, changes: bits(16, 16, 15) };
    const found = await opened(await compressed(codec, below, how));
    expect(found.pixels).toEqual(below);
    expect(found.said).toEqual(['remark.signed']);
  });
});

describe('what is said of colours and of grey', () => {
  const three = breast.flatMap((v) => [v, v, v]);
  const asColour: Changes = { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] };

  it.each<[string, number[] | Uint8Array, Changes, string[]]>([
    ['three samples', three, asColour, []],
    [
      'three samples, with bits that contradict themselves',
      three,
      { ...asColour, ...bits(16, 12, 7) },
      ['remark.bits'],
    ],
    [
      'one sample labelled RGB, in swapped words',
      swapBytes(breast),
      { '00280004': ['CS', 'RGB'] },
      ['remark.byte-order'],
    ],
    [
      'one sample labelled RGB, with an overstated highest bit',
      breast,
      { '00280004': ['CS', 'RGB'], ...bits(16, 12, 15) },
      ['remark.high-bit'],
    ],
  ])('%s', async (_, values, changes, said) => {
    const found = await opened(breastFile(values, changes));
    expect(found.pixels).toEqual(breast);
    expect(found.said).toEqual(said);
  });

  it('a stream of one sample or three is believed, and its bits are settled', async () => {
    const changes = { ...asColour, ...bits(16, 12, 15) };
    const one = await opened(await compressed('openjpeg', breast, { bits: 16, changes }));
    expect(one.pixels).toEqual(breast);
    expect(one.said).toEqual(['remark.high-bit']);
    const eight = mapped((v) => v >> 2);
    const frame = encapsulate(losslessJpeg(eight, BREAST_SIZE, 8, 0, 3));
    const other = await opened(breastFile(frame, bits(8, 8, 7), '1.2.840.10008.1.2.4.57'));
    expect(other.pixels).toEqual(eight);
    expect(other.said).toEqual([]);
  });

  it('three samples labelled MONOCHROME1 are inverted', async () => {
    const file = breastFile(three, { ...asColour, '00280004': ['CS', 'MONOCHROME1'] });
    expect((await opened(file)).image.photometricInterpretation).toBe('MONOCHROME1');
  });
});

describe('a lossless JPEG', () => {
  it.each([0, 1, 2, 4, 6])('that left out the %i lowest bits', async (dropped) => {
    const frame = losslessJpeg(breast, BREAST_SIZE, 12, dropped);
    const found = await opened(breastFile(encapsulate(frame), {}, '1.2.840.10008.1.2.4.57'));
    expect(found.pixels).toEqual(mapped((v) => (v >> dropped) << dropped));
    expect(found.header.lossy).toBe(dropped > 0);
  });
});
