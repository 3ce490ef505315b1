import type { Words } from '../../commands/command.ts';
import type { Message } from '../../core/message/message.ts';
import { say } from '../../i18n/phrases/text.ts';

/** What a command says, in the reader's language. */
export const inWords = (words: Words): string =>
  say(typeof words === 'string' ? ({ code: words, values: {} } as Message) : words);
