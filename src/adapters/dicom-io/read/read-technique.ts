import type { DataSet } from 'dicom-parser';
import { plainDate } from '../../../core/dicom/iso-date.ts';
import { formatPersonName } from '../../../core/dicom/person-name.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import type { Technique } from '../../../core/dicom/technique.ts';
import { items, number, numbers, short, strings, text, type TextDecoding } from './values.ts';

const MGY_PER_DGY = 100;
/** Of microampere seconds and microseconds. */
const MICRO = 1000;

const positive = (value: number | undefined): number | undefined =>
  value !== undefined && value > 0 ? value : undefined;
const notNegative = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 ? value : undefined;
const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;

/** A text that may have several lines (ST). */
const inOneLine = (value: string): string => plainText(value).replace(/\s*[\r\n]+\s*/g, ', ');

const positives = (dataSet: DataSet, tag: string): number[] =>
  numbers(dataSet, tag).filter((value) => value !== undefined && value > 0) as number[];

const partialViewParts = (dataSet: DataSet, encoding: TextDecoding): string[] => {
  const meanings = items(dataSet, 'x00281352').map((item) => text(item, 'x00080104', encoding));
  return [...meanings, text(dataSet, 'x00281351', encoding)]
    .map(inOneLine)
    .filter((part) => part !== '');
};

/** How an image was taken; what cannot be is as if it were absent (see Technique). */
export const readTechnique = (dataSet: DataSet, encoding: TextDecoding): Technique => {
  const plain = (tag: string) => text(dataSet, tag);
  const worded = (tag: string) => plainText(text(dataSet, tag, encoding));
  const several = (tag: string) =>
    strings(dataSet, tag, encoding)
      .map(plainText)
      .filter((value) => value !== '');
  const mAs = positive(number(dataSet, 'x00181152'));
  const exposureMs = positive(number(dataSet, 'x00181150'));
  const entranceDose = times(positive(short(dataSet, 'x00400302')), MGY_PER_DGY);
  return {
    patientAge: plain('x00101010').toUpperCase(),
    acquisitionDate: plainDate(plain('x00080022')),
    acquisitionTime: plain('x00080032'),
    institutionName: worded('x00080080'),
    institutionAddress: inOneLine(text(dataSet, 'x00080081', encoding)),
    stationName: worded('x00081010'),
    deviceSerialNumber: worded('x00181000'),
    gantryId: worded('x00181008'),
    detectorId: worded('x0018700a'),
    softwareVersions: several('x00181020'),
    operators: several('x00081070').map(formatPersonName),
    kilovolts: positive(number(dataSet, 'x00180060')),
    mAs: times(positive(number(dataSet, 'x00181153')), 1 / MICRO) ?? mAs,
    exposureMs: times(positive(number(dataSet, 'x00188150')), 1 / MICRO) ?? exposureMs,
    anode: plain('x00181191').toUpperCase(),
    filters: several('x00187050').map((value) => value.toUpperCase()),
    focalSpotsMm: positives(dataSet, 'x00181190'),
    grid: several('x00181166').map((value) => value.toUpperCase()),
    relativeExposure: notNegative(number(dataSet, 'x00181405')),
    thicknessMm: positive(number(dataSet, 'x001811a0')),
    forceNewton: notNegative(number(dataSet, 'x001811a2')),
    angleDegrees: number(dataSet, 'x00181510'),
    entranceDoseMGy: positive(number(dataSet, 'x00408302')) ?? entranceDose,
    organDoseMGy: times(positive(number(dataSet, 'x00400316')), MGY_PER_DGY),
    partialViewParts: partialViewParts(dataSet, encoding),
    lossyRatios: positives(dataSet, 'x00282112'),
  };
};
