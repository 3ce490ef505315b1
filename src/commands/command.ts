/** One thing that the reader can ask for: by key, or by name from the command palette. */
export interface Command {
  /** Unique among the commands on offer, e.g. `viewer.invert`. */
  readonly id: string;
  /** Heading that it stands under in the list of shortcuts; translated. */
  readonly group: string;
  /** What it does, as said on a button; translated. */
  readonly title: string;
  /** Keys as in `keyOf`; any of them will do. */
  readonly keys?: readonly string[];
  readonly run: () => void;
  /** For what lasts as long as the key is held. */
  readonly release?: () => void;
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * A key press in words: "W", "Ctrl+Z", "Ctrl+Shift+Z", "Shift+ArrowLeft", "?". Command counts as
 * Ctrl. Shift is named with letters and named keys only: of other characters it is part.
 */
export const keyOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string => {
  const name = key.length === 1 ? key.toUpperCase() : key;
  const withShift = shiftKey && (key.length > 1 || /[A-Z]/.test(name));
  return [
    ctrlKey || metaKey ? 'Ctrl+' : '',
    altKey ? 'Alt+' : '',
    withShift ? 'Shift+' : '',
    name === ' ' ? 'Space' : name,
  ].join('');
};
