import type { DataSet } from 'dicom-parser';
import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { parseDataSet } from './data-set.ts';
import { decodeFrame } from './decode/decode-frame.ts';
import type { WasmSource } from './decode/wasm-codecs.ts';
import { readFileMeta } from './file-meta.ts';
import { readGeometry } from './geometry.ts';
import { readGreyRules } from './grey-rules.ts';
import { refusalOfKind, refusalOfPixels, type ObjectFacts } from './identity.ts';
import { refusal, type OpenFailure, type Refusal } from './open-failure.ts';
import { bitsInUse } from './native-pixels.ts';
import { readPixelFormat } from './pixel-format.ts';
import { readHeader, speaksOfBreast } from './read-header.ts';
import { short } from './values.ts';
import { transferSyntaxOf, unsupportedName, type TransferSyntax } from './transfer-syntax.ts';

/** One mammogram as read from a file. */
export interface ReadMammogram {
  readonly header: MammogramHeader;
  readonly image: MammogramImage;
}

/** Reads one file. Never throws for what a file contains; never mutates `bytes`. */
export type DicomReader = (
  bytes: Uint8Array,
  fileName: string,
) => Promise<Result<ReadMammogram, OpenFailure>>;

const readImage = async (
  dataSet: DataSet,
  syntax: TransferSyntax,
  wasm: WasmSource,
): Promise<Result<MammogramImage, Refusal>> => {
  const format = readPixelFormat(dataSet);
  if (!format.ok) return format;
  const pixels = await decodeFrame(dataSet, format.value, syntax, wasm);
  if (!pixels.ok) return pixels;
  const { rows, columns, signed, photometricInterpretation } = format.value;
  const bitsStored = bitsInUse(pixels.value, format.value);
  return ok({
    rows,
    columns,
    pixels: pixels.value,
    bitsStored,
    ...(bitsStored > format.value.bitsStored ? { exceedsDeclaredBits: true as const } : {}),
    signed,
    photometricInterpretation,
    ...readGreyRules(dataSet, format.value),
    ...readGeometry(dataSet),
  });
};

/** Creators of private blocks that hold tomosynthesis in a form of their own. */
const PRIVATE_FRAMES = ['x7e010010', 'x7f010010'];

const factsOf = (dataSet: DataSet, mediaStorageSopClassUid: string): ObjectFacts => ({
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
): Promise<Result<ReadMammogram, Refusal>> => {
  const meta = readFileMeta(bytes);
  if (!meta.ok) return meta;
  const { transferSyntaxUid, mediaStorageSopClassUid } = meta.value;
  const syntax = transferSyntaxOf(transferSyntaxUid);
  const dataSet = parseDataSet(bytes, meta.value);
  if (!dataSet.ok) return dataSet;
  const header = readHeader(dataSet.value, syntax, transferSyntaxUid);
  const kind = refusalOfKind(header, factsOf(dataSet.value, mediaStorageSopClassUid));
  if (kind) return err(kind);
  if (!syntax)
    return err(
      refusal(
        'unsupported-transfer-syntax',
        `The image is stored as ${unsupportedName(transferSyntaxUid)} (transfer syntax ${transferSyntaxUid}), which this program cannot decode.`,
      ),
    );
  const image = await readImage(dataSet.value, syntax, wasm);
  if (!image.ok) return image;
  const mask = refusalOfPixels(image.value.pixels);
  return mask ? err(mask) : ok({ header, image: image.value });
};

/** A reader whose decoders get their WebAssembly from `wasm`. */
export const makeDicomReader =
  (wasm: WasmSource): DicomReader =>
  async (bytes, fileName) => {
    // A Node Buffer is a Uint8Array whose slice() does not copy: take its bytes as a plain one.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const result = await read(plain, wasm);
    return result.ok ? result : err({ fileName, ...result.error });
  };
