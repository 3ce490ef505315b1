import type { DataSet } from 'dicom-parser';
import { message, type Message } from '../../../core/message/message.ts';
import type { MammogramImage, Voi, VoiLutFunction } from '../../../core/image/mammogram-image.ts';
import { type InputRange, lookupTables } from './lookup-tables.ts';
import type { PixelFormat } from './pixel-format.ts';
import { encodingOf, number, numbers, short, strings, text, type TextDecoding } from './values.ts';

const voiFunction = (dataSet: DataSet): VoiLutFunction => {
  const name = text(dataSet, 'x00281056').toUpperCase();
  return name === 'SIGMOID' || name === 'LINEAR_EXACT' ? name : 'LINEAR';
};

/** LINEAR is made for integers: where a unit of modality values is far less than a stored step, it does not fit. */
const FRACTIONS = 0.1;
/** Widths, in such units, that the half unit and the unit of LINEAR change visibly. */
const FEW_UNITS = 10;

interface Read<T> {
  readonly value: T;
  readonly remarks: readonly Message[];
}

/**
 * Window centres and widths with their names. LINEAR has no width below 1 (PS3.3 C.11.2.1.2.1): where
 * the modality values are small fractions a narrow window is meant as LINEAR_EXACT, and read so. A width of 0 or
 * less is left out, which is said.
 */
export const readWindows = (
  dataSet: DataSet,
  encoding: TextDecoding,
  slope = 1,
): Read<readonly Voi[]> => {
  const centres = numbers(dataSet, 'x00281050');
  const widths = numbers(dataSet, 'x00281051');
  const names = strings(dataSet, 'x00281055', encoding);
  const declared = voiFunction(dataSet);
  const most = Math.abs(slope) <= FRACTIONS ? FEW_UNITS : 1;
  const stated = centres.flatMap((center, i): (Voi & { kind: 'window' })[] => {
    const width = widths[i];
    if (center === undefined || width === undefined) return [];
    const fn = declared === 'LINEAR' && width < most ? 'LINEAR_EXACT' : declared;
    const explanation = names[i] ?? '';
    return [{ kind: 'window', center, width, fn, ...(explanation === '' ? {} : { explanation }) }];
  });
  const value = stated.filter(({ width }) => width > 0);
  const isReadOtherwise = value.some(({ width, fn }) => fn !== declared && width >= 1);
  return {
    value,
    remarks: [
      ...(value.length < stated.length ? [message('remark.window-width')] : []),
      ...(isReadOtherwise ? [message('remark.window-exact')] : []),
    ],
  };
};

/** The values that the stored bits can express. */
const storedRange = ({ bitsStored, signed }: PixelFormat): InputRange => {
  const span = 2 ** bitsStored;
  const low = signed ? -span / 2 : 0;
  return { low, high: low + span - 1, signed };
};

/** The values that come out of the modality step: what a VOI LUT maps. */
const modalityOutput = (modality: MammogramImage['modality'], format: PixelFormat): InputRange => {
  if ('values' in modality) return { low: 0, high: 2 ** 16 - 1, signed: false };
  const { low, high } = storedRange(format);
  const ends = [low, high].map((v) => v * modality.slope + modality.intercept);
  return { low: Math.min(...ends), high: Math.max(...ends), signed: format.signed };
};

const modalityOf = (
  dataSet: DataSet,
  format: PixelFormat,
  encoding: TextDecoding,
): Read<MammogramImage['modality']> => {
  const { tables, remarks } = lookupTables(dataSet, 'x00283000', storedRange(format), encoding);
  const [table] = tables;
  if (table) return { value: table, remarks };
  const slope = number(dataSet, 'x00281053') ?? 1;
  const intercept = number(dataSet, 'x00281052') ?? 0;
  return { value: { slope: slope === 0 ? 1 : slope, intercept }, remarks };
};

/** A value as the stored bits alone keep it. */
const cutTo = (value: number, { bitsStored, signed }: PixelFormat): number => {
  const up = 32 - bitsStored;
  return signed ? (value << up) >> up : (value << up) >>> up;
};

/**
 * PixelPaddingValue and, where present, PixelPaddingRangeLimit (PS3.3 C.7.5.1.1.2), cut down as the pixels were:
 * 65535 about a picture of 12 bits.
 */
const paddingOf = (dataSet: DataSet, format: PixelFormat, isCut: boolean) => {
  const { signed } = format;
  const stated = short(dataSet, 'x00280120', { signed });
  if (stated === undefined) return {};
  const limits = [stated, short(dataSet, 'x00280121', { signed }) ?? stated];
  const [value, limit] = limits.map((v) => (isCut ? cutTo(v, format) : v)) as [number, number];
  return { padding: { low: Math.min(value, limit), high: Math.max(value, limit) } };
};

/**
 * INVERSE beside MONOCHROME1 says the same thing twice (PS3.3 C.8.11.3, where the two go together),
 * so the shape is kept only where it adds something.
 */
const shapeOf = (dataSet: DataSet, photometric: PixelFormat['photometricInterpretation']) =>
  photometric === 'MONOCHROME2' && text(dataSet, 'x20500020').toUpperCase() === 'INVERSE'
    ? { presentationLutShape: 'INVERSE' as const }
    : {};

type GreyRules = Pick<MammogramImage, 'modality' | 'voi' | 'presentationLutShape' | 'padding'>;

/**
 * What turns stored values into grey, in the file's order: windows first, then VOI LUTs. `isCut`: bits above the
 * stored ones were taken off the pixels.
 */
export const readGreyRules = (
  dataSet: DataSet,
  format: PixelFormat,
  isCut = false,
): { readonly rules: GreyRules; readonly remarks: readonly Message[] } => {
  const encoding = encodingOf(dataSet);
  const modality = modalityOf(dataSet, format, encoding);
  const inputs = modalityOutput(modality.value, format);
  const luts = lookupTables(dataSet, 'x00283010', inputs, encoding);
  const slope = 'slope' in modality.value ? modality.value.slope : 1;
  const windows = readWindows(dataSet, encoding, slope);
  return {
    rules: {
      modality: modality.value,
      voi: [...windows.value, ...luts.tables.map((lut): Voi => ({ kind: 'lut', lut }))],
      ...shapeOf(dataSet, format.photometricInterpretation),
      ...paddingOf(dataSet, format, isCut),
    },
    remarks: [...modality.remarks, ...windows.remarks, ...luts.remarks],
  };
};
