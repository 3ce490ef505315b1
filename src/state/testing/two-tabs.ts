import type { OtherTabs } from '../../ports/storage.ts';

/** Two tabs that hear each other at once. */
export const twoTabs = <T>(): readonly [OtherTabs<T>, OtherTabs<T>] => {
  const listeners: ((told: T) => void)[][] = [[], []];
  const tab = (own: 0 | 1): OtherTabs<T> => ({
    tell: (told) => listeners[1 - own]?.forEach((listener) => listener(told)),
    onTold: (listener) => void listeners[own]?.push(listener),
  });
  return [tab(0), tab(1)];
};
