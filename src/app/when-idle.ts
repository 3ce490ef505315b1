/** Runs something when the page has nothing else to do. Not in Safari: requestIdleCallback. */
export const whenIdle: (run: () => void) => unknown =
  globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1_000));
