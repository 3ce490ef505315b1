import { expect, it } from 'vitest';
import { correctView, type ViewCorrection } from '../dicom/view-correction.ts';
import { testHeader } from '../dicom/test-header.ts';
import { buildCaseReport } from './build-case-report.ts';
import { correctedText } from './corrected-view.ts';

type Read = Parameters<typeof testHeader>[0];

/** What a report says of an image whose file says `read` and whose reader says `said`. */
const textOf = (read: Read, said: ViewCorrection) => {
  const header = correctView(testHeader(read), said);
  const report = buildCaseReport({
    createdAt: '2026-01-31T12:00:00+01:00',
    program: { name: 'Tandem CADx', version: '0.1.0' },
    images: [{ header, rows: 10, columns: 10, warnings: [] }],
    lesions: [],
  });
  return correctedText(report.images[0]);
};

const LCC: Read = { side: 'L', view: 'CC' };

it.each([
  [LCC, { side: 'R' }, 'Side of RCC set by the reader; the file says LCC.'],
  [LCC, { view: 'MLO' }, 'View of LMLO set by the reader; the file says LCC.'],
  [LCC, { side: 'R', view: 'MLO' }, 'Side and view of RMLO set by the reader; the file says LCC.'],
  [
    { side: undefined, view: 'CC' },
    { side: 'R' },
    'Side of RCC set by the reader; the file says ?CC.',
  ],
  [
    { side: undefined, view: undefined },
    { side: 'R', view: 'CC' },
    'Side and view of RCC set by the reader; the file says nothing.',
  ],
] satisfies [Read, ViewCorrection, string][])('file %j, reader %j', (read, said, text) => {
  expect(textOf(read, said)).toBe(text);
});

it('says nothing where the reader agrees with the file, or said nothing', () => {
  expect(textOf(LCC, { side: 'L', view: 'CC' })).toBeUndefined();
  expect(textOf(LCC, {})).toBeUndefined();
  expect(correctedText(undefined)).toBeUndefined();
});
