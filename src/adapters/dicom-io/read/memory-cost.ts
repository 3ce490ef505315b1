import { message } from '../../../core/message/message.ts';
import type { PixelFormat } from './pixel-format.ts';
import type { PixelCoding } from './transfer-syntax.ts';

/** Memory of all files that are opened at a time, bytes: below what a 32-bit browser process has. */
export const MEMORY_BUDGET = 1.5 * 2 ** 30;

/** The picture needs more than its share: the pool opens it by itself, after the others. */
export const needsMemory = message('file.needs-memory');

/** Bytes a pixel while a frame is decoded: OpenJPEG and OpenJPH hold 32-bit samples and a copy. */
const DECODING: Readonly<Record<PixelCoding, number>> = {
  'native-little': 2,
  'native-big': 4,
  rle: 4,
  jpeg: 6,
  'jpeg-ls': 6,
  'jpeg-2000': 14,
  htj2k: 14,
};

/** About the most bytes that opening a frame takes at a time, beside the file itself. */
export const costOf = (
  { rows, columns, samples }: PixelFormat,
  coding: PixelCoding,
  frameBytes: number,
): number => rows * columns * samples * DECODING[coding] + frameBytes;
