import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { ageOf, type Age, type Technique } from '../../../core/dicom/technique.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { formatDate } from '../../format.ts';

/** A name and its value; '' where the file does not give one. */
export type TechniqueEntry = readonly [name: string, value: string];

/** Elements by which anodes and filters go among those who read their pictures. */
const SYMBOLS: Readonly<Record<string, string>> = {
  TUNGSTEN: 'W',
  MOLYBDENUM: 'Mo',
  RHODIUM: 'Rh',
  SILVER: 'Ag',
  ALUMINUM: 'Al',
  COPPER: 'Cu',
  TITANIUM: 'Ti',
  TIN: 'Sn',
};
const symbol = (material: string): string => SYMBOLS[material] ?? material;

const gridWord = (value: string): string =>
  ({
    RECIPROCATING: t('reciprocating'),
    FIXED: t('fixed'),
    FOCUSED: t('focused'),
    PARALLEL: t('parallel'),
    CROSSED: t('crossed'),
    NONE: t('none used'),
  })[value] ?? value;

/** At most four digits, with the minus that figures are set with. */
const figure = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

const measured = (value: number | undefined, unit: string): string =>
  value === undefined ? '' : `${figure(value)} ${unit}`;

/** "10:11:12" of a DICOM TM; '' where it is none. */
const clock = (tm: string): string => {
  const [, hours, minutes, seconds = ''] = /^(\d{2})(\d{2})(\d{2})?/.exec(tm) ?? [];
  return hours ? `${hours}:${minutes}${seconds && `:${seconds}`}` : '';
};

const ageText = ({ value, unit }: Age): string =>
  ({
    years: t('{value} years', { value }),
    months: t('{value} months', { value }),
    weeks: t('{value} weeks', { value }),
    days: t('{value} days', { value }),
  })[unit];

const lossyText = ({ lossy, technique }: MammogramHeader): string => {
  if (!lossy) return t('no');
  const ratios = technique.lossyRatios.map((ratio) => `${figure(ratio)}:1`);
  return ratios.length > 0
    ? t('yes, {ratio}', { ratio: ratios.join(', ') })
    : t('yes, ratio not given');
};

const yesOrNo = (value: boolean): string => (value ? t('yes') : t('no'));

const partialText = ({ partialView, technique }: MammogramHeader): string => {
  const parts = technique.partialViewParts.join(', ');
  return partialView && parts !== '' ? t('yes, {parts}', { parts }) : yesOrNo(partialView);
};

const implantText = ({ breastImplantPresent, viewModifiers }: MammogramHeader): string => {
  if (viewModifiers.includes('implant displaced')) return t('displaced');
  return breastImplantPresent === undefined ? '' : yesOrNo(breastImplantPresent);
};

const personEntries = (header: MammogramHeader, shownName: (text: string) => string) => {
  const { technique: of } = header;
  const seenOn = of.acquisitionDate || header.studyDate;
  const age = ageOf(of.patientAge, header.patientBirthDate, seenOn);
  const born = header.patientBirthDate && formatDate(header.patientBirthDate);
  return [
    [t('Born'), shownName(born)],
    [t('Age'), age ? ageText(age) : ''],
  ] as const;
};

const placeEntries = (header: MammogramHeader, shownName: (text: string) => string) => {
  const { technique: of } = header;
  const acquired = [
    of.acquisitionDate && formatDate(of.acquisitionDate),
    clock(of.acquisitionTime),
  ];
  return [
    [t('Acquired'), acquired.filter((part) => part !== '').join(' ')],
    [t('Institution'), shownName(of.institutionName)],
    [t('Address'), shownName(of.institutionAddress)],
    [t('Station'), shownName(of.stationName)],
    [t('Manufacturer'), header.manufacturer],
    [t('Model'), header.manufacturerModelName],
    [t('Serial number'), of.deviceSerialNumber],
    [t('Gantry ID'), of.gantryId],
    [t('Detector ID'), of.detectorId],
    [t('Software'), of.softwareVersions.join(', ')],
    [t('Operator'), shownName(of.operators.join('; '))],
  ] as const;
};

const exposureEntries = (of: Technique) =>
  [
    [t('Voltage'), measured(of.kilovolts, 'kVp')],
    [t('Exposure'), measured(of.mAs, 'mAs')],
    [t('Exposure time'), measured(of.exposureMs, 'ms')],
    [t('Anode'), symbol(of.anode)],
    [t('Filter'), of.filters.map(symbol).join(', ')],
    [t('Focal spot'), of.focalSpotsMm.map((size) => measured(size, 'mm')).join(', ')],
    [t('Grid'), of.grid.map(gridWord).join(', ')],
    [t('Relative exposure'), of.relativeExposure === undefined ? '' : figure(of.relativeExposure)],
  ] as const;

const breastEntries = (of: Technique) =>
  [
    [t('Thickness'), measured(of.thicknessMm, 'mm')],
    [t('Force'), measured(of.forceNewton, 'N')],
    [t('Positioner angle'), of.angleDegrees === undefined ? '' : `${figure(of.angleDegrees)}°`],
    [t('Entrance dose'), measured(of.entranceDoseMGy, 'mGy')],
    [t('Organ dose'), measured(of.organDoseMGy, 'mGy')],
  ] as const;

/**
 * How an image was taken, in groups, in the order of IHE's Mammography Image display; name and ID stand
 * on every view by themselves. `shownName` hides what may name somebody.
 */
export const techniqueGroups = (
  header: MammogramHeader,
  shownName: (text: string) => string,
): readonly (readonly TechniqueEntry[])[] => [
  personEntries(header, shownName),
  placeEntries(header, shownName),
  exposureEntries(header.technique),
  breastEntries(header.technique),
  [
    [t('Lossy'), lossyText(header)],
    [t('Partial view'), partialText(header)],
    [t('Implant'), implantText(header)],
  ],
];
