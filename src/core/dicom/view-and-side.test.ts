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
  anatomy: [],
  organExposed: '',
  positionerType: '',
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
    [{ patientOrientation: ['P', 'L'], seriesDescription: 'R CC' }, 'CC', 'PatientOrientation'],
    [{ patientOrientation: ['P', 'L'], seriesDescription: 'MLO' }, 'MLO', 'SeriesDescription'],
    [
      { patientOrientation: ['A', 'R'], seriesDescription: 'SPECIMEN RADIOGRAPH' },
      ...(['SPECIMEN', 'SeriesDescription'] as const),
    ],
    [{ patientOrientation: ['A', 'R'], seriesDescription: 'L XCCL' }, 'XCCL', 'SeriesDescription'],
    [{ patientOrientation: ['A', 'R'], protocolName: 'CLEAVAGE VIEW' }, 'CV', 'ProtocolName'],
    [{ patientOrientation: ['A', 'FR'], seriesDescription: 'L ML' }, 'ML', 'SeriesDescription'],
    [{ patientOrientation: ['A', 'FR'], seriesDescription: 'LM' }, 'LM', 'SeriesDescription'],
    [
      { patientOrientation: ['A', 'FR'], seriesDescription: 'Axillary tail' },
      ...(['AT', 'SeriesDescription'] as const),
    ],
    [{ patientOrientation: ['A', 'FR'] }, 'MLO', 'PatientOrientation'],
    [{ patientOrientation: ['A', 'F'], protocolName: 'ML' }, 'ML', 'ProtocolName'],
    [{ patientOrientation: ['L', 'F'] }, undefined, 'none'],
    [{ seriesDescription: 'Mammo L MLO' }, 'MLO', 'SeriesDescription'],
    [{ seriesDescription: 'CC and MLO' }, undefined, 'none'],
    [{ viewPosition: 'CC', seriesDescription: 'L XCCL' }, 'XCCL', 'ViewPosition'],
    [{ viewPosition: 'CC', protocolName: 'Exaggerated CC' }, 'XCC', 'ViewPosition'],
    [{ viewPosition: 'XCCL', seriesDescription: 'R CC' }, 'XCCL', 'ViewPosition'],
  ] as const)('%o', (changes, value, source) => {
    const found = recogniseView({ ...none, ...changes });
    expect(found).toMatchObject({ value, source });
    expect(found.against).toBeUndefined();
  });

  it('says so where a name cannot fit the orientation', () => {
    const a = { ...none, patientOrientation: ['A', 'FR'], seriesDescription: 'L CC' } as const;
    expect(recogniseView(a)).toMatchObject({
      value: 'MLO',
      against: [{ value: 'CC', source: 'SeriesDescription' }],
    });
  });

  it.each([
    [[{ ...code('399162004'), meaning: 'medio-lateral oblique' }], 'MLO'],
    [[code('399162004'), code('399368009')], 'MLO'],
    [[{ ...code('399162004'), meaning: 'cranio-caudal' }], undefined],
    [[{ ...code('399192008'), meaning: 'cranio-caudal exaggerated laterally' }], undefined],
    [[{ ...code('399101009'), meaning: 'cranio-caudal exaggerated medially' }], undefined],
    [[{ ...code('399196006'), meaning: 'caudo-cranial (from below)' }], undefined],
    [[{ ...code('399188001'), meaning: 'superolateral to inferomedial oblique' }], undefined],
    [[{ ...code('441555000'), meaning: 'inferomedial to superolateral oblique' }], undefined],
    [[{ ...code('399099002'), meaning: 'latero-medial oblique' }], undefined],
    [[{ ...code('127457009'), meaning: 'tissue specimen from breast' }], undefined],
  ])('holds view codes against themselves: %j', (viewCodes, other) => {
    const found = recogniseView({ ...none, viewCodes });
    expect(found.against?.map(({ value }) => value)).toEqual(other && [other]);
  });
});

describe('recogniseSide', () => {
  it.each([
    [{ imageLaterality: 'R', laterality: 'L' }, 'R', 'ImageLaterality'],
    [{ frameLaterality: 'R' }, 'R', 'FrameLaterality'],
    [{ viewPosition: 'RMLO' }, 'R', 'ViewPosition'],
    [{ anatomy: [code('80248007')] }, 'L', 'AnatomicRegionSequence'],
    [{ anatomy: [code('76752008')] }, undefined, 'none'],
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

it.each([
  [{ imageLaterality: 'B', patientOrientation: ['A', 'R'] }, 'ImageLaterality'],
  [{ laterality: 'B', viewPosition: 'LCC' }, 'Laterality'],
] as const)('a laterality of both breasts is against one side: %o', (changes, source) => {
  expect(recogniseSide({ ...none, ...changes })).toMatchObject({
    ...{ value: 'L', against: [{ value: 'R', source }] },
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

it.each([
  [{ viewPosition: 'CC', seriesDescription: 'R CLEAVAGE VIEW' }, ['cleavage']],
  [{ viewPosition: 'MLO', protocolName: 'Axillary tail' }, ['axillary tail']],
  [{ viewPosition: 'CV' }, []],
  [{ seriesDescription: 'Axillary tail' }, []],
])('takes a part that a description names for a modifier of the view: %j', (changes, wanted) => {
  expect(recogniseModifiers({ ...none, ...changes })).toEqual(wanted);
});
