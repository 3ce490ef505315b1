import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import { message, type Message } from '../message/message.ts';

/**
 * Why an image takes no mark of a lesion; undefined where it takes them. Asked by all that makes a mark
 * of a lesion on an image, whoever proposed it: a mark has no slice, and slices are not scored.
 */
export const refusalOfMarks = ({
  numberOfFrames,
}: Pick<MammogramHeader, 'numberOfFrames'>): Message | undefined =>
  numberOfFrames > 1 ? message('mark.volume') : undefined;
