import { reasonOf } from '../../../core/message/failure.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { pictureEvidence } from '../../../core/image/picture-evidence.ts';
import { toThumbnail } from '../../../core/display/thumbnail.ts';
import { breastShape } from '../../../core/image/breast-shape.ts';
import { pixelDigest } from '../../../core/image/pixel-identity.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import { tissueWindow } from '../../../core/display/grey/tissue-window.ts';
import { toWorkingImage, withoutSpacing, workingSize } from '../../../core/image/working-image.ts';
import type { DicomReader } from '../read/dicom-reader.ts';
import type { OpenRequest, OpenResponse } from './worker-protocol.ts';

/** Far above a breast at 0.2 mm (about 2 million points), far below what exhausts a worker. */
const MOST_WORKING = 2 ** 25;

const failed = (fileName: string, reason: Message): OpenResponse => ({
  ok: false,
  failure: { fileName, reason },
});

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** A server's answer that is of another study, or another object, than was asked of it. */
const answersOtherStudy = (
  { studyInstanceUid, sopInstanceUid }: MammogramHeader,
  expected: OpenRequest['expected'],
): Message | undefined => {
  if (!expected) return undefined;
  const [study, object] = [expected.studyInstanceUid, expected.sopInstanceUid];
  if (studyInstanceUid !== study)
    return message('file.other-study', { asked: study, got: studyInstanceUid });
  return sopInstanceUid === object
    ? undefined
    : message('file.other-image', { asked: object, got: sopInstanceUid });
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
    return failed(path, message('file.unreadable-file', { reason: reasonOf(error) }));
  }
  try {
    const result = await read(bytes, path, { allowance });
    if (!result.ok) return { ok: false, failure: result.error };
    const { image: stored, overlays, remarks } = result.value;
    const other = answersOtherStudy(result.value.header, expected);
    if (other) return failed(path, other);
    const size = workingSize(stored, rule);
    if (size.width * size.height > MOST_WORKING)
      return failed(path, message('file.too-large.working', size));
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
    return { ok: true, opened: { path, header, remarks, image, overlays, values, ...pictures } };
  } catch (error) {
    return failed(
      path,
      error instanceof RangeError
        ? message('file.decoder-crashed.memory')
        : message('file.decoder-crashed.reason', { reason: reasonOf(error) }),
    );
  }
};

/** The buffers that an answer hands over instead of copying. */
export const transfersOf = (response: OpenResponse): ArrayBuffer[] => {
  if (!response.ok) return [];
  const { image, working, thumbnail } = response.opened;
  const arrays = [image.pixels, working.data, working.breast, thumbnail.grey];
  return arrays.map((array) => array.buffer as ArrayBuffer);
};
