import type { DataSet } from 'dicom-parser';
import type { PixelFormat } from '../read/pixel-format.ts';
import { MOST_PIXELS } from '../read/pixel-format.ts';
import { items } from '../read/values.ts';
import type { ByteRange, FrameIndex } from './frame-index.ts';

/**
 * Slices of tomosynthesis as Hologic's secondary capture objects hold them behind a placeholder, by the
 * public description of D. Harvey ("How to decode Hologic Breast Tomosynthesis Objects",
 * comp.protocols.dicom, 16 January 2014): the parts (7E01,1012) of the items of (7E01,1010), one after the
 * other, are a header, JPEG-LS scans without markers, and a table of offsets. The maker publishes nothing.
 */
export interface PrivateFrames {
  /** The scans with the markers that they lack, one stream after the other. */
  readonly file: Blob;
  readonly index: FrameIndex;
  readonly format: PixelFormat;
}

const FULL_RESOLUTION = 'x7e011010';
const PART = 'x7e011012';
/** Offsets in the header, little endian: 16-bit numbers, and bytes. */
const HEADER = { frames: 20, columns: 24, rows: 28, bits: 32, near: 36, length: 40 };
/** The table at the end: one offset a frame, and where the last ends, 32 bits each. */
const TABLE = 1024;

const joined = (dataSet: DataSet): Blob =>
  new Blob(
    items(dataSet, FULL_RESOLUTION).flatMap((item) => {
      const part = item.elements[PART];
      if (!part || part.hadUndefinedLength) return [];
      const { dataOffset, length } = part;
      return [
        (item.byteArray as Uint8Array<ArrayBuffer>).subarray(dataOffset, dataOffset + length),
      ];
    }),
  );

interface Head {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly bits: number;
  readonly near: number;
}

const headOf = (view: DataView): Head | undefined => {
  const at = (offset: number) => view.getUint16(offset, true);
  const head = {
    ...{ count: at(HEADER.frames), columns: at(HEADER.columns), rows: at(HEADER.rows) },
    ...{ bits: view.getUint8(HEADER.bits), near: view.getUint8(HEADER.near) },
  };
  const { count, columns, rows, bits } = head;
  const pixels = columns * rows;
  const isPossible =
    count > 1 &&
    count < TABLE / 4 &&
    pixels > 0 &&
    pixels <= MOST_PIXELS &&
    bits >= 8 &&
    bits <= 16;
  return isPossible ? head : undefined;
};

/** What begins a JPEG-LS stream of one component (ITU-T T.87 annex C): SOI, SOF55, SOS. */
const markersOf = ({ columns, rows, bits, near }: Head): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(
    ...[0xff, 0xd8],
    ...[0xff, 0xf7, 0, 11, bits, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, near, 0, 0],
  );

const EOI = Uint8Array.of(0xff, 0xd9);

/** The slices of a private block; undefined where there is none, or it is not as described. */
export const readPrivateFrames = async (dataSet: DataSet): Promise<PrivateFrames | undefined> => {
  const data = joined(dataSet);
  if (data.size < HEADER.length + TABLE) return undefined;
  const viewOf = async (from: number, to: number) =>
    new DataView(await data.slice(from, to).arrayBuffer());
  const head = headOf(await viewOf(0, HEADER.length));
  if (!head) return undefined;
  const { columns, rows, bits, count } = head;
  const table = await viewOf(data.size - TABLE, data.size);
  const offsets = Array.from({ length: count + 1 }, (_, i) => table.getUint32(4 * i, true));
  const isAscending = offsets.every(
    (offset, i) => offset > (offsets[i - 1] ?? HEADER.length - 1) && offset <= data.size - TABLE,
  );
  if (!isAscending) return undefined;
  const markers = markersOf(head);
  const streams: BlobPart[] = [];
  const frames: (readonly ByteRange[])[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    // The byte before the next scan belongs to none.
    const scan = data.slice(offsets[i], (offsets[i + 1] as number) - 1);
    streams.push(markers, scan, EOI);
    const length = markers.length + scan.size + EOI.length;
    frames.push([[at, at + length]]);
    at += length;
  }
  const format: PixelFormat = {
    ...{ rows, columns, bitsAllocated: 16, bitsStored: bits, highBit: bits - 1, signed: false },
    ...{ photometricInterpretation: 'MONOCHROME2', samples: 1, planar: false },
  };
  return { file: new Blob(streams), index: { encapsulated: true, frames }, format };
};
