import type { Message } from '../../../core/message/message.ts';
import type { DataSet } from 'dicom-parser';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { lookupValues } from './lookup-tables.ts';
import { jpeg2000Size, jpegSize } from '../decode/codestream-size.ts';
import type { DecodedFrame, FrameCoding } from '../decode/decode-frame.ts';
import type { FramePayload } from '../decode/frame-payload.ts';
import { type RawSamples, toStoredPixels } from '../decode/native-pixels.ts';
import { colourRefusal, type ColourModel, type PixelFormat } from './pixel-format.ts';
import { short } from './values.ts';

/** What a grey picture told in colours is in truth. */
interface Grey {
  readonly samples: RawSamples;
  readonly format: PixelFormat;
}

/** Rounding of a lossy codec between YBR and RGB; a picture with true colours differs by far more. */
const LOSSY_TOLERANCE = 3;

const greyFormat = (format: PixelFormat, bits: number): PixelFormat => {
  const { colour: _, ...rest } = format;
  return {
    ...rest,
    samples: 1,
    planar: false,
    signed: false,
    bitsAllocated: bits > 8 ? 16 : 8,
    bitsStored: bits,
    highBit: bits - 1,
  };
};

/** Offsets of the three samples of pixel i, and of the next pixel's. */
const layoutOf = (pixels: number, planar: boolean) =>
  planar ? { step: 1, second: pixels, third: 2 * pixels } : { step: 3, second: 1, third: 2 };

/** The common value of three equal samples, or luminance beside neutral colour; undefined where one differs. */
const greyAs = (
  samples: RawSamples,
  format: PixelFormat,
  { model, planar }: { readonly model: ColourModel; readonly planar: boolean },
  tolerance: number,
): RawSamples | undefined => {
  const pixels = format.rows * format.columns;
  const { step, second, third } = layoutOf(pixels, planar);
  const out = samples.BYTES_PER_ELEMENT === 1 ? new Uint8Array(pixels) : new Uint16Array(pixels);
  const neutral = model === 'RGB' ? undefined : 2 ** (format.bitsStored - 1);
  for (let i = 0, at = 0; i < pixels; i++, at += step) {
    const first = samples[at] as number;
    const wanted = neutral ?? first;
    if (
      Math.abs((samples[at + second] as number) - wanted) > tolerance ||
      Math.abs((samples[at + third] as number) - wanted) > tolerance
    )
      return undefined;
    out[i] = first;
  }
  return out;
};

/** As the header says, else in the other order or model: what has no colour in one of them is grey. */
const greyOfThree = (
  samples: RawSamples,
  format: PixelFormat,
  model: ColourModel,
  tolerance: number,
): RawSamples | undefined => {
  const { planar } = format;
  const other = model === 'RGB' ? 'YBR_FULL' : 'RGB';
  return (
    greyAs(samples, format, { model, planar }, tolerance) ??
    greyAs(samples, format, { model, planar: !planar }, tolerance) ??
    greyAs(samples, format, { model: other, planar }, tolerance) ??
    greyAs(samples, format, { model: other, planar: !planar }, tolerance)
  );
};

/** YBR_FULL_422 uncompressed: two luminances, then the colours of both (PS3.3 C.7.6.3.1.2). */
const greyOfPairs = (samples: RawSamples, format: PixelFormat): RawSamples | undefined => {
  const pixels = format.rows * format.columns;
  const out = new Uint8Array(pixels);
  for (let i = 0, at = 0; i < pixels; i += 2, at += 4) {
    if (samples[at + 2] !== 128 || samples[at + 3] !== 128) return undefined;
    out[i] = samples[at] as number;
    if (i + 1 < pixels) out[i + 1] = samples[at + 1] as number;
  }
  return out;
};

/** The grey that each index stands for, where red, green and blue agree on all that occur. */
const greyOfPalette = (samples: RawSamples, dataSet: DataSet | undefined) => {
  if (!dataSet) return undefined;
  const tables = ['1', '2', '3'].map((colour) =>
    lookupValues(dataSet, `x0028110${colour}`, `x0028120${colour}`),
  );
  const [red, green, blue] = tables;
  if (!red || !green || !blue) return undefined;
  const first = short(dataSet, 'x00281101', { index: 1 }) ?? 0;
  const last = red.values.length - 1;
  const out = red.bits > 8 ? new Uint16Array(samples.length) : new Uint8Array(samples.length);
  for (let i = 0; i < out.length; i++) {
    const index = Math.min(Math.max((samples[i] as number) - first, 0), last);
    const grey = red.values[index] as number;
    if (green.values[index] !== grey || blue.values[index] !== grey) return undefined;
    out[i] = grey;
  }
  return { samples: out, bits: red.bits };
};

/** What is known of a picture besides its samples. */
interface Telling {
  /** Whether it was compressed lossily, now or earlier. */
  readonly lossy: boolean;
  /** Of its palette; absent where none is read. */
  readonly dataSet?: DataSet;
}

/**
 * The grey samples of a picture that is told in colours and has none, as secondary captures and
 * gateways write mammograms; a picture with any colour is refused. `lossy` allows for rounding.
 */
const greyOfColour = (
  samples: RawSamples,
  format: PixelFormat,
  { lossy, dataSet }: Telling,
): Result<Grey, Message> => {
  const { colour, bitsStored } = format;
  if (!colour) return ok({ samples, format });
  if (colour === 'PALETTE COLOR') {
    const mapped = greyOfPalette(samples, dataSet);
    if (!mapped) return err(colourRefusal(colour));
    return ok({ samples: mapped.samples, format: greyFormat(format, mapped.bits) });
  }
  const grey =
    colour === 'YBR_FULL_422'
      ? greyOfPairs(samples, format)
      : greyOfThree(samples, format, colour, lossy ? LOSSY_TOLERANCE : 0);
  if (!grey) return err(colourRefusal(colour));
  return ok({ samples: grey, format: greyFormat(format, bitsStored) });
};

/** The format with the number of samples that a compressed frame has, whatever the header says. */
export const formatOfCoding = (
  format: PixelFormat,
  { coding }: FrameCoding,
  { bytes }: Pick<FramePayload, 'bytes'>,
): PixelFormat => {
  if (coding.startsWith('native') || coding === 'rle') return format;
  const { components } = jpegSize(bytes) ?? jpeg2000Size(bytes) ?? {};
  const { colour, ...rest } = format;
  if (components === 1 && format.samples === 3) return { ...rest, samples: 1, planar: false };
  if (components === 3 && format.samples === 1 && !colour)
    return { ...format, samples: 3, colour: 'RGB', planar: false };
  return format;
};

/**
 * What the samples of a settled frame say of its image, grey also where it is told in colours, with the format
 * of its pixels, and whether bits above the stored ones were taken off them.
 */
export const greyPicture = (
  { samples, shift, asRgb, planar, ...decoded }: DecodedFrame,
  format: PixelFormat,
  { lossy, ...telling }: Telling,
) => {
  const model = asRgb && format.samples === 3 ? { colour: 'RGB' as const } : {};
  const grey = greyOfColour(
    samples,
    { ...format, ...model, planar },
    { ...telling, lossy: lossy || decoded.lossy },
  );
  if (!grey.ok) return grey;
  const { format: own } = grey.value;
  const { rows, columns, signed, photometricInterpretation } = own;
  const stored = toStoredPixels(grey.value.samples, own, format.colour ? 0 : shift);
  const { pixels, bitsStored, isCut } = stored;
  const picture = {
    ...{ rows, columns, pixels, bitsStored, signed, photometricInterpretation },
    ...(bitsStored > own.bitsStored ? { exceedsDeclaredBits: true as const } : {}),
  };
  return ok({ picture, format: own, isCut });
};
