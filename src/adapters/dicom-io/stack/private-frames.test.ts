import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { viewLabel } from '../../../core/dicom/view-label.ts';
import { joinBytes } from '../../../core/units/join-bytes.ts';
import { type Field, type Item, mammogramFile } from '../fixtures/build-dicom.ts';
import { openOne } from '../pool/open-one.ts';
import { readDicom, readStack } from '../read/read-dicom.ts';
import { wasmFromPackages } from '../decode/wasm-from-packages.ts';
import { decodeSlice } from './decode-slice.ts';
import { type FrameStack, frameRequest } from './frame-stack.ts';

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };
const ALLOWANCE = 2 ** 28;

/** A fixture of JPEG-LS: its picture, and its scan without any marker. */
const fixture = async (name: string) => {
  const bytes = new Uint8Array(readFileSync(new URL(`../fixtures/${name}.dcm`, import.meta.url)));
  const read = await readDicom(bytes, name);
  if (!read.ok) throw new Error(read.error.reason.code);
  const { image } = read.value;
  const buffer = Buffer.from(bytes);
  const scan = buffer.lastIndexOf(Uint8Array.of(0xff, 0xda, 0, 8));
  const end = buffer.lastIndexOf(Uint8Array.of(0xff, 0xd9));
  return { image, near: bytes[scan + 7] as number, scan: bytes.slice(scan + 10, end) };
};
type Fixture = Awaited<ReturnType<typeof fixture>>;

/** The private block of these pictures, in two parts. */
const block = (pictures: readonly Fixture[], changes: Partial<{ columns: number }> = {}) => {
  const head = new DataView(new ArrayBuffer(1024));
  const { image, near } = pictures[0] as Fixture;
  head.setUint16(20, pictures.length, true);
  head.setUint16(24, changes.columns ?? image.columns, true);
  head.setUint16(28, image.rows, true);
  head.setUint8(32, 12);
  head.setUint8(36, near);
  const table = new DataView(new ArrayBuffer(1024));
  let at = 1024;
  pictures.forEach(({ scan }, i) => {
    table.setUint32(4 * i, at, true);
    at += scan.length + 1;
  });
  table.setUint32(4 * pictures.length, at, true);
  const whole = joinBytes([
    new Uint8Array(head.buffer),
    ...pictures.flatMap(({ scan }) => [scan, new Uint8Array(1)]),
    new Uint8Array(table.buffer),
  ]);
  const half = Math.floor(whole.length / 4) * 2;
  const parts = [whole.slice(0, half), whole.slice(half)];
  const value: Field = [
    'SQ',
    parts.map((part): Item => ({ '7e010010': ['LO', 'HOLOGIC, Inc.'], '7e011012': ['OB', part] })),
  ];
  return value;
};

const fileWith = (value: Field): File =>
  new File(
    [
      mammogramFile({
        '00080008': ['CS', 'DERIVED\\PRIMARY\\TOMO\\GENERATED_3D'],
        '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7'],
        '7e010010': ['LO', 'HOLOGIC, Inc.'],
        '7e011010': value,
      }) as Uint8Array<ArrayBuffer>,
    ],
    'sco.dcm',
  );
const open = (file: File) =>
  openOne({ path: 'sco', file, rule, allowance: ALLOWANCE }, readDicom, readStack);

const slice = async (stack: FrameStack, index: number) => {
  const decoded = await decodeSlice(frameRequest(stack, index, ALLOWANCE), wasmFromPackages);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
};

describe('slices behind a placeholder', () => {
  it('are read, and it is said how', async () => {
    const picture = await fixture('jpeg-ls-near3-u12');
    const answer = await open(fileWith(block([picture, picture, picture])));
    if (!answer.ok) throw new Error(answer.failure.reason.code);
    const { header, image, remarks, stack } = answer.opened;
    expect([viewLabel(header), header.numberOfFrames]).toEqual(['LCC TOMO', 3]);
    expect(remarks.map(({ code }) => code)).toEqual(['remark.private-frames']);
    expect(image.pixels).toEqual(picture.image.pixels);
    if (!stack) throw new Error('no volume');
    for (const index of [0, 2])
      expect((await slice(stack, index)).image.pixels).toEqual(picture.image.pixels);
  });

  it('stay a placeholder where the block is not as described, or cannot be decoded', async () => {
    const picture = await fixture('jpeg-ls-near3-u12');
    const cut = { ...picture, scan: picture.scan.slice(0, 40) };
    for (const value of [
      block([picture]),
      block([cut, cut, cut]),
      block([picture, picture], { columns: 0 }),
      ['SQ', []] as Field,
    ]) {
      const answer = await open(fileWith(value));
      expect(answer.ok ? 'opened' : answer.failure.reason.code).toBe('file.placeholder');
    }
  });
});
