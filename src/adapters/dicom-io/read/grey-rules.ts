import type { DataSet } from 'dicom-parser';
import type { MammogramImage, Voi, VoiLutFunction } from '../../../core/image/mammogram-image.ts';
import { type InputRange, lookupTables } from './lookup-tables.ts';
import type { PixelFormat } from './pixel-format.ts';
import { encodingOf, number, numbers, short, strings, text, type TextDecoding } from './values.ts';

const voiFunction = (dataSet: DataSet): VoiLutFunction => {
  const name = text(dataSet, 'x00281056').toUpperCase();
  return name === 'SIGMOID' || name === 'LINEAR_EXACT' ? name : 'LINEAR';
};

/**
 * Window centres and widths with their names. LINEAR has no width below 1 (PS3.3 C.11.2.1.2.1): where
 * the modality values are small fractions such a window is meant as LINEAR_EXACT, and read so.
 */
export const readWindows = (dataSet: DataSet, encoding: TextDecoding): Voi[] => {
  const centres = numbers(dataSet, 'x00281050');
  const widths = numbers(dataSet, 'x00281051');
  const names = strings(dataSet, 'x00281055', encoding);
  const declared = voiFunction(dataSet);
  return centres.flatMap((center, i): Voi[] => {
    const width = widths[i];
    if (center === undefined || width === undefined) return [];
    if (width <= 0) return [];
    const fn = declared === 'LINEAR' && width < 1 ? 'LINEAR_EXACT' : declared;
    const explanation = names[i] ?? '';
    return [{ kind: 'window', center, width, fn, ...(explanation === '' ? {} : { explanation }) }];
  });
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

const modalityOf = (dataSet: DataSet, format: PixelFormat, encoding: TextDecoding) => {
  const [table] = lookupTables(dataSet, 'x00283000', storedRange(format), encoding);
  if (table) return table;
  const slope = number(dataSet, 'x00281053') ?? 1;
  return { slope: slope === 0 ? 1 : slope, intercept: number(dataSet, 'x00281052') ?? 0 };
};

/** PixelPaddingValue and, where present, PixelPaddingRangeLimit (PS3.3 C.7.5.1.1.2). */
const paddingOf = (dataSet: DataSet, signed: boolean) => {
  const value = short(dataSet, 'x00280120', { signed });
  if (value === undefined) return {};
  const limit = short(dataSet, 'x00280121', { signed }) ?? value;
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

/** What turns stored values into grey, in the file's order: windows first, then VOI LUTs. */
export const readGreyRules = (dataSet: DataSet, format: PixelFormat): GreyRules => {
  const encoding = encodingOf(dataSet);
  const modality = modalityOf(dataSet, format, encoding);
  const inputs = modalityOutput(modality, format);
  const luts = lookupTables(dataSet, 'x00283010', inputs, encoding);
  return {
    modality,
    voi: [...readWindows(dataSet, encoding), ...luts.map((lut): Voi => ({ kind: 'lut', lut }))],
    ...shapeOf(dataSet, format.photometricInterpretation),
    ...paddingOf(dataSet, format.signed),
  };
};
