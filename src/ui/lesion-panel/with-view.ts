import { t, tMessage } from '../../i18n/phrases/text.ts';

/** A sentence of core with the view that it speaks of, where it is of one. */
export const withView = ({
  view,
  text,
}: {
  readonly view?: string | undefined;
  readonly text: string;
}): string =>
  view === undefined ? tMessage(text) : t('{view}: {text}', { view, text: tMessage(text) });
