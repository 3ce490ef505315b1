import { describe, expect, it } from 'vitest';
import { hang } from './hang.ts';
import { testHeader } from '../../dicom/test-header.ts';
import { placeOf } from '../../dicom/hanging-place.ts';
import { displayOrientation } from '../../dicom/display-orientation.ts';

type Changes = Parameters<typeof testHeader>[0];
const image = (name: string, changes: Changes) => ({ name, header: testHeader(changes) });
const names = (images: readonly { readonly name: string }[]) => images.map((i) => i.name);

describe('hang', () => {
  it('puts the four standard views into their places', () => {
    const { places, others } = hang([
      image('a', { side: 'L', view: 'MLO' }),
      image('b', { side: 'R', view: 'CC' }),
      image('c', { side: 'R', view: 'MLO' }),
      image('d', { side: 'L', view: 'CC' }),
    ]);
    expect(Object.values(places).map(names)).toEqual([['b'], ['d'], ['c'], ['a']]);
    expect(others).toEqual([]);
  });

  it('shows the plain, latest, finished view and keeps the rest behind it', () => {
    const { places } = hang([
      image('raw', { presentationIntentType: 'FOR PROCESSING' }),
      image('magnified', { magnification: { factor: 1.8 }, contentTime: '110000' }),
      image('spot', { viewModifiers: ['spot compression'], contentTime: '103000' }),
      image('exaggerated', { view: 'XCCL' }),
      image('first', { contentTime: '100000' }),
      image('repeated', { contentTime: '100500' }),
      image('partial', { partialView: true }),
    ]);
    expect(names(places.LCC)).toEqual([
      'repeated',
      'first',
      'partial',
      'magnified',
      'spot',
      'exaggerated',
      'raw',
    ]);
  });

  it('prefers the view with the implant displaced', () => {
    const { places } = hang([
      image('in view', { breastImplantPresent: true }),
      image('displaced', { breastImplantPresent: true, viewModifiers: ['implant displaced'] }),
    ]);
    expect(names(places.LCC)).toEqual(['displaced', 'in view']);
  });

  it('lets a lateral view stand in for a missing MLO and leaves the unknown aside', () => {
    const { places, others } = hang([
      image('ml', { view: 'ML' }),
      image('no side', { side: undefined }),
      image('no view', { view: undefined }),
      image('specimen', { view: 'SPECIMEN' }),
    ]);
    expect(names(places.LMLO)).toEqual(['ml']);
    expect(names(others)).toEqual(['no side', 'no view', 'specimen']);
    expect(placeOf(testHeader({ side: 'R', view: 'FB' }))).toBe('RCC');
  });
});

describe('displayOrientation', () => {
  const turned = (side: 'L' | 'R', row: string, column: string) => {
    const { transpose, flipHorizontal, flipVertical } = displayOrientation(
      testHeader({ side, patientOrientation: [row, column] }),
    );
    return [transpose, flipHorizontal, flipVertical];
  };
  it.each([
    ['L', 'A', 'R', [false, false, false]],
    ['R', 'P', 'L', [false, false, false]],
    ['L', 'A', 'FR', [false, false, false]],
    ['R', 'P', 'FL', [false, false, false]],
    ['R', 'A', 'L', [false, true, false]],
    ['L', 'P', 'FR', [false, true, false]],
    ['L', 'A', 'L', [false, false, true]],
    ['R', 'P', 'HR', [false, false, true]],
    ['R', 'A', 'HR', [false, true, true]],
    ['L', 'PR', 'FR', [false, true, false]],
    ['R', 'P', 'F', [false, false, false]],
    ['L', 'R', 'A', [true, false, false]],
    ['R', 'L', 'A', [true, true, false]],
  ] as const)('side %s, rows to %s, columns to %s', (side, row, column, wanted) => {
    expect(turned(side, row, column)).toEqual(wanted);
  });

  it('shows as stored where the file does not say', () => {
    const asStored = { transpose: false, flipHorizontal: false, flipVertical: false };
    for (const header of [
      testHeader({ patientOrientation: undefined }),
      testHeader({ side: undefined, patientOrientation: ['P', 'L'] }),
      testHeader({ patientOrientation: ['L', 'F'] }),
    ])
      expect(displayOrientation(header)).toEqual({ ...asStored, source: 'none' });
  });
});
