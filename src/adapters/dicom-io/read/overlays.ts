import type { DataSet } from 'dicom-parser';
import { isEmptyPlane, type OverlayPlane } from '../../../core/image/overlay-plane.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import type { RawSamples } from '../decode/native-pixels.ts';
import { encodingOf, short, text } from './values.ts';

/** Groups 6000 to 601E (PS3.3 C.9.2); retired ones go on to 60FE. */
const GROUPS = Array.from({ length: 128 }, (_, i) => i);
/** Pixels of one plane: twice as many as the largest mammogram. */
const MOST_PIXELS = 2 ** 26;

/** How the picture beside the planes is stored. */
export interface OverlayFrame {
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: number;
  readonly highBit: number;
  readonly bitsStored: number;
  readonly bigEndian: boolean;
}

/** Packed bits of OverlayData, which may stand in words. */
const separateBits = (
  dataSet: DataSet,
  tag: string,
  count: number,
  bigEndian: boolean,
): Uint8Array | undefined => {
  const element = dataSet.elements[tag];
  const length = Math.ceil(count / 8);
  if (!element || element.length < length) return undefined;
  const even = Math.min(length + (length % 2), element.length);
  const bytes = (dataSet.byteArray as Uint8Array).slice(
    element.dataOffset,
    element.dataOffset + even,
  );
  const inWords = bigEndian && element.vr === 'OW';
  return inWords ? bytes.map((byte, i) => bytes[i ^ 1] ?? byte) : bytes;
};

/** Bit `position` of the samples, which the picture does not use. */
const embeddedBits = (samples: RawSamples, position: number, count: number): Uint8Array => {
  const bits = new Uint8Array(Math.ceil(count / 8));
  for (let i = 0; i < count; i++)
    if (((samples[i] as number) >> position) & 1)
      bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  return bits;
};

const isUnused = (position: number, { highBit, bitsStored, bitsAllocated }: OverlayFrame) =>
  position < bitsAllocated && (position > highBit || position <= highBit - bitsStored);

const planeOf = (
  dataSet: DataSet,
  index: number,
  frame: OverlayFrame,
  samples: RawSamples | undefined,
): OverlayPlane | undefined => {
  const group = `x60${(2 * index).toString(16).padStart(2, '0')}`;
  if (!dataSet.elements[`${group}0010`] && !dataSet.elements[`${group}3000`]) return undefined;
  const rows = short(dataSet, `${group}0010`) ?? frame.rows;
  const columns = short(dataSet, `${group}0011`) ?? frame.columns;
  const count = rows * columns;
  if (count === 0 || count > MOST_PIXELS) return undefined;
  const position = short(dataSet, `${group}0102`) ?? 0;
  const isOfFrame = rows === frame.rows && columns === frame.columns;
  const bits =
    separateBits(dataSet, `${group}3000`, count, frame.bigEndian) ??
    (samples && isOfFrame && isUnused(position, frame)
      ? embeddedBits(samples, position, count)
      : undefined);
  if (!bits) return undefined;
  const decode = encodingOf(dataSet);
  const said = (tag: string) => plainText(text(dataSet, `${group}${tag}`, decode));
  const [top, left] = [0, 1].map(
    (at) => short(dataSet, `${group}0050`, { index: at, signed: true }) ?? 1,
  ) as [number, number];
  const plane: OverlayPlane = {
    number: index,
    type: text(dataSet, `${group}0040`).toUpperCase() === 'R' ? 'region' : 'graphics',
    label: said('1500') || said('0022'),
    rows,
    columns,
    left: left - 1,
    top: top - 1,
    bits,
  };
  return isEmptyPlane(plane) ? undefined : plane;
};

/**
 * The overlay planes of an image that hold anything: those with data of their own, and those in unused
 * bits of the pixels (retired; `samples` as they are stored). Of several frames the first. Damaged ones
 * are left out.
 */
export const readOverlays = (
  dataSet: DataSet,
  frame: OverlayFrame,
  samples: RawSamples | undefined,
): readonly OverlayPlane[] => {
  if (!Object.keys(dataSet.elements).some((tag) => tag.startsWith('x60'))) return [];
  return GROUPS.flatMap((index) => planeOf(dataSet, index, frame, samples) ?? []);
};
