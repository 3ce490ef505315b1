/** Inputs that take no letters. */
const WITHOUT_TEXT = ['range', 'checkbox', 'radio', 'button', 'file'];

/** The tag of an element, of whichever window it is; '' of anything else. */
export const tagOf = (target: EventTarget | null): string =>
  (target as Partial<HTMLElement> | null)?.tagName ?? '';

/** Whether letters belong to what has the focus, and shortcuts have to wait. */
export const isTyping = (target: EventTarget | null): boolean => {
  const tag = tagOf(target);
  if (tag === 'INPUT') return !WITHOUT_TEXT.includes((target as HTMLInputElement).type);
  return tag === 'SELECT' || tag === 'TEXTAREA';
};
