import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { SlabMode } from '../core/image/slab.ts';
import type { StoredValues } from '../core/image/stored-values.ts';
import type { Message } from '../core/message/message.ts';
import type { Result } from '../core/message/result.ts';

/** A slice, or several as one, as a picture that can be shown. */
export interface SlicePicture {
  readonly image: MammogramImage;
  readonly values: StoredValues;
}

/** What is to be seen of a volume: the slice, and how many about it as one picture (1: itself). */
export interface SliceWish {
  /** From 0. */
  readonly index: number;
  readonly slab: { readonly mode: SlabMode; readonly count: number };
}

/** Decodes the slices of open volumes when they are wanted, and keeps what there is room for. */
export interface FramesPort {
  /**
   * The picture that is wished for, or why there is none. Undefined where a later wish for the same
   * volume was fulfilled first, or the volume was closed.
   */
  picture(
    sopInstanceUid: string,
    wish: SliceWish,
  ): Promise<Result<SlicePicture, Message> | undefined>;
  /** The volume is off the screen: nothing more of it is decoded ahead. */
  rest(sopInstanceUid: string): void;
  /** The picture on show is this one: for what looks at its pixels elsewhere. */
  shown(sopInstanceUid: string, image: MammogramImage): void;
  /** Bytes of decoded slices that are kept. */
  keptBytes(): number;
}
