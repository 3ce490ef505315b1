import { expect, it } from 'vitest';
import { hang } from '../display/hanging/hang.ts';
import { testHeader } from './test-header.ts';
import type { MammogramHeader } from './mammogram-header.ts';
import { correctionOf, correctView, isCorrected, viewInFile } from './view-correction.ts';
import { placeOf } from './hanging-place.ts';
import { displayOrientation } from './display-orientation.ts';

it('puts the reader before the file, and says so', () => {
  const read = testHeader({ side: 'L', view: 'CC' });
  const corrected = correctView(read, { side: 'R', view: 'MLO' });
  expect(corrected.laterality).toEqual({
    value: 'R',
    source: 'reader',
    file: { value: 'L', source: 'ImageLaterality' },
  });
  expect(corrected.view).toMatchObject({ value: 'MLO', source: 'reader' });
  expect(isCorrected(corrected)).toBe(true);
  expect({ ...corrected, laterality: read.laterality, view: read.view }).toEqual(read);
});

it('leaves the file its say where both agree or the reader says nothing', () => {
  const read = testHeader({ side: 'L', view: 'CC' });
  expect(correctView(read, {})).toEqual(read);
  expect(isCorrected(correctView(read, { side: 'L', view: 'CC' }))).toBe(false);
  expect(correctView(read, { view: 'ML' }).laterality.source).toBe('ImageLaterality');
});

it('gives back what the reader set, and nothing that the file says as well', () => {
  const read = testHeader({ side: 'L', view: 'CC' });
  expect(correctionOf(correctView(read, { side: 'R', view: 'CC' }))).toEqual({ side: 'R' });
  expect(correctionOf(read)).toEqual({});
});

it('fills in what a file lacks, and hanging follows', () => {
  const read = testHeader({ side: undefined, view: undefined, patientOrientation: ['A', 'L'] });
  expect(placeOf(read)).toBeUndefined();
  const header = correctView(read, { side: 'R', view: 'MLO' });
  expect(hang([{ header }]).places.RMLO).toHaveLength(1);
  // A right breast whose rows run to anterior is stored mirrored: chest wall to the wrong side.
  expect(displayOrientation(header).flipHorizontal).toBe(true);
});

it('takes the word of the reader for the file’s own value where sources disagree', () => {
  const read: MammogramHeader = {
    ...testHeader({ view: 'CC', patientOrientation: ['P', 'L'] }),
    laterality: {
      value: 'L',
      source: 'ImageLaterality',
      against: [{ value: 'R', source: 'PatientOrientation' }],
    },
  };
  expect([placeOf(read), displayOrientation(read).source]).toEqual([undefined, 'none']);
  const settled = correctView(read, { side: 'L' });
  expect(isCorrected(settled)).toBe(true);
  expect([placeOf(settled), displayOrientation(settled).source]).toEqual([
    'LCC',
    'PatientOrientation',
  ]);
  expect(viewInFile(settled)).toBe('L/R? CC');
});
