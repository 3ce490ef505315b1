const CAPS: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The keys of a shortcut as they are printed on a keyboard: "Ctrl+Escape" is Ctrl and Esc. */
export const keyCaps = (key: string): readonly string[] =>
  key.split(/\+(?=.)/).map((cap) => CAPS[cap] ?? cap);
