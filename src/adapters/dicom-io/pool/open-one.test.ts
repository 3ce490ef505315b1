import { message } from '../../../core/message/message.ts';
import { expect, it } from 'vitest';
import { mammogramFile } from '../fixtures/build-dicom.ts';
import { openOne } from './open-one.ts';
import { readDicom } from '../read/read-dicom.ts';

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };
/** The file is image 1.2.3 of study 1.2.4. */
const answerTo = (studyInstanceUid: string, sopInstanceUid: string) => {
  const file = new File([mammogramFile() as BlobPart], 'x.dcm');
  const expected = { studyInstanceUid, sopInstanceUid };
  return openOne({ path: 'x.dcm', file, rule, expected, allowance: Infinity }, readDicom);
};

it('opens what was asked for', async () => {
  expect((await answerTo('1.2.4', '1.2.3')).ok).toBe(true);
});

it.each([
  ['1.2.9', '1.2.3', message('file.other-study', { asked: '1.2.9', got: '1.2.4' })],
  ['1.2.4', '1.2.9', message('file.other-image', { asked: '1.2.9', got: '1.2.3' })],
])('refuses another study or image than was asked for: %s %s', async (study, sop, reason) => {
  const answer = await answerTo(study, sop);
  expect(!answer.ok && answer.failure.reason).toEqual(reason);
});
