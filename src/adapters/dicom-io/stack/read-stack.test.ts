import { deflateRawSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { depthOf } from '../../../core/dicom/slices.ts';
import { viewLabel } from '../../../core/dicom/view-label.ts';
import { joinBytes } from '../../../core/units/join-bytes.ts';
import { type Field, mammogramFile } from '../fixtures/build-dicom.ts';
import {
  encapsulateFrames,
  framePixels,
  volumeFile,
  volumeValue,
  type VolumeSize,
} from '../fixtures/build-volume.ts';
import { frameEncoder } from '../fixtures/encode-frames.ts';
import { readStack } from '../read/read-dicom.ts';
import { wasmFromPackages } from '../decode/wasm-from-packages.ts';
import { decodeSlice } from './decode-slice.ts';
import { type FrameStack, frameRequest, type ReadStack } from './read-stack.ts';

const SIZE: VolumeSize = { rows: 9, columns: 8, frames: 5 };
const ALLOWANCE = 2 ** 28;

const reading = (bytes: Uint8Array) =>
  readStack(new Blob([bytes as Uint8Array<ArrayBuffer>]), { allowance: ALLOWANCE });
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
    ['file.colour', { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] }],
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
  ) => {
    const encode = await frameEncoder(codec);
    const frames = Array.from({ length: SIZE.frames }, (_, i) =>
      encode(framePixels(SIZE, i), SIZE.columns, SIZE.rows),
    );
    const syntax = codec === 'openjpeg' ? '1.2.840.10008.1.2.4.90' : '1.2.840.10008.1.2.4.201';
    const value: Field = ['OB', encapsulateFrames(frames, how)];
    return undefinedLength(volumeFile(SIZE, { '7fe00010': value }, syntax));
  };

  it.each([
    ['openjpeg', 'a part a frame', {}],
    ['openjph', 'a part a frame', {}],
    ['openjph', 'several parts a frame, with an offset table', { most: 60, table: true }],
    ['openjph', 'several parts a frame, without one', { most: 60 }],
  ] as const)('of %s, %s, is decoded slice by slice', async (codec, _, how) => {
    await allAsWritten(await opened(await packed(codec, how)));
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

  it('G1, synthesized, is one picture', async () => {
    expect(await refusal(readFileSync(new URL('G1.dcm', odd)))).toBeUndefined();
  });
});
