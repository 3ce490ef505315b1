import type { Message } from '../../../core/message/message.ts';

/** One file that was not opened, and why. */
export interface OpenFailure {
  readonly fileName: string;
  readonly reason: Message;
}
