import type { DataSet } from 'dicom-parser';
import { isEmptyPlane, type OverlayPlane } from '../../../core/image/overlay-plane.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import type { RawSamples } from '../decode/native-pixels.ts';
import { encodingOf, number, short, text } from './values.ts';

/** Groups 6000 to 601E (PS3.3 C.9.2); retired ones go on to 60FE. */
const GROUPS = Array.from({ length: 128 }, (_, i) => i);
/** Pixels of one plane: twice as many as the largest mammogram. */
const MOST_PIXELS = 2 ** 26;
/** Frames of one plane: as many as a volume may have. */
const MOST_FRAMES = 4096;

/** How the picture beside the planes is stored. */
export interface OverlayFrame {
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: number;
  readonly highBit: number;
  readonly bitsStored: number;
  readonly bigEndian: boolean;
}

/** `count` bits from a place in packed ones, which need not begin with a byte. */
const bitsFrom = (bytes: Uint8Array, start: number, count: number): Uint8Array => {
  const out = new Uint8Array(Math.ceil(count / 8));
  const [first, shift] = [start >> 3, start & 7];
  for (let i = 0; i < out.length; i++) {
    const [low = 0, high = 0] = [bytes[first + i], bytes[first + i + 1]];
    out[i] = (low >> shift) | (high << (8 - shift));
  }
  const surplus = count & 7;
  // What follows belongs to the next frame.
  if (surplus > 0) out[out.length - 1] = (out.at(-1) as number) & (2 ** surplus - 1);
  return out;
};

/**
 * Bits of one frame of OverlayData, which may stand in words; the frames follow one another without
 * filling (PS3.3 C.9.3). Undefined where the data are too short.
 */
const separateBits = (
  dataSet: DataSet,
  tag: string,
  { at, count }: { readonly at: number; readonly count: number },
  bigEndian: boolean,
): Uint8Array | undefined => {
  const element = dataSet.elements[tag];
  if (!element || element.length * 8 < (at + 1) * count) return undefined;
  // Words begin at even bytes.
  const start = Math.floor((at * count) / 16) * 2;
  const end = Math.ceil(((at + 1) * count) / 16) * 2;
  const bytes = (dataSet.byteArray as Uint8Array).slice(
    element.dataOffset + start,
    element.dataOffset + Math.min(end, element.length),
  );
  const inWords = bigEndian && element.vr === 'OW';
  const inOrder = inWords ? bytes.map((byte, i) => bytes[i ^ 1] ?? byte) : bytes;
  return bitsFrom(inOrder, at * count - start * 8, count);
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

const groupOf = (index: number): string => `x60${(2 * index).toString(16).padStart(2, '0')}`;

const isThere = ({ elements }: DataSet, group: string): boolean =>
  elements[`${group}0010`] !== undefined || elements[`${group}3000`] !== undefined;

/** The frames of the image that a plane lies over, counted from 1: one each, or all (PS3.3 C.9.3). */
const frameNumbers = (dataSet: DataSet, group: string): readonly (number | undefined)[] => {
  const count = number(dataSet, `${group}0015`) ?? 1;
  const first = short(dataSet, `${group}0051`);
  if (!(count >= 1 && count <= MOST_FRAMES)) return [];
  if (count === 1) return [first];
  return Array.from({ length: count }, (_, i) => (first ?? 1) + i);
};

const planeOf = (
  dataSet: DataSet,
  index: number,
  of: { readonly at: number; readonly frame: number | undefined },
  frame: OverlayFrame,
  samples: RawSamples | undefined,
): OverlayPlane | undefined => {
  const group = groupOf(index);
  const rows = short(dataSet, `${group}0010`) ?? frame.rows;
  const columns = short(dataSet, `${group}0011`) ?? frame.columns;
  const count = rows * columns;
  if (count === 0 || count > MOST_PIXELS) return undefined;
  const position = short(dataSet, `${group}0102`) ?? 0;
  const isOfFrame = rows === frame.rows && columns === frame.columns;
  const bits =
    separateBits(dataSet, `${group}3000`, { at: of.at, count }, frame.bigEndian) ??
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
    ...(of.frame === undefined ? {} : { frame: of.frame }),
    bits,
  };
  return isEmptyPlane(plane) ? undefined : plane;
};

const hasGroups = ({ elements }: DataSet): boolean =>
  Object.keys(elements).some((tag) => tag.startsWith('x60'));

/**
 * The overlay planes of an image that hold anything: those with data of their own, one a frame where they
 * have several, and those in unused bits of the pixels (retired; `samples` of the one frame as they are
 * stored). Damaged ones are left out.
 */
export const readOverlays = (
  dataSet: DataSet,
  frame: OverlayFrame,
  samples: RawSamples | undefined,
): readonly OverlayPlane[] => {
  if (!hasGroups(dataSet)) return [];
  return GROUPS.flatMap((index) => {
    const group = groupOf(index);
    if (!isThere(dataSet, group)) return [];
    return frameNumbers(dataSet, group).flatMap(
      (over, at) => planeOf(dataSet, index, { at, frame: over }, frame, samples) ?? [],
    );
  });
};

/** Whether planes are in unused bits of the pixels, where those of volumes are not looked for. */
export const hasEmbeddedOverlays = (dataSet: DataSet, frame: OverlayFrame): boolean =>
  hasGroups(dataSet) &&
  GROUPS.map(groupOf).some(
    (group) =>
      dataSet.elements[`${group}0010`] !== undefined &&
      dataSet.elements[`${group}3000`] === undefined &&
      isUnused(short(dataSet, `${group}0102`) ?? 0, frame),
  );
