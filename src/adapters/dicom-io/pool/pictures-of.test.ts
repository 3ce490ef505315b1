import { expect, it } from 'vitest';
import { testHeader } from '../../../core/dicom/test-header.ts';
import { outOfScopeReasons } from '../../../core/lesion/scope.ts';
import { BREAST_SIZE, breastFile, breastPixels } from '../fixtures/breast.ts';
import { readDicom } from '../read/read-dicom.ts';
import { picturesOf } from './pictures-of.ts';

const RULE = { mmPerPixel: 0.2, rowsWithoutSpacing: 160, lowPercentile: 2, highPercentile: 99.5 };
const reversed = breastPixels().map((value) => 4095 - value);

const codesOf = async (pixels: readonly number[], photometric: string, isBreast = true) => {
  const file = breastFile(pixels, { '00280004': ['CS', photometric] });
  const read = await readDicom(file, 'x.dcm');
  if (!read.ok) throw new Error(read.error.reason.code);
  const { image } = picturesOf(read.value.image, RULE, isBreast);
  expect(image.rows).toBe(BREAST_SIZE.rows);
  return outOfScopeReasons(testHeader({}), image).map(({ code }) => code);
};

it('says at the score that a picture of a breast contradicts its photometric sense', async () => {
  expect(await codesOf(breastPixels(), 'MONOCHROME2')).not.toContain('reversed');
  expect(await codesOf(reversed, 'MONOCHROME1')).not.toContain('reversed');
  expect(await codesOf(reversed, 'MONOCHROME2')).toContain('reversed');
  expect(await codesOf(breastPixels(), 'MONOCHROME1')).toContain('reversed');
  expect(await codesOf(reversed, 'MONOCHROME2', false)).not.toContain('reversed');
});
