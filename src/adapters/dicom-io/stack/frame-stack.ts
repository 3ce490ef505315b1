// What the page asks the workers with: no reader and no decoder, so that neither is fetched before a file.
import type { FrameCoding } from '../decode/decode-frame.ts';
import type { readGreyRules } from '../read/grey-rules.ts';
import type { PixelFormat } from '../read/pixel-format.ts';
import type { ImageFrame, SliceRequest } from './decode-slice.ts';
import type { FrameIndex } from './frame-index.ts';

/** A volume that is open: its file, where the frames lie in it, and how each becomes a picture. */
export interface FrameStack extends FrameIndex {
  readonly file: Blob;
  readonly inWords: boolean;
  readonly format: PixelFormat;
  readonly coding: FrameCoding;
  /** Whether the header says that it was compressed lossily. */
  readonly wasLossy: boolean;
  /** What all frames share; their grey rules are those of the middle one. */
  readonly frame: ImageFrame;
  /** The grey rules of each frame; empty where all have the same. */
  readonly rules: readonly ReturnType<typeof readGreyRules>['rules'][];
}

/** What a worker needs to decode one frame of it. */
export const frameRequest = (
  { file, frames, encapsulated, inWords, format, coding, wasLossy, frame, rules }: FrameStack,
  index: number,
  allowance: number,
): SliceRequest => ({
  ...{ file, encapsulated, inWords, format, coding, wasLossy, allowance },
  parts: frames[index] ?? [],
  frame: rules[index] ? { ...frame, ...rules[index] } : frame,
});
