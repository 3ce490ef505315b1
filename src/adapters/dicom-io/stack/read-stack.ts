import { shortCode } from '../../../core/message/shortened.ts';
import type { DataSet } from 'dicom-parser';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { middleSlice, slicesOf } from '../../../core/dicom/slices.ts';
import type { OverlayPlane } from '../../../core/image/overlay-plane.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { nativeLength } from '../decode/native-pixels.ts';
import { settleFormat } from '../decode/settle-format.ts';
import type { WasmSource } from '../decode/wasm-codecs.ts';
import { parseDataSet, PIXEL_DATA, type ParsedDataSet } from '../read/data-set.ts';
import { factsOf, type ReadMammogram } from '../read/dicom-reader.ts';
import { readFileMeta, type FileMeta } from '../read/file-meta.ts';
import { codingOf } from '../read/frame-coding.ts';
import { formatOfCoding, greyPicture } from '../read/grey-of-colour.ts';
import { readGeometry } from '../read/geometry.ts';
import { readGreyRules } from '../read/grey-rules.ts';
import { refusalOfKind } from '../read/identity.ts';
import { hasEmbeddedOverlays, readOverlays } from '../read/overlays.ts';
import { readPlanes } from '../read/planes.ts';
import { colourRefusal, readPixelFormat, type PixelFormat } from '../read/pixel-format.ts';
import { readHeader } from '../read/read-header.ts';
import { remarksOnFrames, remarksOnName } from '../read/remarks.ts';
import {
  DEFLATED_LITTLE_ENDIAN,
  transferSyntaxOf,
  unsupportedName,
} from '../read/transfer-syntax.ts';
import { number, numbers, text } from '../read/values.ts';
import { bytesOfParts, sliceSamples } from './decode-slice.ts';
import { type FrameStack, frameRequest } from './frame-stack.ts';
import { type ByteRange, extendedOffsets, type FrameIndex, indexFrames } from './frame-index.ts';
import { framesOf } from './functional-groups.ts';
import { readPrivateFrames } from './private-frames.ts';

/** A volume as read: header and picture are those of its middle slice. */
export interface ReadStack extends ReadMammogram {
  readonly stack: FrameStack;
}

export interface StackOptions {
  readonly allowance: number;
}

/** Reads volumes without reading all of their files. Rejects where a file cannot be read. */
export interface StackReader {
  /** A file of several frames; undefined where it has one, or where it is not read so. */
  volume(file: Blob, options: StackOptions): Promise<Result<ReadStack, Message> | undefined>;
  /** A volume that is stored as one file a slice. */
  series(files: readonly Blob[], options: StackOptions): Promise<Result<ReadStack, Message>>;
  /** Slices in a private block behind a placeholder; undefined where there are none that can be read. */
  behindPlaceholder(file: Blob, options: StackOptions): Promise<ReadStack | undefined>;
  /** What the slices of one volume have in common: series, side and view; undefined where it is not read so. */
  seriesOf(file: Blob, options: StackOptions): Promise<string | undefined>;
}

/** The refusal of a slice that came without the others of its series. */
export const ONE_SLICE = 'file.tomosynthesis.slice';
/** The refusal of a small picture in the place of what a maker stores in a form of its own. */
export const PLACEHOLDER = 'file.placeholder';

/** Most frames of a volume; the largest have about 150. */
const MOST_FRAMES = 4096;
/** The header of a volume is read in steps, bytes: functional groups of many frames are long. */
const HEADS = [2 ** 18, 2 ** 21, 2 ** 25];

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

/** Whether the places of frames go there and back: none follows from its neighbours. */
const areShuffled = (along: ReturnType<typeof placesOf>): boolean => {
  const steps = along.flatMap((place, i) => {
    const before = along[i - 1];
    return place === undefined || before === undefined ? [] : [Math.sign(place - before)];
  });
  return steps.includes(1) && steps.includes(-1);
};

/** What turns the stored values of a frame into grey: windows, tables, rescale, padding, shape, texts. */
const GREY_TAGS = [
  ...['x00080005', 'x00280120', 'x00280121', 'x00281050', 'x00281051', 'x00281052', 'x00281053'],
  ...['x00281055', 'x00281056', 'x00283000', 'x00283010', 'x20500020'],
];

/** Longer values are one where they stand in one place, bytes. */
const MOST_COMPARED = 1024;

/** The rules of each frame, read once for all that share them: a table may have 65,536 entries. */
const rulesOf = (frameAt: (index: number) => DataSet, format: PixelFormat, count: number) => {
  const files = new Map<object, number>();
  const known = new Map<string, ReturnType<typeof readGreyRules>['rules']>();
  const rules = Array.from({ length: count }, (_, i) => {
    const frame = frameAt(i);
    const file = files.get(frame.byteArray) ?? files.size;
    files.set(frame.byteArray, file);
    const key = GREY_TAGS.map((tag) => {
      const element = frame.elements[tag];
      if (!element) return '';
      const { dataOffset, length } = element;
      return element.items || length > MOST_COMPARED
        ? `${file}@${dataOffset}`
        : frame.byteArray.subarray(dataOffset, dataOffset + length).join();
    }).join('|');
    const own = known.get(key) ?? readGreyRules(frame, format).rules;
    known.set(key, own);
    return own;
  });
  return known.size === 1 ? [] : rules;
};

/** The slices of a volume, wherever they come from. */
interface Slicing {
  /** Of the file that stands for all: how it is written. */
  readonly head: Head;
  readonly frameAt: (index: number) => DataSet;
  readonly count: number;
  readonly format: PixelFormat;
  readonly file: Blob;
  readonly index: FrameIndex;
  /** Whether the slices are in a private block, behind a placeholder. */
  readonly isPrivate?: true;
  /** The overlay planes, each with its frame. */
  readonly overlays: () => readonly OverlayPlane[];
}

const overlayFrame = ({ encoding }: ParsedDataSet, format: PixelFormat) => ({
  ...format,
  bigEndian: encoding === 'explicit-big',
});

const overlaysIn = ({ parsed }: Head, format: PixelFormat): readonly OverlayPlane[] =>
  readOverlays(parsed.dataSet, overlayFrame(parsed, format), undefined);

const readHeaderOf = ({
  head,
  frameAt,
  count,
  isPrivate,
}: Slicing): Result<MammogramHeader, Message> => {
  const { meta, parsed } = head;
  const uid = meta.transferSyntaxUid;
  const middle = frameAt(middleSlice(count));
  const header = readHeader(middle, transferSyntaxOf(uid), uid);
  const facts = factsOf(parsed.dataSet, meta.mediaStorageSopClassUid);
  const kind = refusalOfKind(header, facts);
  if (kind && kind.code !== (isPrivate ? PLACEHOLDER : ONE_SLICE)) return err(kind);
  const slices = slicesOf({
    count,
    along: placesOf(frameAt, count),
    spacingBetween: number(middle, 'x00180088'),
    thickness: number(middle, 'x00180050'),
  });
  const planes = readPlanes(frameAt, count);
  const volume = { ...header, numberOfFrames: count, slices, ...(planes && { planes }) };
  return ok(isPrivate ? { ...volume, kind: 'tomosynthesis' } : volume);
};

/** How the frames are coded, by the bytes of one, and the format they have so. */
const codingIn = async ({ head, format, file, index, count }: Slicing, inWords: boolean) => {
  const { meta, parsed } = head;
  const bytes = await bytesOfParts(file, index.frames[middleSlice(count)] ?? []);
  const payload = { bytes, encapsulated: index.encapsulated, inWords, end: 0 };
  const uid = meta.transferSyntaxUid;
  const stated = { uid, syntax: transferSyntaxOf(uid) };
  const coding = codingOf(payload, format, parsed.encoding, stated);
  return coding
    ? ok({ coding, format: formatOfCoding(format, coding, payload) })
    : err(
        message('file.unsupported-transfer-syntax', {
          name: unsupportedName(uid),
          uid: shortCode(uid),
        }),
      );
};

const readSlicing = async (
  slicing: Slicing,
  wasm: WasmSource,
  { allowance }: StackOptions,
): Promise<Result<ReadStack, Message>> => {
  const { head, frameAt, count, file, index } = slicing;
  const header = readHeaderOf(slicing);
  if (!header.ok) return header;
  const inWords = head.parsed.dataSet.elements[PIXEL_DATA]?.vr !== 'OB';
  const found = await codingIn(slicing, inWords);
  if (!found.ok) return found;
  const { coding } = found.value;
  const middle = middleSlice(count);
  const own = frameAt(middle);
  const how = { file, inWords, encapsulated: index.encapsulated, coding, allowance };
  const parts = index.frames[middle] ?? [];
  const decoded = await sliceSamples({ ...how, parts, format: found.value.format }, wasm);
  if (!decoded.ok) return decoded;
  const wasLossy = header.value.lossy;
  const settled = settleFormat(decoded.value, found.value.format);
  const grey = greyPicture(settled.frame, settled.format, { lossy: wasLossy });
  if (!grey.ok) return grey;
  const { picture, format } = grey.value;
  const { rows, columns, signed, photometricInterpretation } = format;
  const greyRules = readGreyRules(own, format);
  const stack: FrameStack = {
    ...{ ...index, file, inWords, format: settled.format, coding, wasLossy },
    frame: {
      ...{ rows, columns, signed, photometricInterpretation },
      ...greyRules.rules,
      ...readGeometry(own),
    },
    rules: rulesOf(frameAt, format, count),
  };
  const image = { ...frameRequest(stack, middle, allowance).frame, ...picture };
  const lossy = wasLossy || decoded.value.lossy;
  const overlays = slicing.overlays();
  const stored = overlayFrame(head.parsed, slicing.format);
  const { remark } = slicing.format;
  const along = placesOf(frameAt, count);
  const remarks: Message[] = [
    ...remarksOnFrames(count, count + (index.surplus ?? 0)),
    ...remarksOnName(head.parsed.dataSet),
    ...(remark ? [remark] : []),
    ...settled.remarks,
    ...greyRules.remarks,
  ];
  if (hasEmbeddedOverlays(head.parsed.dataSet, stored))
    remarks.push(message('remark.embedded-overlays'));
  if (areShuffled(along)) remarks.push(message('remark.shuffled-slices'));
  if (slicing.isPrivate) remarks.push(message('remark.private-frames'));
  return ok({ header: { ...header.value, lossy }, image, overlays, remarks, stack });
};

/** Of grey, or of three samples, whose frames tell whether they are grey; palettes are read of pictures alone. */
const formatIn = ({ dataSet }: ParsedDataSet): Result<PixelFormat, Message> => {
  const format = readPixelFormat(dataSet);
  return format.ok && format.value.colour === 'PALETTE COLOR'
    ? err(colourRefusal(format.value.colour))
    : format;
};

const indexOf = ({ parsed, at, file }: Head, format: PixelFormat, count: number) => {
  const element = parsed.dataSet.elements[PIXEL_DATA];
  if (!element || element.length === 0) return err(message('file.no-pixel-data'));
  const extended = extendedOffsets(parsed.dataSet);
  const frames = { count, frameBytes: nativeLength(format), extended };
  return indexFrames(file, at + element.dataOffset, element, frames);
};

const slicingOf = async (head: Head): Promise<Result<Slicing, Message>> => {
  const count = frameCount(head.parsed);
  if (count > MOST_FRAMES) return err(message('file.too-many-frames', { frames: count }));
  const frameAt = framesOf(head.parsed.dataSet);
  const format = formatIn(head.parsed);
  if (!format.ok) return format;
  const index = await indexOf(head, format.value, count);
  if (!index.ok) return index;
  const { file } = head;
  const overlays = () => overlaysIn(head, format.value);
  return ok({ head, frameAt, count, format: format.value, file, index: index.value, overlays });
};

const sopOf = ({ parsed }: Head): string => text(parsed.dataSet, 'x00080018');

/** In the order of their numbers, each once; in that of their places where the numbers go there and back. */
const inOrder = (heads: readonly Head[]): readonly Head[] => {
  const each = new Map(heads.map((head) => [sopOf(head), head]));
  const numberOf = ({ parsed }: Head) => number(parsed.dataSet, 'x00200013') ?? 0;
  const ordered = [...each.values()].sort((a, b) => numberOf(a) - numberOf(b));
  const frameAt = (i: number) => framesOf((ordered[i] as Head).parsed.dataSet)(0);
  const along = placesOf(frameAt, ordered.length);
  if (along.includes(undefined) || !areShuffled(along)) return ordered;
  const placed = ordered.map((head, i) => ({ head, at: along[i] as number }));
  return placed.sort((a, b) => a.at - b.at).map(({ head }) => head);
};

/** Many files as one, which the browser puts together without reading them. */
const slicingOfSeries = async (heads: readonly Head[]): Promise<Result<Slicing, Message>> => {
  const ordered = inOrder(heads);
  const [head] = ordered;
  if (!head || ordered.length > MOST_FRAMES) return err(message(ONE_SLICE));
  const format = formatIn(head.parsed);
  if (!format.ok) return format;
  const frames: (readonly ByteRange[])[] = [];
  let start = 0;
  let encapsulated = false;
  for (const each of ordered) {
    const own = formatIn(each.parsed);
    if (!own.ok || JSON.stringify(own.value) !== JSON.stringify(format.value))
      return err(message('file.tomosynthesis.unlike'));
    const index = await indexOf(each, own.value, 1);
    if (!index.ok) return index;
    encapsulated = index.value.encapsulated;
    const offset = start;
    frames.push((index.value.frames[0] ?? []).map(([from, to]) => [from + offset, to + offset]));
    start += each.file.size;
  }
  const dataSets = ordered.map(({ parsed }) => framesOf(parsed.dataSet)(0));
  return ok({
    head,
    frameAt: (index) => dataSets[index] ?? (dataSets[0] as DataSet),
    count: ordered.length,
    format: format.value,
    file: new Blob(ordered.map(({ file }) => file)),
    index: { encapsulated, frames },
    overlays: () =>
      ordered.flatMap((each, i) =>
        overlaysIn(each, format.value).map((plane) => ({ ...plane, frame: i + 1 })),
      ),
  });
};

/** A reader of volumes whose decoders get their WebAssembly from `wasm`. */
export const makeStackReader = (wasm: WasmSource): StackReader => ({
  volume: async (file, options) => {
    const head = await readHead(file, options);
    if (!head || frameCount(head.parsed) < 2) return undefined;
    const slicing = await slicingOf(head);
    return slicing.ok ? readSlicing(slicing.value, wasm, options) : slicing;
  },
  behindPlaceholder: async (file, options) => {
    if (file.size > options.allowance / 2) return undefined;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const meta = readFileMeta(bytes);
    const parsed = meta.ok ? parseDataSet(bytes, meta.value, options.allowance / 2) : meta;
    if (!meta.ok || !parsed.ok) return undefined;
    const { dataSet } = parsed.value;
    const found = await readPrivateFrames(dataSet);
    if (!found) return undefined;
    const slicing: Slicing = {
      ...found,
      head: { meta: meta.value, parsed: parsed.value, at: 0, file },
      frameAt: () => dataSet,
      count: found.index.frames.length,
      isPrivate: true,
      overlays: () => [],
    };
    const read = await readSlicing(slicing, wasm, options);
    return read.ok ? read.value : undefined;
  },
  seriesOf: async (file, options) => {
    const head = await readHead(file, options);
    const series = head && text(head.parsed.dataSet, 'x0020000e');
    if (!series) return undefined;
    const { transferSyntaxUid: uid } = head.meta;
    const { laterality, view } = readHeader(head.parsed.dataSet, transferSyntaxOf(uid), uid);
    return [series, laterality.value, view.value].join(' ');
  },
  series: async (files, options) => {
    const heads = await Promise.all(files.map((file) => readHead(file, options)));
    const slicing = await slicingOfSeries(heads.filter((head) => head !== undefined));
    return slicing.ok ? readSlicing(slicing.value, wasm, options) : slicing;
  },
});
