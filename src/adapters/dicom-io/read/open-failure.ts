import type { Message } from '../../../core/message/message.ts';

/** One file that was not opened, and why. */
export interface OpenFailure {
  readonly fileName: string;
  readonly reason: Message;
  /** Of a slice of tomosynthesis that came by itself: SeriesInstanceUID, by which it finds the others. */
  readonly series?: string;
}
