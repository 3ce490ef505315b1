import { shortCode } from '../../../core/message/shortened.ts';
import { reasonOf } from '../../../core/message/failure.ts';
import { message, type Message } from '../../../core/message/message.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { workingSize } from '../../../core/image/working-image.ts';
import { err, ok, type Result } from '../../../core/message/result.ts';
import type { DicomReader, ReadMammogram } from '../read/dicom-reader.ts';
import type { OpenFailure } from '../read/open-failure.ts';
import { ONE_SLICE, PLACEHOLDER, type ReadStack, type StackReader } from '../stack/read-stack.ts';
import { type Handlers, handingOver } from '../../../workers/protocol.ts';
import { picturesOf, practise } from './pictures-of.ts';
import type { FileOpening, OpenRequest, OpenResponse } from './worker-protocol.ts';

/** Far above a breast at 0.2 mm (about 2 million points), far below what exhausts a worker. */
const MOST_WORKING = 2 ** 25;

const failed = (fileName: string, reason: Message): OpenResponse => ({
  ok: false,
  failure: { fileName, reason },
});

/** Larger than any two-dimensional mammogram, small enough for one buffer: 1 GiB. */
const LARGEST_FILE = 2 ** 30;

/** A picture, or a volume, of which only the slice that is looked at is ever read. */
const readFile = async (
  { path, file, slices, allowance }: OpenRequest,
  read: DicomReader,
  readStack: StackReader | undefined,
): Promise<Result<ReadMammogram & Partial<ReadStack>, OpenFailure>> => {
  const volume = slices
    ? await readStack?.series([file, ...slices], { allowance })
    : await readStack?.volume(file, { allowance });
  if (volume) return volume.ok ? volume : err({ fileName: path, reason: volume.error });
  if (file.size > LARGEST_FILE) return err({ fileName: path, reason: message('file.too-large') });
  const picture = await read(new Uint8Array(await file.arrayBuffer()), path, { allowance });
  if (picture.ok) return picture;
  if (picture.error.reason.code === PLACEHOLDER) {
    const behind = await readStack?.behindPlaceholder(file, { allowance });
    return behind ? ok(behind) : picture;
  }
  if (picture.error.reason.code !== ONE_SLICE) return picture;
  const series = await readStack?.seriesOf(file, { allowance });
  return err({ ...picture.error, ...(series && { series }) });
};

/** A server's answer that is of another study, or another object, than was asked of it. */
const answersOtherStudy = (
  { studyInstanceUid, sopInstanceUid }: MammogramHeader,
  expected: OpenRequest['expected'],
): Message | undefined => {
  if (!expected) return undefined;
  const [study, object] = [expected.studyInstanceUid, expected.sopInstanceUid];
  if (studyInstanceUid !== study)
    return message('file.other-study', { asked: study, got: shortCode(studyInstanceUid) });
  return sopInstanceUid === object
    ? undefined
    : message('file.other-image', { asked: object, got: shortCode(sopInstanceUid) });
};

/** Opens one file: read, parse, decode, bring to working resolution. Never throws. */
export const openOne = async (
  request: OpenRequest,
  read: DicomReader,
  readStack?: StackReader,
): Promise<OpenResponse> => {
  const { path, rule, expected } = request;
  try {
    const result = await readFile(request, read, readStack);
    if (!result.ok) return { ok: false, failure: result.error };
    const { image: stored, overlays, remarks, stack } = result.value;
    const other = answersOtherStudy(result.value.header, expected);
    if (other) return failed(path, other);
    const size = workingSize(stored, rule);
    if (size.width * size.height > MOST_WORKING)
      return failed(path, message('file.too-large.working', size));
    const isBreast = result.value.header.view.value !== 'SPECIMEN';
    const { picture, said, ...pictures } = picturesOf(stored, rule, isBreast);
    const header = { ...result.value.header, picture };
    const volume = stack && { stack };
    const opened = { path, header, overlays, ...pictures, ...volume };
    return { ok: true, opened: { ...opened, remarks: [...remarks, ...said] } };
  } catch (error) {
    if (error instanceof DOMException)
      return failed(path, message('file.unreadable-file', { reason: reasonOf(error) }));
    return failed(
      path,
      error instanceof RangeError
        ? message('file.decoder-crashed.memory')
        : message('file.decoder-crashed.reason', { reason: reasonOf(error) }),
    );
  }
};

/** The buffers that an answer hands over instead of copying. */
const transfersOf = (response: OpenResponse): ArrayBuffer[] => {
  if (!response.ok) return [];
  const { image, working, thumbnail } = response.opened;
  const arrays = [image.pixels, working.data, working.breast, thumbnail.grey];
  return arrays.map((array) => array.buffer as ArrayBuffer);
};

/** The worker's side of the pool. */
export const answerFiles = (read: DicomReader, readStack?: StackReader): Handlers<FileOpening> => ({
  open: async (request) => {
    const response = await openOne(request, read, readStack);
    return handingOver(response, transfersOf(response));
  },
  practise,
});
