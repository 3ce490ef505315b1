import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Technique } from '../../../core/dicom/technique.ts';
import { mammogramFile, type Field } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const read = async (bytes: Uint8Array): Promise<Technique> => {
  const result = await readDicom(bytes, 'test.dcm');
  if (!result.ok) throw new Error(result.error.reason.code);
  return result.value.header.technique;
};
const techniqueOf = (fields: Readonly<Record<string, Field>>) => read(mammogramFile(fields));

describe('technique', () => {
  it('is read in the units that the standard defines', async () => {
    const technique = await techniqueOf({
      '00080022': ['DA', '20240102'],
      '00080032': ['TM', '101112.5'],
      '00080080': ['LO', 'Clinic'],
      '00080081': ['ST', 'Long Road 1\r\nOldtown'],
      '00081010': ['SH', 'MG1'],
      '00081070': ['PN', 'Roe^Ann\\Low^Bo'],
      '00101010': ['AS', '058Y'],
      '00180060': ['DS', '28'],
      '00181000': ['LO', 'S-12'],
      '00181008': ['LO', 'G-3'],
      '00181020': ['LO', '1.2\\3.4'],
      '00181150': ['IS', '500'],
      '00181152': ['IS', '63'],
      '00181153': ['IS', '63400'],
      '00181166': ['CS', 'RECIPROCATING\\PARALLEL'],
      '00181190': ['DS', '0.3'],
      '00181191': ['CS', 'TUNGSTEN'],
      '001811a0': ['DS', '52'],
      '001811a2': ['DS', '104.5'],
      '00181405': ['IS', '450'],
      '00181510': ['DS', '-45'],
      '0018700a': ['SH', 'D-7'],
      '00187050': ['CS', 'RHODIUM'],
      '00281351': ['ST', 'axilla cut off'],
      '00281352': ['SQ', [{ '00080104': ['LO', 'Medial part'] }]],
      '00282112': ['DS', '8.2'],
      '00400316': ['DS', '0.0183'],
      '00408302': ['DS', '5.4'],
    });
    expect(technique).toEqual({
      patientAge: '058Y',
      acquisitionDate: '20240102',
      acquisitionTime: '101112.5',
      institutionName: 'Clinic',
      institutionAddress: 'Long Road 1, Oldtown',
      stationName: 'MG1',
      deviceSerialNumber: 'S-12',
      gantryId: 'G-3',
      detectorId: 'D-7',
      softwareVersions: ['1.2', '3.4'],
      operators: ['Roe, Ann', 'Low, Bo'],
      kilovolts: 28,
      mAs: 63.4,
      exposureMs: 500,
      anode: 'TUNGSTEN',
      filters: ['RHODIUM'],
      focalSpotsMm: [0.3],
      grid: ['RECIPROCATING', 'PARALLEL'],
      relativeExposure: 450,
      thicknessMm: 52,
      forceNewton: 104.5,
      angleDegrees: -45,
      entranceDoseMGy: 5.4,
      organDoseMGy: 1.83,
      partialViewParts: ['Medial part', 'axilla cut off'],
      lossyRatios: [8.2],
    });
  });

  it('takes the entrance dose in dGy where there is none in mGy', async () => {
    expect((await techniqueOf({ '00400302': ['US', [2]] })).entranceDoseMGy).toBe(200);
  });

  it.each([
    ['kilovolts', '00180060', ['DS', '0']],
    ['mAs', '00181152', ['IS', '-3']],
    ['exposureMs', '00181150', ['IS', '0x10']],
    ['thicknessMm', '001811a0', ['DS', 'thick']],
    ['forceNewton', '001811a2', ['DS', '-1']],
    ['organDoseMGy', '00400316', ['DS', '1e99']],
  ] as const)('does not believe an impossible value of %s', async (name, tag, [vr, value]) => {
    expect((await techniqueOf({ [tag]: [vr, value] }))[name]).toBeUndefined();
  });

  it('leaves out what draws nothing or turns the writing around', async () => {
    const bytes = new TextEncoder().encode('Cli\u202Enic');
    const technique = await techniqueOf({
      '00080005': ['CS', 'ISO_IR 192'],
      '00080080': ['LO', bytes],
    });
    expect(technique.institutionName).toBe('Clinic');
  });
});

const cases = new URL('../../../../../shared/cases/', import.meta.url);
if (!existsSync(cases)) console.warn(`SKIPPED: ${cases.pathname} is absent.`);

describe.skipIf(!existsSync(cases))('technique of real files', () => {
  it.each(['ffdm-4view/LCC.dcm', 'cbis-00009_R_1/RCC.dcm'])(
    '%s says when and no more',
    async (path) => {
      const technique = await read(new Uint8Array(readFileSync(new URL(path, cases))));
      const { acquisitionDate, ...rest } = technique;
      expect(acquisitionDate).toBe('20200101');
      const said = Object.values(rest).filter(
        (value) =>
          value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
      );
      expect(said).toEqual([]);
    },
  );
});

it('is read of the demo, which says most of it', async () => {
  const file = new URL('../../../../public/demo/demo-1-RCC.dcm', import.meta.url);
  expect(await read(new Uint8Array(readFileSync(file)))).toMatchObject({
    patientAge: '060Y',
    kilovolts: 29,
    anode: 'TUNGSTEN',
    filters: ['RHODIUM'],
    thicknessMm: 50,
    relativeExposure: 1,
    angleDegrees: 0,
    mAs: undefined,
  });
});
