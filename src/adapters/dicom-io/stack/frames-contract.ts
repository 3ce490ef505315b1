import type { Message } from '../../../core/message/message.ts';
import type { Result } from '../../../core/message/result.ts';
import type { SlicePicture } from '../../../ports/frames.ts';
import type { SliceRequest } from './decode-slice.ts';

/** What a worker that decodes slices is asked. */
export interface FrameAnswers {
  slice(request: SliceRequest): Result<SlicePicture, Message>;
}
