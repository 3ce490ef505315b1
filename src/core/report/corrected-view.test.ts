import { expect, it } from 'vitest';
import { correctView, type ViewCorrection } from '../dicom/view-correction.ts';
import { testHeader } from '../dicom/test-header.ts';
import { buildCaseReport } from './build-case-report.ts';
import { type Correction, correctionOf } from './corrected-view.ts';

type Read = Parameters<typeof testHeader>[0];

/** What a report says of an image whose file says `read` and whose reader says `said`. */
const reported = (read: Read, said: ViewCorrection) => {
  const header = correctView(testHeader(read), said);
  const report = buildCaseReport({
    createdAt: '2026-01-31T12:00:00+01:00',
    program: { name: 'Tandem CADx', version: '0.1.0' },
    say: ({ code }) => code,
    images: [{ header, rows: 10, columns: 10, warnings: [] }],
    lesions: [],
  });
  return correctionOf(report.images[0]);
};

const LCC: Read = { side: 'L', view: 'CC' };

it.each([
  [LCC, { side: 'R' }, { what: 'side', view: 'RCC', file: 'LCC' }],
  [LCC, { view: 'MLO' }, { what: 'view', view: 'LMLO', file: 'LCC' }],
  [LCC, { side: 'R', view: 'MLO' }, { what: 'both', view: 'RMLO', file: 'LCC' }],
  [{ side: undefined, view: 'CC' }, { side: 'R' }, { what: 'side', view: 'RCC', file: '?CC' }],
  [
    { side: undefined, view: undefined },
    { side: 'R', view: 'CC' },
    { what: 'both', view: 'RCC', file: undefined },
  ],
] satisfies [Read, ViewCorrection, Correction][])(
  'file %j, reader %j',
  (read, said, correction) => {
    expect(reported(read, said)).toEqual(correction);
  },
);

it('says nothing where the reader agrees with the file, or said nothing', () => {
  expect(reported(LCC, { side: 'L', view: 'CC' })).toBeUndefined();
  expect(reported(LCC, {})).toBeUndefined();
  expect(correctionOf(undefined)).toBeUndefined();
});
