import { shortCode } from '../../../core/message/shortened.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { DataSet } from 'dicom-parser';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { OverlayPlane } from '../../../core/image/overlay-plane.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { parseDataSet, type ParsedDataSet } from './data-set.ts';
import { decodeFrame } from '../decode/decode-frame.ts';
import type { WasmSource } from '../decode/wasm-codecs.ts';
import { framesOf } from '../stack/functional-groups.ts';
import { readFileMeta } from './file-meta.ts';
import { codingOf } from './frame-coding.ts';
import { framePayload, type FramePayload } from '../decode/frame-payload.ts';
import { readGeometry } from './geometry.ts';
import { readGreyRules } from './grey-rules.ts';
import { formatOfCoding, greyPicture } from './grey-of-colour.ts';
import { refusalOfKind, refusalOfPixels, type ObjectFacts } from './identity.ts';
import { costOf, needsMemory } from './memory-cost.ts';
import { nativeLength } from '../decode/native-pixels.ts';
import { settleFormat } from '../decode/settle-format.ts';
import type { OpenFailure } from './open-failure.ts';
import { MOST_INFLATED } from './inflate.ts';
import { readOverlays } from './overlays.ts';
import { readPlanes } from './planes.ts';
import { readPixelFormat, type PixelFormat } from './pixel-format.ts';
import { readHeader, speaksOfBreast } from './read-header.ts';
import { remarksOn } from './remarks.ts';
import { transferSyntaxOf, unsupportedName } from './transfer-syntax.ts';
import { short } from './values.ts';

/** One mammogram as read from a file. */
export interface ReadMammogram {
  readonly header: MammogramHeader;
  readonly image: MammogramImage;
  readonly overlays: readonly OverlayPlane[];
  /** What was odd in the file although it could be read. */
  readonly remarks: readonly Message[];
}

export interface ReadOptions {
  /** Most bytes to take at once; a file that needs more is refused as such. */
  readonly allowance?: number;
}

/** Reads one file. Never throws for what a file contains; never mutates `bytes`. */
export type DicomReader = (
  bytes: Uint8Array,
  fileName: string,
  options?: ReadOptions,
) => Promise<Result<ReadMammogram, OpenFailure>>;

/** Bytes of exactly so many frames more than are declared: which of both is wrong only its maker knows. */
const asFrames = (error: Message, { bytes }: FramePayload, format: PixelFormat): Message => {
  const frames = bytes.length / nativeLength(format);
  return error.code === 'file.size-mismatch' && Number.isInteger(frames) && frames > 1
    ? message('file.size-mismatch.frames', { frames })
    : error;
};

/** Groups of what may follow pixel data: private ones, signatures, padding (PS3.3 C.12.1.1.3, PS3.10 7.2). */
const mayFollow = (group: number): boolean =>
  group > 0x7fe0 && (group % 2 === 1 || group >= 0xfffa);

/**
 * Whether an inflated data set ends otherwise than with its pixel data and what may follow them. Deflated data have
 * no check sum here; where they are damaged nearly always some bytes too few or too many come out.
 */
const isMisInflated = ({ dataSet, deflated }: ParsedDataSet, { end }: FramePayload): boolean => {
  const rest = dataSet.byteArray.subarray(end);
  return (
    deflated && rest.length > 1 && !mayFollow((rest[0] as number) | ((rest[1] as number) << 8))
  );
};

/** The two-dimensional picture of a data set, with how it was coded. */
const readImage = async (
  parsed: ParsedDataSet,
  { uid, wasLossy }: { readonly uid: string; readonly wasLossy: boolean },
  wasm: WasmSource,
  { allowance = Number.POSITIVE_INFINITY }: ReadOptions,
) => {
  const { dataSet, encoding } = parsed;
  const syntax = transferSyntaxOf(uid);
  const stated = readPixelFormat(dataSet);
  if (!stated.ok) return stated;
  const payload = framePayload(dataSet, nativeLength(stated.value));
  if (!payload.ok) return payload;
  if (isMisInflated(parsed, payload.value))
    return err(message('file.damaged-pixel-data.incomplete', { format: 'Deflate' }));
  const coding = codingOf(payload.value, stated.value, encoding, { uid, syntax });
  if (!coding)
    return err(
      message('file.unsupported-transfer-syntax', {
        name: unsupportedName(uid),
        uid: shortCode(uid),
      }),
    );
  const told = formatOfCoding(stated.value, coding, payload.value);
  if (costOf(told, coding.coding, payload.value.bytes.length) > allowance) return err(needsMemory);
  const decoded = await decodeFrame(payload.value, told, coding, wasm);
  if (!decoded.ok) return err(asFrames(decoded.error, payload.value, stated.value));
  const { frame, ...settled } = settleFormat(decoded.value, told);
  const grey = greyPicture(frame, settled.format, { lossy: wasLossy, dataSet });
  if (!grey.ok) return grey;
  const { picture, format, isCut } = grey.value;
  const greyRules = readGreyRules(dataSet, format, isCut);
  const image: MammogramImage = { ...picture, ...greyRules.rules, ...readGeometry(dataSet) };
  const { rows, columns, bitsAllocated, highBit, remark } = stated.value;
  const bigEndian = encoding === 'explicit-big';
  const stored = { rows, columns, bitsAllocated, highBit, bigEndian };
  const overlays = readOverlays(
    dataSet,
    { ...stored, bitsStored: stated.value.bitsStored },
    told.colour ? undefined : frame.samples,
  ).filter(({ frame: over = 1 }) => over <= 1);
  const remarks = [...(remark ? [remark] : []), ...settled.remarks, ...greyRules.remarks];
  return ok({ image, overlays, lossy: frame.lossy, coding, payload: payload.value, remarks });
};

/** Creators of private blocks that hold tomosynthesis in a form of their own. */
const PRIVATE_FRAMES = ['x7e010010', 'x7f010010'];

export const factsOf = (dataSet: DataSet, mediaStorageSopClassUid: string): ObjectFacts => ({
  mediaStorageSopClassUid,
  rows: short(dataSet, 'x00280010') ?? 0,
  columns: short(dataSet, 'x00280011') ?? 0,
  isColour: (short(dataSet, 'x00280002') ?? 1) > 1,
  speaksOfBreast: speaksOfBreast(dataSet),
  hasPrivateFrames: PRIVATE_FRAMES.some((tag) => dataSet.elements[tag] !== undefined),
});

const read = async (
  bytes: Uint8Array,
  wasm: WasmSource,
  options: ReadOptions,
): Promise<Result<ReadMammogram, Message>> => {
  const meta = readFileMeta(bytes);
  if (!meta.ok) return meta;
  const { transferSyntaxUid, mediaStorageSopClassUid } = meta.value;
  const share = (options.allowance ?? Number.POSITIVE_INFINITY) / 2;
  const parsed = parseDataSet(bytes, meta.value, Math.min(MOST_INFLATED, share));
  if (!parsed.ok)
    return parsed.error.code === 'file.too-large.inflated' && share < MOST_INFLATED
      ? err(needsMemory)
      : parsed;
  const syntax = transferSyntaxOf(transferSyntaxUid);
  const { dataSet } = parsed.value;
  const frame = framesOf(dataSet)(0);
  const header = readHeader(frame, syntax, transferSyntaxUid);
  const kind = refusalOfKind(header, factsOf(frame, mediaStorageSopClassUid));
  if (kind) return err(kind);
  if (header.numberOfFrames > 1)
    return err(message('file.tomosynthesis', { frames: header.numberOfFrames }));
  const own = { ...parsed.value, dataSet: frame };
  const stated = { uid: transferSyntaxUid, wasLossy: header.lossy };
  const found = await readImage(own, stated, wasm, options);
  if (!found.ok) return found;
  const { image, overlays, lossy, coding, payload } = found.value;
  const noPicture = refusalOfPixels(image.pixels);
  if (noPicture) return err(noPicture);
  const coded = { uid: transferSyntaxUid, coding, payload };
  const remarks = [...remarksOn(parsed.value, coded), ...found.value.remarks];
  const planes = readPlanes(() => frame, 1);
  const whole = { ...header, lossy: header.lossy || lossy, ...(planes && { planes }) };
  return ok({ header: whole, image, overlays, remarks });
};

/** A reader whose decoders get their WebAssembly from `wasm`. */
export const makeDicomReader =
  (wasm: WasmSource): DicomReader =>
  async (bytes, fileName, options = {}) => {
    // A Node Buffer is a Uint8Array whose slice() does not copy: take its bytes as a plain one.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const result = await read(plain, wasm, options);
    return result.ok ? result : err({ fileName, reason: result.error });
  };
