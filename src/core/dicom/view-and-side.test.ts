import { describe, expect, it } from 'vitest';
import {
  recogniseModifiers,
  recogniseSide,
  recogniseView,
  type ViewAttributes,
} from './view-and-side.ts';
import { wordsOf } from './view-words.ts';

const none: ViewAttributes = {
  viewCodes: [],
  viewModifierCodes: [],
  viewPosition: '',
  imageLaterality: '',
  frameLaterality: '',
  laterality: '',
  patientOrientation: undefined,
  seriesDescription: '',
  protocolName: '',
  processingDescription: '',
  bodyPart: '',
};
const code = (value: string) => ({ value, scheme: 'SCT', meaning: '' });

describe('wordsOf takes whole words only', () => {
  it.each([
    ['RCC', ['CC'], ['R']],
    ['L MLO', ['MLO'], ['L']],
    ['Left-MLO', ['MLO'], ['L']],
    ['lmlo', ['MLO'], ['L']],
    ['LM', ['LM'], []],
    ['LMO', ['LMO'], []],
    ['R LM', ['LM'], ['R']],
    ['RLM', ['LM'], ['R']],
    ['LML', ['ML'], ['L']],
    ['RXCCL', ['XCCL'], ['R']],
    ['MAMMO_RIGHT_CC_TOMO', ['CC'], ['R']],
    ['FILM CALM PROCCESS', [], []],
    ['R CC + L CC', ['CC'], ['R', 'L']],
    ['RIGHTS', [], []],
    ['', [], []],
  ] as const)('%s', (text, views, sides) => {
    const found = wordsOf(text);
    expect([[...found.views], [...found.sides]]).toEqual([views, sides]);
  });
});

describe('recogniseView', () => {
  it('trusts the code before all else', () => {
    const a = { ...none, viewCodes: [code('399368009')], viewPosition: 'CC' };
    expect(recogniseView(a)).toEqual({
      value: 'MLO',
      source: 'ViewCodeSequence',
      against: [{ value: 'CC', source: 'ViewPosition' }],
    });
  });

  it('knows retired SNOMED RT codes and passes over unknown ones', () => {
    const a = { ...none, viewCodes: [code('X-1'), code('r-1024a ')], viewPosition: 'CC' };
    expect(recogniseView(a).value).toBe('XCCL');
    expect(recogniseView({ ...a, viewCodes: [code('X-1')] }).source).toBe('ViewPosition');
  });

  it.each([
    [{ viewPosition: 'ML' }, 'ML', 'ViewPosition'],
    [{ patientOrientation: ['P', 'L'], seriesDescription: 'MLO' }, 'CC', 'PatientOrientation'],
    [{ patientOrientation: ['A', 'FR'] }, 'MLO', 'PatientOrientation'],
    [{ patientOrientation: ['A', 'F'], protocolName: 'ML' }, 'ML', 'ProtocolName'],
    [{ patientOrientation: ['L', 'F'] }, undefined, 'none'],
    [{ seriesDescription: 'Mammo L MLO' }, 'MLO', 'SeriesDescription'],
    [{ seriesDescription: 'CC and MLO' }, undefined, 'none'],
  ] as const)('%o', (changes, value, source) => {
    expect(recogniseView({ ...none, ...changes })).toMatchObject({ value, source });
  });
});

describe('recogniseSide', () => {
  it.each([
    [{ imageLaterality: 'R', laterality: 'L' }, 'R', 'ImageLaterality'],
    [{ imageLaterality: 'B', laterality: 'L' }, 'L', 'Laterality'],
    [{ frameLaterality: 'R' }, 'R', 'FrameLaterality'],
    [{ viewPosition: 'RMLO' }, 'R', 'ViewPosition'],
    [{ viewPosition: 'LM', seriesDescription: 'R LM' }, 'R', 'SeriesDescription'],
    [{ viewPosition: 'LM' }, undefined, 'none'],
    [{ patientOrientation: ['A', 'R'] }, 'L', 'PatientOrientation'],
    [{ patientOrientation: ['P', 'L'] }, 'R', 'PatientOrientation'],
    [{ patientOrientation: ['P', 'FL'] }, 'R', 'PatientOrientation'],
    // Mirrored left to right: the column still runs to the midline.
    [{ patientOrientation: ['A', 'L'] }, 'R', 'PatientOrientation'],
    // Upside down: head below, so the column runs away from the midline.
    [{ patientOrientation: ['A', 'HL'] }, 'L', 'PatientOrientation'],
    [{ patientOrientation: ['A', 'F'] }, undefined, 'none'],
    [{ seriesDescription: 'left and right' }, undefined, 'none'],
  ] as const)('%o', (changes, value, source) => {
    expect(recogniseSide({ ...none, ...changes })).toMatchObject({ value, source });
  });
});

describe('recogniseModifiers', () => {
  it('names the known ones once', () => {
    const codes = ['R-102D6', '399163009', 'unknown', '399055006'].map(code);
    expect(recogniseModifiers({ ...none, viewModifierCodes: codes })).toEqual([
      'magnification',
      'spot compression',
    ]);
  });

  it.each([
    ['Magnification', 'magnification'],
    ['Spot Compression', 'spot compression'],
    ['Implant Displaced', 'implant displaced'],
    ['Tangential', 'tangential'],
    ['Rolled Lateral', 'rolled lateral'],
    ['no magnification', undefined],
    ['spot', undefined],
    ['', undefined],
  ])('reads a code of another scheme by its whole meaning: %s', (meaning, modifier) => {
    const codes = [{ value: 'X-1', scheme: '99VENDOR', meaning }];
    expect(recogniseModifiers({ ...none, viewModifierCodes: codes })).toEqual(
      modifier ? [modifier] : [],
    );
  });
});
