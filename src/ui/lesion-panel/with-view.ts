import type { Message } from '../../core/message/message.ts';
import { say, t } from '../../i18n/phrases/text.ts';

/** A sentence of core with the view that it speaks of, where it is of one. */
export const withView = ({
  view,
  text,
}: {
  readonly view?: string | undefined;
  readonly text: Message;
}): string => (view === undefined ? say(text) : t('{view}: {text}', { view, text: say(text) }));
