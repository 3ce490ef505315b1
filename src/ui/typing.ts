/** Inputs that take no letters. */
const WITHOUT_TEXT = ['range', 'checkbox', 'radio', 'button', 'file'];

/** Whether letters belong to what has the focus, and shortcuts have to wait. */
export const isTyping = (target: EventTarget | null): boolean => {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return target instanceof HTMLElement && ['SELECT', 'TEXTAREA'].includes(target.tagName);
};
