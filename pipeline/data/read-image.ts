import { sayIn } from '../../src/i18n/say.ts';
import { readFile } from 'node:fs/promises';
import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import {
  outOfScopeReasons,
  type ScopeCode,
  type ScopeReason,
} from '../../src/core/lesion/scope.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';

type Pixels = Pick<MammogramImage, 'rows' | 'columns' | 'bitsStored'> & {
  readonly pixels: Uint8Array | Uint16Array;
};

/** A picture without DICOM's grey rules: larger is brighter, the full range is the window. */
const plainGrey = (pixels: Pixels, pixelAspect: number): MammogramImage => ({
  ...pixels,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [],
  pixelAspect,
});

/** First of `step` interleaved channels. */
const firstChannel = <T extends Uint8Array | Uint16Array>(data: T, out: T, step: number): T => {
  for (let i = 0; i < out.length; i++) out[i] = data[i * step] as number;
  return out;
};

const readJpeg = (bytes: Uint8Array): Pixels => {
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    maxMemoryUsageInMB: 2048,
    maxResolutionInMP: 200,
  });
  const pixels = firstChannel(data, new Uint8Array(width * height), 4);
  return { rows: height, columns: width, bitsStored: 8, pixels };
};

const readPng = (bytes: Uint8Array): Pixels => {
  const { width, height, data, channels, depth, palette } = decodePng(bytes);
  if (palette) throw new Error('it has a colour palette, expected grey');
  const size = width * height;
  if (data instanceof Uint16Array) {
    const pixels = firstChannel(data, new Uint16Array(size), channels);
    return { rows: height, columns: width, bitsStored: 16, pixels };
  }
  if (depth !== 8) throw new Error(`it has ${depth} bits a pixel, expected 8 or 16`);
  const pixels = firstChannel(Uint8Array.from(data), new Uint8Array(size), channels);
  return { rows: height, columns: width, bitsStored: 8, pixels };
};

const startsWith = (bytes: Uint8Array, ...magic: number[]) => magic.every((b, i) => bytes[i] === b);

/** Sides and views are the table's word, as they are the reader's on screen; all else is refused as there. */
const SAID_BY_TABLE: ReadonlySet<ScopeCode> = new Set([
  'side-conflict',
  'view-conflict',
  'picture-conflict',
]);
const isRefused = ({ code, severity }: ScopeReason): boolean =>
  severity === 'blocks' && !SAID_BY_TABLE.has(code);

/**
 * Reads one image: JPEG, PNG (8 or 16 bit) or, failing their signatures, DICOM. `pixelAspect` is the
 * table's and counts for pictures only: a DICOM file states its own, and must score as on screen. The error says why in plain words.
 */
export const decodeImage = async (
  bytes: Uint8Array,
  name: string,
  pixelAspect: number | undefined,
): Promise<Result<MammogramImage, string>> => {
  try {
    if (startsWith(bytes, 0xff, 0xd8)) return ok(plainGrey(readJpeg(bytes), pixelAspect ?? 1));
    if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47))
      return ok(plainGrey(readPng(bytes), pixelAspect ?? 1));
  } catch (error) {
    return err(`${name} could not be read: ${(error as Error).message}`);
  }
  const read = await readDicom(bytes, name);
  if (!read.ok) return err(`${name} could not be read: ${sayIn('en', read.error.reason)}`);
  const { header, image } = read.value;
  const refused = outOfScopeReasons(header, image).find(isRefused);
  return refused ? err(`${name} is not scored: ${sayIn('en', refused.text)}`) : ok(image);
};

/** Bytes of a file, or why there are none. */
export const readBytes = async (path: string): Promise<Result<Uint8Array, string>> => {
  try {
    return ok(await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return err(code === 'ENOENT' ? 'the image file is missing' : message);
  }
};
