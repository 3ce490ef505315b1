import { deflateRawSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { depthOf } from '../../../core/dicom/slices.ts';
import { coarsePlane } from '../../../core/image/overlay-plane.ts';
import { viewLabel } from '../../../core/dicom/view-label.ts';
import { joinBytes } from '../../../core/units/join-bytes.ts';
import { type Field, type Item, mammogramFile, words } from '../fixtures/build-dicom.ts';
import {
  encapsulateFrames,
  framePixels,
  volumeFile,
  volumeValue,
  type VolumeSize,
} from '../fixtures/build-volume.ts';
import { breastPixels, BREAST_SIZE } from '../fixtures/breast.ts';
import { frameEncoder } from '../fixtures/encode-frames.ts';
import { openOne } from '../pool/open-one.ts';
import { readDicom, readStack } from '../read/read-dicom.ts';
import { wasmFromPackages } from '../decode/wasm-from-packages.ts';
import { decodeSlice } from './decode-slice.ts';
import { type FrameStack, frameRequest } from './frame-stack.ts';
import type { ReadStack } from './read-stack.ts';

const SIZE: VolumeSize = { rows: 9, columns: 8, frames: 5 };
const ALLOWANCE = 2 ** 28;

const reading = (bytes: Uint8Array) =>
  readStack.volume(new Blob([bytes as Uint8Array<ArrayBuffer>]), { allowance: ALLOWANCE });
const opened = async (bytes: Uint8Array): Promise<ReadStack> => {
  const read = await reading(bytes);
  if (!read?.ok) throw new Error(read ? read.error.code : 'not a volume');
  return read.value;
};
const refusal = async (bytes: Uint8Array) => {
  const read = await reading(bytes);
  return read && !read.ok ? read.error.code : read && 'opened';
};
const slice = async (stack: FrameStack, index: number) => {
  const decoded = await decodeSlice(frameRequest(stack, index, ALLOWANCE), wasmFromPackages);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
};
const allAsWritten = async ({ stack }: ReadStack) => {
  for (let i = 0; i < SIZE.frames; i++)
    expect((await slice(stack, i)).image.pixels).toEqual(framePixels(SIZE, i));
};

describe('a volume with functional groups', () => {
  it('gives its middle slice, with side, spacing, rescale and window of the groups', async () => {
    const { header, image } = await opened(volumeFile(SIZE));
    expect(viewLabel(header)).toBe('LCC TOMO');
    expect(header.laterality).toEqual({ value: 'L', source: 'FrameLaterality' });
    expect(header.numberOfFrames).toBe(5);
    expect(image.pixels).toEqual(framePixels(SIZE, 2));
    expect(image.spacing).toEqual({ row: 0.1, column: 0.1 });
    expect(image.modality).toEqual({ slope: 2, intercept: -5 });
    expect(image.voi).toEqual([{ kind: 'window', center: 502, width: 900, fn: 'LINEAR' }]);
  });

  it('decodes each slice by itself, with its own window', async () => {
    const { stack } = await opened(volumeFile(SIZE));
    for (const index of [4, 0, 3]) {
      const { image, values } = await slice(stack, index);
      expect(image.pixels).toEqual(framePixels(SIZE, index));
      expect(image.voi[0]).toHaveProperty('center', 500 + index);
      expect(values.all.low).toBe(volumeValue(index, 0, 0));
    }
  });

  it('says how deep a slice lies, by position, spacing or thickness', async () => {
    const { header } = await opened(volumeFile(SIZE));
    expect(header.slices).toEqual({ count: 5, spacing: 2, spacingFrom: 'ImagePositionPatient' });
    expect(depthOf(header.slices ?? { count: 0 }, 3)).toBe(6);
    const { header: without } = await opened(volumeFile(SIZE, { 52009230: undefined }));
    expect(without.slices?.spacingFrom).toBe('SpacingBetweenSlices');
    const bare = volumeFile(SIZE, {
      ...{ 52009229: undefined, 52009230: undefined },
      '00180050': ['DS', '1.2'],
      '00200062': ['CS', 'R'],
    });
    expect((await opened(bare)).header.slices).toEqual({
      ...{ count: 5, spacing: 1.2, spacingFrom: 'SliceThickness' },
    });
  });

  it('says where more frames are stored than declared, or slices out of their order', async () => {
    const few = await opened(volumeFile(SIZE, { '00280008': ['IS', '3'] }));
    expect(few.remarks).toEqual([{ code: 'remark.more-frames', values: { shown: 3, found: 5 } }]);
    const at = (z: number): Item => ({
      '00209113': ['SQ', [{ '00200032': ['DS', `0\\0\\${z}`] }]],
    });
    const shuffled = volumeFile(SIZE, { '52009230': ['SQ', [0, 4, 2, 8, 6].map(at)] });
    expect((await opened(shuffled)).remarks.map(({ code }) => code)).toEqual([
      'remark.shuffled-slices',
    ]);
  });

  it('reads a table that thousands of frames share once', async () => {
    const size = { rows: 8, columns: 8, frames: 4096 };
    const table: Item = {
      '00283002': ['US', [0, 0, 16]],
      '00283006': ['OW', words(Uint16Array.from({ length: 65_536 }, (_, i) => i))],
    };
    const file = volumeFile(size, {
      '52009229': ['SQ', [{ '00289132': ['SQ', [{ '00283010': ['SQ', [table]] }]] }]],
      '52009230': undefined,
      '7fe00010': ['OW', new Uint8Array(2 * 8 * 8 * 4096)],
    });
    const before = process.cpuUsage();
    const { stack } = await opened(file);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000);
    expect(stack.rules).toEqual([]);
  });

  it('is grey where it is told in three equal samples', async () => {
    const three = (i: number) =>
      [...framePixels(SIZE, i)].flatMap((value) => [value, value, value]);
    const read = await opened(
      volumeFile(SIZE, {
        ...{ '00280002': ['US', [3]], '00280004': ['CS', 'RGB'], '00280103': ['US', [1]] },
        '7fe00010': ['OW', words([0, 1, 2, 3, 4].flatMap(three))],
      }),
    );
    await allAsWritten(read);
    expect(read.image.signed).toBe(false);
    expect((await slice(read.stack, 0)).image.signed).toBe(false);
  });

  it.each<[string, number, Readonly<Record<string, Field>>, (values: number[]) => Uint8Array]>([
    ['remark.high-bit', 1, { '00280102': ['US', [15]] }, words],
    ['remark.byte-order', 1, {}, (values) => words(values.map((v) => (v << 8) | (v >> 8)))],
    ['remark.bits', 3, { '00280102': ['US', [7]] }, words],
  ])('is read as its middle slice shows: %s', async (code, samples, changes, bytesOf) => {
    const frames = [0, 1, 2].map((i) => breastPixels().map((v) => v + i));
    const { stack, remarks } = await opened(
      volumeFile(
        { ...BREAST_SIZE, frames: 3 },
        {
          ...{ '00280002': ['US', [samples]], '00280004': ['CS', 'RGB'] },
          '7fe00010': ['OW', bytesOf(frames.flat().flatMap((v) => Array<number>(samples).fill(v)))],
          ...changes,
        },
      ),
    );
    expect(remarks.map((remark) => remark.code)).toEqual([code]);
    for (const [i, frame] of frames.entries())
      expect([...(await slice(stack, i)).image.pixels]).toEqual(frame);
  });

  it('comes with its overlay planes, each over its frame', async () => {
    // 3 x 3 bits a frame, one after the other: the second frame begins in the second byte.
    const plane = {
      '60000010': ['US', [3]],
      '60000011': ['US', [3]],
      '60000015': ['IS', '2'],
      '60000040': ['CS', 'G'],
      '60000050': ['SS', [1, 1]],
      '60000051': ['US', [3]],
      '60003000': ['OW', Uint8Array.of(0b0000_0001, 0b0000_0111, 0b0000_0010, 0)],
    } as const;
    const { overlays, remarks } = await opened(volumeFile(SIZE, plane));
    const drawn = overlays.map((each) =>
      [...coarsePlane(each, 1).cells].flatMap((cell, i) => (cell ? [i] : [])),
    );
    expect(overlays.map(({ frame }) => frame)).toEqual([3, 4]);
    expect(drawn).toEqual([
      [0, 8],
      [0, 1, 8],
    ]);
    expect(remarks).toEqual([]);
  });

  it('says that planes are in unused bits of its slices, which are not drawn', async () => {
    const { overlays, remarks } = await opened(
      volumeFile(SIZE, {
        '60000010': ['US', [9]],
        '60000011': ['US', [8]],
        '60000102': ['US', [15]],
      }),
    );
    expect(overlays).toEqual([]);
    expect(remarks.map(({ code }) => code)).toEqual(['remark.embedded-overlays']);
  });

  it('says where its slices lie in the patient, where it names a frame of reference', async () => {
    const { header } = await opened(volumeFile(SIZE, { '00200052': ['UI', '1.2.77'] }));
    expect(header.planes).toEqual({
      frameOfReference: '1.2.77',
      origin: { x: 0, y: 0, z: 40 },
      alongRow: { x: 1, y: 0, z: 0 },
      alongColumn: { x: 0, y: 1, z: 0 },
      spacing: { row: 0.1, column: 0.1 },
      depths: [0, -2, -4, -6, -8],
    });
    expect((await opened(volumeFile(SIZE))).header.planes).toBeUndefined();
  });

  it('has its technique from the acquisition of its projections', async () => {
    const acquisition: Item = {
      '00180060': ['DS', '31'],
      '00181191': ['CS', 'TUNGSTEN'],
      '00187050': ['CS', 'ALUMINUM'],
      '001811a0': ['DS', '52'],
      '001811a2': ['DS', '104.5'],
    };
    const { header } = await opened(volumeFile(SIZE, { '00189507': ['SQ', [acquisition]] }));
    expect(header.technique).toMatchObject({
      ...{ kilovolts: 31, anode: 'TUNGSTEN', filters: ['ALUMINUM'] },
      ...{ thicknessMm: 52, forceNewton: 104.5 },
    });
  });

  it.each([
    ['for presentation', '1.2.840.10008.5.1.4.1.1.13.1.4'],
    ['for processing', '1.2.840.10008.5.1.4.1.1.13.1.5'],
  ])('may be the projections %s, which are looked at one by one', async (_, sopClass) => {
    const read = await opened(
      volumeFile(SIZE, {
        '00080008': ['CS', 'ORIGINAL\\PRIMARY\\TOMO_PROJ\\LEFT'],
        '00080016': ['UI', sopClass],
      }),
    );
    expect(viewLabel(read.header)).toBe('LCC TOMO');
    await allAsWritten(read);
  });

  it('is a volume too where it was stored as multi-frame secondary capture', async () => {
    const { header } = await opened(
      volumeFile({ ...SIZE, rows: 300 }, { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7.3'] }),
    );
    expect(viewLabel(header)).toBe('LCC TOMO');
  });

  it('leaves pictures of one frame, and what is no DICOM, to others', async () => {
    expect(await refusal(mammogramFile())).toBeUndefined();
    expect(await refusal(volumeFile({ ...SIZE, frames: 1 }))).toBeUndefined();
    expect(await refusal(new TextEncoder().encode('x'.repeat(500)))).toBeUndefined();
  });

  it('opens where the data set is deflated', async () => {
    const plain = volumeFile(SIZE, {}, '1.2.840.10008.1.2.1.99');
    const at = plain.length - volumeFile(SIZE).length + headLength(volumeFile(SIZE));
    const packed = joinBytes([plain.subarray(0, at), deflateRawSync(plain.subarray(at))]);
    await allAsWritten(await opened(packed));
  });

  it.each<[string, Readonly<Record<string, Field | undefined>>]>([
    ['file.truncated-pixel-data', { '00280008': ['IS', '6'] }],
    ['file.too-many-frames', { '00280008': ['IS', '1000000'] }],
    [
      'file.colour',
      {
        ...{ '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] },
        '7fe00010': ['OW', words(Array.from({ length: 5 * 72 * 3 }, (_, i) => i % 97))],
      },
    ],
    ['file.not-a-mammogram', { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.4'] }],
  ])('is refused with %s', async (code, changes) => {
    expect(await refusal(volumeFile(SIZE, changes))).toBe(code);
  });

  it('is refused where it was cut off', async () => {
    const whole = volumeFile(SIZE);
    expect(await refusal(whole.subarray(0, whole.length - 100))).toBe('file.truncated-pixel-data');
  });
});

/** Where the data set of a file from dicomFile begins. */
const headLength = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return 132 + 12 + view.getUint32(140, true);
};

describe('a compressed volume', () => {
  const packed = async (
    codec: 'openjpeg' | 'openjph',
    how: Parameters<typeof encapsulateFrames>[1],
    changes: Readonly<Record<string, Field>> = {},
  ) => {
    const encode = await frameEncoder(codec);
    const frames = Array.from({ length: SIZE.frames }, (_, i) =>
      encode(framePixels(SIZE, i), SIZE.columns, SIZE.rows),
    );
    const syntax = codec === 'openjpeg' ? '1.2.840.10008.1.2.4.90' : '1.2.840.10008.1.2.4.201';
    const value: Field = ['OB', encapsulateFrames(frames, how)];
    return undefinedLength(volumeFile(SIZE, { '7fe00010': value, ...changes }, syntax));
  };

  it.each([
    ['openjpeg', 'a part a frame', {}],
    ['openjph', 'a part a frame', {}],
    ['openjph', 'several parts a frame, with an offset table', { most: 60, table: true }],
    ['openjph', 'several parts a frame, without one', { most: 60 }],
  ] as const)('of %s, %s, is decoded slice by slice', async (codec, _, how) => {
    await allAsWritten(await opened(await packed(codec, how)));
  });

  it('of one sample is grey, though three are stated', async () => {
    const stated = { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] } as const;
    await allAsWritten(await opened(await packed('openjpeg', {}, stated)));
  });

  /** Run-length coded, each segment one literal run, which no mark tells from a part of a frame. */
  const runLengths = (i: number): Uint8Array => {
    const pixels = framePixels(SIZE, i);
    const run = (byteOf: (pixel: number) => number) =>
      Uint8Array.from([pixels.length - 1, ...Array.from(pixels, byteOf), 0]);
    const segments = [run((pixel) => pixel >> 8), run((pixel) => pixel & 255)];
    const head = Uint32Array.from(
      { length: 16 },
      (_, k) => [2, 64, 64 + pixels.length + 2][k] ?? 0,
    );
    return joinBytes([new Uint8Array(head.buffer), ...segments]);
  };

  it('of parts that only an Extended Offset Table tells apart', async () => {
    const frames = Array.from({ length: SIZE.frames }, (_, i) => runLengths(i));
    const [length = 0] = frames.map((frame) => frame.length);
    const step = length + 8 * Math.ceil(length / 60);
    const table = (of: (i: number) => number): Field => [
      'OV',
      new Uint8Array(BigUint64Array.from(frames, (_, i) => BigInt(of(i))).buffer),
    ];
    const file = volumeFile(
      SIZE,
      {
        '7fe00001': table((i) => i * step),
        '7fe00002': table(() => length),
        '7fe00010': ['OB', encapsulateFrames(frames, { most: 60 })],
      },
      '1.2.840.10008.1.2.5',
    );
    await allAsWritten(await opened(undefinedLength(file)));
  });

  it('is refused where parts are missing', async () => {
    const bytes = await packed('openjph', {});
    expect(await refusal(bytes.subarray(0, bytes.length - 60))).toMatch(/^file\.(trunc|damaged)/);
  });
});

/** Pixel Data is the last element: its length becomes undefined. */
const undefinedLength = (bytes: Uint8Array): Uint8Array => {
  const out = bytes.slice();
  for (let i = out.length - 12; i >= 0; i--)
    if (out[i] === 0xe0 && out[i + 1] === 0x7f && out[i + 2] === 0x10 && out[i + 3] === 0) {
      new DataView(out.buffer).setUint32(i + 8, 0xffffffff, true);
      return out;
    }
  throw new Error('no pixel data');
};

describe('a volume of one file a slice', () => {
  const CT = '1.2.840.10008.5.1.4.1.1.2';
  /** Slice `i` of a series of CT class, as some devices write it. */
  const sliceFile = (i: number, changes: Readonly<Record<string, Field>> = {}) =>
    new Blob([
      mammogramFile({
        '00080016': ['UI', CT],
        '00080018': ['UI', `1.2.3.${i}`],
        '00200013': ['IS', String(i + 1)],
        '00200032': ['DS', `0\\0\\${10 + 2 * i}`],
        '00280010': ['US', [SIZE.rows]],
        '00280011': ['US', [SIZE.columns]],
        '7fe00010': ['OW', words(framePixels(SIZE, i))],
        ...changes,
      }) as Uint8Array<ArrayBuffer>,
    ]);
  const numbers = [3, 0, 4, 1, 2];

  it('is put into the order of its numbers, and decoded slice by slice', async () => {
    const files = [...numbers, 2].map((i) => sliceFile(i));
    const read = await readStack.series(files, { allowance: ALLOWANCE });
    if (!read.ok) throw new Error(read.error.code);
    expect(viewLabel(read.value.header)).toBe('LCC TOMO');
    expect(read.value.header.slices).toEqual({
      ...{ count: 5, spacing: 2, spacingFrom: 'ImagePositionPatient' },
    });
    await allAsWritten(read.value);
  });

  it('is put into the order of its places where the numbers are not', async () => {
    const files = [0, 1, 2, 3, 4].map((i) =>
      sliceFile(i, { '00200013': ['IS', String([3, 1, 5, 2, 4][i])] }),
    );
    const read = await readStack.series(files, { allowance: ALLOWANCE });
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.remarks).toEqual([]);
    await allAsWritten(read.value);
  });

  it('is refused where its slices are not alike', async () => {
    const other = sliceFile(1, { '00280101': ['US', [10]], '00280102': ['US', [9]] });
    const read = await readStack.series([sliceFile(0), other], { allowance: ALLOWANCE });
    expect(!read.ok && read.error.code).toBe('file.tomosynthesis.unlike');
  });

  it('is found by the series that each refused slice names', async () => {
    const file = new File([sliceFile(0)], 'slice.dcm');
    const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 9, lowPercentile: 2, highPercentile: 99.5 };
    const request = { path: 'slice.dcm', file, rule, allowance: ALLOWANCE };
    const alone = await openOne(request, readDicom, readStack);
    expect(!alone.ok && alone.failure).toMatchObject({
      reason: { code: 'file.tomosynthesis.slice' },
      series: expect.stringMatching(/^1\.2\.5\b/) as string,
    });
    const series = !alone.ok && alone.failure.series;
    const seriesOf = (changes: Readonly<Record<string, Field>>) =>
      readStack.seriesOf(sliceFile(1, changes), { allowance: ALLOWANCE });
    expect(await seriesOf({})).toBe(series);
    // A station that puts all views of an exam into one series does not make them one volume.
    for (const other of [
      { '00200062': ['CS', 'R'] },
      { '00185101': ['CS', 'MLO'] },
      { '0020000e': ['UI', '1.2.6'] },
    ] as const)
      expect(await seriesOf(other)).not.toBe(series);
    const slices = [1, 2].map((i) => new File([sliceFile(i)], `${i}.dcm`));
    const together = await openOne({ ...request, slices }, readDicom, readStack);
    expect(together.ok && together.opened.header.numberOfFrames).toBe(3);
  });
});

const odd = new URL('../../../../../shared/odd/', import.meta.url);
const present = existsSync(odd);
if (!present) console.warn(`SKIPPED: ${odd.pathname} is absent; the odd volumes were not read.`);

describe.skipIf(!present)('odd volumes', () => {
  it('G2 is tomosynthesis of 12 slices without functional groups', async () => {
    const { header, stack } = await opened(readFileSync(new URL('G2.dcm', odd)));
    expect([viewLabel(header), header.numberOfFrames]).toEqual(['RCC TOMO', 12]);
    expect(header.slices).toEqual({ count: 12 });
    for (const index of [0, 11])
      expect((await slice(stack, index)).values.all.high).toBeGreaterThan(500);
  });

  it('G4-0, a slice of class CT, names its series, and is a volume beside a second one', async () => {
    const file = new Blob([readFileSync(new URL('G4-0.dcm', odd))]);
    expect(await readStack.seriesOf(file, { allowance: ALLOWANCE })).toMatch(/^1\.2\.826/);
    const read = await readStack.series([file], { allowance: ALLOWANCE });
    expect(read.ok && viewLabel(read.value.header)).toBe('RCC TOMO');
  });

  it('G1, synthesized, is one picture', async () => {
    expect(await refusal(readFileSync(new URL('G1.dcm', odd)))).toBeUndefined();
  });
});
