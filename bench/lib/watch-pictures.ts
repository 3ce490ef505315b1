/** Milliseconds from the reader's act to the first picture, and to four pictures on screen. */
export interface Opened {
  readonly first: number;
  readonly all: number;
}

declare global {
  interface Window {
    opened?: Opened;
  }
}

/**
 * Runs in the product's page before its own scripts: notes when pictures stand after the reader gave files,
 * or pressed the button whose label begins with `button`.
 */
export const watchPictures = (button: string | undefined): void => {
  let start = 0;
  let first: number | undefined;
  addEventListener(
    'change',
    (event) => {
      if ((event.target as HTMLInputElement).type === 'file') start = performance.now();
    },
    true,
  );
  addEventListener(
    'click',
    ({ target }) => {
      const label = (target as Element).closest('button')?.getAttribute('aria-label');
      if (button !== undefined && label?.startsWith(button)) start = performance.now();
    },
    true,
  );
  // Cornerstone tells each viewport's element of every picture it has drawn.
  const drawn = new Set<Element>();
  addEventListener(
    'CORNERSTONE_IMAGE_RENDERED',
    (event) => {
      if (start === 0) return;
      drawn.add(event.target as Element);
      first ??= performance.now() - start;
      // Those of a layout that is gone do not count.
      const shown = [...drawn].filter((element) => element.isConnected);
      if (shown.length === 4 && !window.opened)
        window.opened = { first, all: performance.now() - start };
    },
    true,
  );
};
