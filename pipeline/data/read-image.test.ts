import { expect, it } from 'vitest';
import { mammogramFile } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { decodeImage } from './read-image.ts';

type Changes = Parameters<typeof mammogramFile>[0];
const reasonOf = async (changes: Changes): Promise<string> => {
  const read = await decodeImage(mammogramFile(changes), 'x.dcm', undefined);
  return read.ok ? '' : read.error;
};

it('refuses what has no score on screen, with the same words', async () => {
  const type = (...values: string[]): Changes => ({
    '00080008': ['CS', ['DERIVED', 'PRIMARY', ...values].join('\\')],
  });
  expect(await reasonOf(type('', 'RECOMBINED'))).toMatch(/x\.dcm is not scored: Recombined image/);
  expect(await reasonOf(type('TOMO', 'NONE'))).toMatch(/not scored: Slice or projection/);
  expect(await reasonOf({ '00080068': ['CS', 'FOR PROCESSING'] })).toMatch(/not scored: Raw/);
});

it('takes mammograms, and the table’s word for side and view', async () => {
  expect(await reasonOf({})).toBe('');
  expect(await reasonOf({ '00200060': ['CS', 'R'] })).toBe('');
});
