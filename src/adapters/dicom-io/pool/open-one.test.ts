import { message } from '../../../core/message/message.ts';
import { expect, it } from 'vitest';
import { ok } from '../../../core/message/result.ts';
import type { DicomReader } from '../read/dicom-reader.ts';
import { mammogramFile } from '../fixtures/build-dicom.ts';
import { breastFile } from '../fixtures/breast.ts';
import { HandedOver } from '../../../workers/protocol.ts';
import { answerFiles, openOne } from './open-one.ts';
import { readDicom, readStack } from '../read/read-dicom.ts';
import { volumeFile } from '../fixtures/build-volume.ts';

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

it('hands pictures over instead of copying them', async () => {
  const file = new File([mammogramFile() as BlobPart], 'x.dcm');
  const given = await answerFiles(readDicom).open({
    path: 'x.dcm',
    file,
    rule,
    allowance: 2 ** 28,
  });
  if (!(given instanceof HandedOver) || !given.value.ok) throw new Error('not opened');
  const { image, working, thumbnail } = given.value.opened;
  for (const { buffer } of [image.pixels, working.data, working.breast, thumbnail.grey])
    expect(given.transfer).toContain(buffer);
});

it('opens a volume by its middle slice, and keeps its file where it is', async () => {
  const file = new File([volumeFile({ rows: 40, columns: 30, frames: 5 }) as BlobPart], 'v.dcm');
  const request = { path: 'v.dcm', file, rule, allowance: 2 ** 28 };
  const answer = await openOne(request, readDicom, readStack);
  if (!answer.ok) throw new Error(answer.failure.reason.code);
  const { header, image, stack } = answer.opened;
  expect([header.kind, header.numberOfFrames, image.pixels.length]).toEqual([
    'tomosynthesis',
    5,
    1200,
  ]);
  expect(stack?.file).toBe(file);
  expect(stack?.frames).toHaveLength(5);
  // Without a reader of volumes, as in the pipeline, there is nothing to score in it.
  const plain = await openOne(request, readDicom);
  expect(!plain.ok && plain.failure.reason).toEqual(message('file.tomosynthesis', { frames: 5 }));
});

it('refuses by its sizes what would make a picture of gigabytes, before it is made', async () => {
  const file = new File([breastFile() as BlobPart], 'x.dcm');
  const stretched: DicomReader = async (bytes, name) => {
    const read = await readDicom(bytes, name);
    if (!read.ok) return read;
    const spacing = { row: 1800, column: 0.2 };
    return ok({ ...read.value, image: { ...read.value.image, spacing, pixelAspect: 9000 } });
  };
  const answer = await openOne({ path: 'x.dcm', file, rule, allowance: Infinity }, stretched);
  expect(!answer.ok && answer.failure.reason.code).toBe('file.too-large.working');
});

it('practises without a file', () => {
  expect(answerFiles(readDicom).practise).not.toThrow();
});
