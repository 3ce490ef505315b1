import { expect, it } from 'vitest';
import { testHeader } from '../../../core/dicom/test-header.ts';
import type { Technique } from '../../../core/dicom/technique.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { techniqueGroups } from './technique-words.ts';

const full: Technique = {
  patientAge: '',
  acquisitionDate: '20240102',
  acquisitionTime: '101112.5',
  institutionName: 'Clinic',
  institutionAddress: 'Long Road 1, Oldtown',
  stationName: 'MG1',
  deviceSerialNumber: 'S-12',
  gantryId: 'G-3',
  detectorId: 'D-7',
  softwareVersions: ['1.2', '3.4'],
  operators: ['Roe, Ann'],
  kilovolts: 28,
  mAs: 63.4,
  exposureMs: 500,
  anode: 'TUNGSTEN',
  filters: ['RHODIUM'],
  focalSpotsMm: [0.3],
  grid: ['RECIPROCATING', 'HONEYCOMB'],
  relativeExposure: 450,
  thicknessMm: 52,
  forceNewton: 104.5,
  angleDegrees: -45,
  entranceDoseMGy: 5.4,
  organDoseMGy: 1.83,
  partialViewParts: ['Medial part'],
  lossyRatios: [8.2],
};
const said = (header: MammogramHeader, shown = (text: string) => text) =>
  Object.fromEntries(techniqueGroups(header, shown).flat());

it('says what IHE asks for, with units', () => {
  const header = testHeader({
    technique: full,
    manufacturer: 'Maker',
    manufacturerModelName: 'M1',
    lossy: true,
    partialView: true,
    viewModifiers: ['implant displaced'],
  });
  expect(said(header)).toEqual({
    Born: '1960-01-01',
    Age: '64 years',
    Acquired: '2024-01-02 10:11:12',
    Institution: 'Clinic',
    Address: 'Long Road 1, Oldtown',
    Station: 'MG1',
    Manufacturer: 'Maker',
    Model: 'M1',
    'Serial number': 'S-12',
    'Gantry ID': 'G-3',
    'Detector ID': 'D-7',
    Software: '1.2, 3.4',
    Operator: 'Roe, Ann',
    Voltage: '28 kVp',
    Exposure: '63.4 mAs',
    'Exposure time': '500 ms',
    Anode: 'W',
    Filter: 'Rh',
    'Focal spot': '0.3 mm',
    Grid: 'reciprocating, HONEYCOMB',
    'Relative exposure': '450',
    Thickness: '52 mm',
    Force: '104.5 N',
    'Positioner angle': '−45°',
    'Entrance dose': '5.4 mGy',
    'Organ dose': '1.83 mGy',
    Lossy: 'yes, 8.2:1',
    'Partial view': 'yes, Medial part',
    Implant: 'displaced',
  });
});

it('leaves empty what the file does not give, and makes nothing up', () => {
  const given = Object.entries(said(testHeader({ patientBirthDate: '' }))).filter(
    ([, value]) => value !== '',
  );
  expect(given).toEqual([
    ['Lossy', 'no'],
    ['Partial view', 'no'],
  ]);
});

it('hides who it is, where it was taken and by whom', () => {
  const hidden = said(testHeader({ technique: full }), () => 'x');
  const names = Object.keys(hidden).filter((name) => hidden[name] === 'x');
  expect(names).toEqual(['Born', 'Institution', 'Address', 'Station', 'Operator']);
});
