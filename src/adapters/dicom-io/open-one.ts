import { toThumbnail } from '../../core/image/thumbnail.ts';
import { breastShape } from '../../core/image/breast-shape.ts';
import { pixelDigest } from '../../core/image/pixel-identity.ts';
import { storedValues } from '../../core/image/stored-values.ts';
import { tissueWindow } from '../../core/image/tissue-window.ts';
import { toWorkingImage } from '../../core/image/working-image.ts';
import type { DicomReader } from './dicom-reader.ts';
import type { OpenFailure } from './open-failure.ts';
import type { OpenRequest, OpenResponse } from './worker-protocol.ts';

const failed = (fileName: string, code: OpenFailure['code'], reason: string): OpenResponse => ({
  ok: false,
  failure: { fileName, code, reason },
});

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** Opens one file wholly: read, parse, decode, bring to working resolution. Never throws. */
export const openOne = async (
  { path, file, rule }: OpenRequest,
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
    const result = await read(bytes, path);
    if (!result.ok) return { ok: false, failure: result.error };
    const { header, image } = result.value;
    const values = storedValues(image);
    const working = toWorkingImage(image, rule);
    const breast = breastShape(working, image.columns, image.rows);
    const tissueVoi = tissueWindow(image, breast);
    const thumbnail = toThumbnail(image);
    const pictures = { working, thumbnail, breast, tissueVoi, digest: pixelDigest(image) };
    return { ok: true, opened: { path, header, image, values, ...pictures } };
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
