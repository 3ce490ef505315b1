import type { DataSet } from 'dicom-parser';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { middleSlice, slicesOf } from '../../../core/dicom/slices.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { FrameCoding } from '../decode/decode-frame.ts';
import { nativeLength } from '../decode/native-pixels.ts';
import type { WasmSource } from '../decode/wasm-codecs.ts';
import { parseDataSet, PIXEL_DATA, type ParsedDataSet } from '../read/data-set.ts';
import { factsOf, type ReadMammogram } from '../read/dicom-reader.ts';
import { readFileMeta, type FileMeta } from '../read/file-meta.ts';
import { codingOf } from '../read/frame-coding.ts';
import { readGeometry } from '../read/geometry.ts';
import { readGreyRules } from '../read/grey-rules.ts';
import { refusalOfKind } from '../read/identity.ts';
import { colourRefusal, readPixelFormat, type PixelFormat } from '../read/pixel-format.ts';
import { readHeader } from '../read/read-header.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  transferSyntaxOf,
  unsupportedName,
} from '../read/transfer-syntax.ts';
import { number, numbers } from '../read/values.ts';
import { bytesOfParts, decodeSlice, type ImageFrame, type SliceRequest } from './decode-slice.ts';
import { type FrameIndex, indexFrames } from './frame-index.ts';
import { framesOf } from './functional-groups.ts';

/** A volume that is open: its file, where the frames lie in it, and how each becomes a picture. */
export interface FrameStack extends FrameIndex {
  readonly file: Blob;
  readonly inWords: boolean;
  readonly format: PixelFormat;
  readonly coding: FrameCoding;
  /** What all frames share; their grey rules are those of the middle one. */
  readonly frame: ImageFrame;
  /** The grey rules of each frame; empty where all have the same. */
  readonly rules: readonly ReturnType<typeof readGreyRules>[];
}

/** A volume as read: header and picture are those of its middle slice. */
export interface ReadStack extends ReadMammogram {
  readonly stack: FrameStack;
}

export interface StackOptions {
  readonly allowance: number;
}

/**
 * Reads a file of several frames without reading all of it; undefined where it has one, or where it is
 * not read so. Rejects where the file cannot be read.
 */
export type StackReader = (
  file: Blob,
  options: StackOptions,
) => Promise<Result<ReadStack, Message> | undefined>;

/** Most frames of a volume; the largest have about 150. */
const MOST_FRAMES = 4096;
/** The header of a volume is read in steps, bytes: functional groups of many frames are long. */
const HEADS = [2 ** 18, 2 ** 21, 2 ** 25];

export const frameRequest = (
  { file, frames, encapsulated, inWords, format, coding, frame, rules }: FrameStack,
  index: number,
  allowance: number,
): SliceRequest => ({
  ...{ file, encapsulated, inWords, format, coding, allowance },
  parts: frames[index] ?? [],
  frame: rules[index] ? { ...frame, ...rules[index] } : frame,
});

interface Head {
  readonly meta: FileMeta;
  readonly parsed: ParsedDataSet;
  /** Where the data set begins in `file`, bytes. */
  readonly at: number;
  readonly file: Blob;
}

const frameCount = ({ dataSet }: ParsedDataSet): number => number(dataSet, 'x00280008') ?? 1;

const hasPixels = ({ dataSet }: ParsedDataSet): boolean =>
  dataSet.elements[PIXEL_DATA] !== undefined;

/** A deflated volume is unpacked whole; the browser keeps it as it keeps files. */
const unpacked = async (file: Blob, { allowance }: StackOptions): Promise<Head | undefined> => {
  if (file.size > allowance / 2) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const meta = readFileMeta(bytes);
  const parsed = meta.ok ? parseDataSet(bytes, meta.value, allowance / 2) : meta;
  if (!meta.ok || !parsed.ok || !parsed.value.deflated) return undefined;
  const body = parsed.value.dataSet.byteArray as Uint8Array<ArrayBuffer>;
  return { meta: meta.value, parsed: parsed.value, at: 0, file: new Blob([body]) };
};

/** The data set up to its pixel data; undefined where it is no file of several frames. */
const readHead = async (file: Blob, options: StackOptions): Promise<Head | undefined> => {
  for (const size of HEADS) {
    const bytes = new Uint8Array(await file.slice(0, size).arrayBuffer());
    const meta = readFileMeta(bytes);
    if (!meta.ok) return undefined;
    if (meta.value.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) return unpacked(file, options);
    const parsed = parseDataSet(bytes, meta.value, 0);
    const found = parsed.ok && !parsed.value.deflated && hasPixels(parsed.value);
    if (found) return { meta: meta.value, parsed: parsed.value, at: meta.value.dataSetAt, file };
    if (size >= file.size) return undefined;
  }
  return undefined;
};

/** Place of each frame along the normal of the slices, mm (PS3.3 C.7.6.16.2.3, C.7.6.16.2.4). */
const placesOf = (frameAt: (index: number) => DataSet, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const frame = frameAt(i);
    const [x, y, z] = numbers(frame, 'x00200032');
    if (x === undefined || y === undefined || z === undefined) return undefined;
    const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0] = numbers(frame, 'x00200037');
    return x * (b * f - c * e) + y * (c * d - a * f) + z * (a * e - b * d);
  });

const rulesOf = (frameAt: (index: number) => DataSet, format: PixelFormat, count: number) => {
  const rules = Array.from({ length: count }, (_, i) => readGreyRules(frameAt(i), format));
  const first = JSON.stringify(rules[0]);
  return rules.every((each) => JSON.stringify(each) === first) ? [] : rules;
};

const readHeaderOf = (
  { meta, parsed }: Head,
  frameAt: (index: number) => DataSet,
  count: number,
): Result<MammogramHeader, Message> => {
  const uid = meta.transferSyntaxUid;
  const middle = frameAt(middleSlice(count));
  const header = readHeader(middle, transferSyntaxOf(uid), uid);
  const facts = factsOf(parsed.dataSet, meta.mediaStorageSopClassUid);
  const kind = refusalOfKind(header, facts);
  if (kind) return err(kind);
  const slices = slicesOf({
    count,
    along: placesOf(frameAt, count),
    spacingBetween: number(middle, 'x00180088'),
    thickness: number(middle, 'x00180050'),
  });
  return ok({ ...header, slices });
};

const readStackOf = async (
  head: Head,
  wasm: WasmSource,
  { allowance }: StackOptions,
): Promise<Result<ReadStack, Message>> => {
  const { meta, parsed, at, file } = head;
  const { dataSet, encoding } = parsed;
  const count = frameCount(parsed);
  if (count > MOST_FRAMES) return err(message('file.too-many-frames', { frames: count }));
  const frameAt = framesOf(dataSet);
  const header = readHeaderOf(head, frameAt, count);
  if (!header.ok) return header;
  const stated = readPixelFormat(dataSet);
  if (!stated.ok) return stated;
  const format = stated.value;
  if (format.colour) return err(colourRefusal(format.colour));
  const element = dataSet.elements[PIXEL_DATA];
  if (!element || element.length === 0) return err(message('file.no-pixel-data'));
  const bytes = nativeLength(format);
  const index = await indexFrames(file, at + element.dataOffset, element, count, bytes);
  if (!index.ok) return index;
  const middle = middleSlice(count);
  const parts = index.value.frames[middle] ?? [];
  const inWords = element.vr !== 'OB';
  const { encapsulated } = index.value;
  const payload = { bytes: await bytesOfParts(file, parts), encapsulated, inWords, end: 0 };
  const uid = meta.transferSyntaxUid;
  const coding = codingOf(payload, format, encoding, { uid, syntax: transferSyntaxOf(uid) });
  if (!coding)
    return err(message('file.unsupported-transfer-syntax', { name: unsupportedName(uid), uid }));
  const { rows, columns, signed, photometricInterpretation } = format;
  const picture = { rows, columns, signed, photometricInterpretation };
  const own = frameAt(middle);
  const frame = { ...picture, ...readGreyRules(own, format), ...readGeometry(own) };
  const rules = rulesOf(frameAt, format, count);
  const stack: FrameStack = { ...index.value, file, inWords, format, coding, frame, rules };
  const decoded = await decodeSlice(frameRequest(stack, middle, allowance), wasm);
  if (!decoded.ok) return decoded;
  const lossy = header.value.lossy || decoded.value.lossy;
  return ok({
    header: { ...header.value, lossy },
    image: decoded.value.image,
    remarks: [],
    stack,
  });
};

/** A reader of volumes whose decoders get their WebAssembly from `wasm`. */
export const makeStackReader =
  (wasm: WasmSource): StackReader =>
  async (file, options) => {
    const head = await readHead(file, options);
    return head && frameCount(head.parsed) > 1 ? readStackOf(head, wasm, options) : undefined;
  };
