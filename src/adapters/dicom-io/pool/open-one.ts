import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { pictureEvidence } from '../../../core/image/picture-evidence.ts';
import { toThumbnail } from '../../../core/display/thumbnail.ts';
import { breastShape } from '../../../core/image/breast-shape.ts';
import { pixelDigest } from '../../../core/image/pixel-identity.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import { tissueWindow } from '../../../core/display/grey/tissue-window.ts';
import { toWorkingImage, withoutSpacing, workingSize } from '../../../core/image/working-image.ts';
import type { DicomReader } from '../read/dicom-reader.ts';
import type { OpenFailure } from '../read/open-failure.ts';
import type { OpenRequest, OpenResponse } from './worker-protocol.ts';

/** Far above a breast at 0.2 mm (about 2 million points), far below what exhausts a worker. */
const MOST_WORKING = 2 ** 25;

const failed = (fileName: string, code: OpenFailure['code'], reason: string): OpenResponse => ({
  ok: false,
  failure: { fileName, code, reason },
});

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** A server's answer that is of another study, or another object, than was asked of it. */
const answersOtherStudy = (
  { studyInstanceUid, sopInstanceUid }: MammogramHeader,
  expected: OpenRequest['expected'],
): string | undefined => {
  if (!expected) return undefined;
  if (studyInstanceUid !== expected.studyInstanceUid)
    return `The server was asked for study ${expected.studyInstanceUid} and answered with an image of study ${studyInstanceUid}. It was not opened.`;
  return sopInstanceUid === expected.sopInstanceUid
    ? undefined
    : `The server was asked for image ${expected.sopInstanceUid} and answered with image ${sopInstanceUid}. It was not opened.`;
};

/** Opens one file wholly: read, parse, decode, bring to working resolution. Never throws. */
export const openOne = async (
  { path, file, rule, allowance, expected }: OpenRequest,
  read: DicomReader,
): Promise<OpenResponse> => {
  let bytes: Uint8Array;
  try {
    bytes = await bytesOf(file);
  } catch (error) {
    const reason = `The browser could not read the file (${messageOf(error)}).`;
    return failed(path, 'unreadable-file', reason);
  }
  try {
    const result = await read(bytes, path, { allowance });
    if (!result.ok) return { ok: false, failure: result.error };
    const { image: stored, remarks } = result.value;
    const other = answersOtherStudy(result.value.header, expected);
    if (other) return failed(path, 'other-study', other);
    const size = workingSize(stored, rule);
    if (size.width * size.height > MOST_WORKING)
      return failed(
        path,
        'too-large',
        `The file’s pixel spacing or pixel shape would make a picture of ${size.width} × ${size.height} points of what it holds; no mammogram is so large.`,
      );
    const working = toWorkingImage(stored, rule);
    const header = { ...result.value.header, picture: pictureEvidence(working) };
    const isBreast = header.view.value !== 'SPECIMEN';
    const isBelieved = !isBreast || !stored.spacing || working.mmPerPixel !== undefined;
    const image = isBelieved ? stored : withoutSpacing(stored);
    const values = storedValues(image);
    const breast = breastShape(working, image.columns, image.rows);
    const tissueVoi = tissueWindow(image, breast);
    const thumbnail = toThumbnail(working);
    const pictures = { working, thumbnail, breast, tissueVoi, digest: pixelDigest(image) };
    return { ok: true, opened: { path, header, remarks, image, values, ...pictures } };
  } catch (error) {
    const reason =
      error instanceof RangeError
        ? 'There was not enough memory to open the image.'
        : `The image could not be opened (${messageOf(error)}).`;
    return failed(path, 'decoder-crashed', reason);
  }
};

/** The buffers that an answer hands over instead of copying. */
export const transfersOf = (response: OpenResponse): ArrayBuffer[] => {
  if (!response.ok) return [];
  const { image, working, thumbnail } = response.opened;
  const arrays = [image.pixels, working.data, working.breast, thumbnail.grey];
  return arrays.map((array) => array.buffer as ArrayBuffer);
};
