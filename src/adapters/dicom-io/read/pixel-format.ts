import { shortCode } from '../../../core/message/shortened.ts';
import { message, type Message, type Value } from '../../../core/message/message.ts';
import type { DataSet } from 'dicom-parser';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { PIXEL_DATA } from './data-set.ts';
import { short, text } from './values.ts';

/** How colours are told, where they are: grey pictures come as colours too. */
export type ColourModel = 'RGB' | 'YBR_FULL' | 'YBR_FULL_422' | 'PALETTE COLOR';

/** The Image Pixel attributes (PS3.3 C.7.6.3) that say how one frame lies in its bytes. */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly photometricInterpretation: 'MONOCHROME1' | 'MONOCHROME2';
  /** Samples of a pixel: 3 where a colour model of three is told. */
  readonly samples: 1 | 3;
  readonly colour?: ColourModel;
  /** Planar Configuration 1: all samples of one colour together. */
  readonly planar: boolean;
  /** Present where the bytes of its words stand the other way round than the file says. */
  readonly swapped?: true;
  /** What the file says of its bits against itself. */
  readonly remark?: Message;
}

/** Far above the largest detector (about 30 million pixels), far below what exhausts a browser. */
export const MOST_PIXELS = 100_000_000;

export const colourRefusal = (kind: Value): Message => message('file.colour', { kind });

const wayRefusal = (way: Message) => err(message('file.unsupported-pixel-format', { way }));

/** Colour models in which a grey picture can be told for certain; decoders undo those of JPEG 2000. */
const COLOUR_MODELS: ReadonlyMap<string, ColourModel> = new Map([
  ['RGB', 'RGB'],
  ['YBR_RCT', 'RGB'],
  ['YBR_ICT', 'RGB'],
  ['YBR_FULL', 'YBR_FULL'],
  ['YBR_FULL_422', 'YBR_FULL_422'],
  ['PALETTE COLOR', 'PALETTE COLOR'],
]);

/** One grey sample, or a colour model with the samples that it needs. */
const readSamples = (dataSet: DataSet) => {
  const samples = short(dataSet, 'x00280002') ?? 1;
  const photometric = text(dataSet, 'x00280004').toUpperCase();
  const colour = COLOUR_MODELS.get(photometric);
  if (colour && samples === (colour === 'PALETTE COLOR' ? 1 : 3))
    return ok({ samples: samples as 1 | 3, colour, photometric });
  // Labels of the one over samples of the other: the values tell whether there is any colour.
  if (samples === 3 && /^MONOCHROME[12]$/.test(photometric))
    return ok({ samples: 3 as const, colour: 'RGB' as const, photometric });
  if (samples === 1 && colour && colour !== 'PALETTE COLOR')
    return ok({ samples: 1 as const, colour: undefined, photometric: '' });
  if (samples !== 1 || /^(RGB|YBR|PALETTE|HSV|ARGB|CMYK)/.test(photometric))
    return err(colourRefusal(shortCode(photometric) || message('file.way.samples', { samples })));
  if (photometric !== '' && photometric !== 'MONOCHROME1' && photometric !== 'MONOCHROME2')
    return wayRefusal(message('file.way.photometric', { name: shortCode(photometric) }));
  return ok({ samples: 1 as const, colour: undefined, photometric });
};

type Bits = Pick<PixelFormat, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'remark'>;

/**
 * How many bits the samples have, and where. Where the file contradicts itself, the stored bits begin at bit 0;
 * more of them than a byte holds are in words, unless the pixel data are too short for words.
 */
const readBits = (dataSet: DataSet, samples: number): Result<Bits, Message> => {
  const allocated = short(dataSet, 'x00280100') ?? 0;
  const stored = short(dataSet, 'x00280101') ?? allocated;
  const highest = short(dataSet, 'x00280102') ?? stored - 1;
  if (allocated !== 8 && allocated !== 16)
    return wayRefusal(message('file.way.bits', { bits: allocated }));
  const said = { stored, allocated, highest };
  if (stored < 1 || stored > 16) return wayRefusal(message('file.way.stored', said));
  if (stored <= highest + 1 && highest < allocated)
    return ok({ bitsAllocated: allocated, bitsStored: stored, highBit: highest });
  const { hadUndefinedLength, length = 0 } = dataSet.elements[PIXEL_DATA] ?? {};
  const inWords = allocated === 16 || hadUndefinedLength === true || length >= 2 * samples;
  const bitsAllocated = stored > 8 && inWords ? 16 : allocated;
  const bitsStored = Math.min(stored, bitsAllocated);
  const remark = message('remark.bits', said);
  return ok({ bitsAllocated, bitsStored, highBit: bitsStored - 1, remark });
};

/** Checks and reads the format; the messages are for the reader. */
export const readPixelFormat = (dataSet: DataSet): Result<PixelFormat, Message> => {
  const read = readSamples(dataSet);
  if (!read.ok) return read;
  const { samples, colour, photometric } = read.value;
  const rows = short(dataSet, 'x00280010') ?? 0;
  const columns = short(dataSet, 'x00280011') ?? 0;
  if (rows === 0 || columns === 0) return err(message('file.bad-size', { rows, columns }));
  if (rows * columns * samples > MOST_PIXELS)
    return err(message('file.too-large.size', { columns, rows }));
  const bits = readBits(dataSet, rows * columns * samples);
  if (!bits.ok) return bits;
  return ok({
    rows,
    columns,
    ...bits.value,
    signed: short(dataSet, 'x00280103') === 1,
    photometricInterpretation: photometric === 'MONOCHROME1' ? 'MONOCHROME1' : 'MONOCHROME2',
    samples,
    planar: short(dataSet, 'x00280006') === 1,
    ...(colour ? { colour } : {}),
  });
};
