/**
 * Where the pictures are: in the page, or in a second window of it. One page runs both windows, so its
 * memory, stores and graphics context serve either; only elements move.
 */
type PageWindow = Window & typeof globalThis;

let away: PageWindow | undefined;
const watchers = new Set<() => void>();

/** The window that the pictures are in. */
export const pictureWindow = (): PageWindow => away ?? window;

/** Calls back after the pictures came to another window. */
export const onPicturesMoved = (callback: () => void): (() => void) => {
  watchers.add(callback);
  return () => void watchers.delete(callback);
};

const ownRatio = Object.getOwnPropertyDescriptor(globalThis, 'devicePixelRatio');

/**
 * Says that the pictures are in that window now; undefined: in the page. The display library sizes its
 * canvases by `devicePixelRatio` of the page's window, so while the pictures are elsewhere that answers
 * for the screen that they are on: else 1:1 would not be 1:1 there.
 */
export const picturesMoved = (to: PageWindow | undefined): void => {
  away = to;
  if (to)
    Object.defineProperty(window, 'devicePixelRatio', {
      configurable: true,
      get: () => to.devicePixelRatio,
    });
  else if (ownRatio) Object.defineProperty(window, 'devicePixelRatio', ownRatio);
  watchers.forEach((callback) => callback());
};

type Listeners = { readonly [K in keyof WindowEventMap]?: (event: WindowEventMap[K]) => void };

const listen = (on: Window, listeners: Listeners, capture: boolean): (() => void) => {
  const all = Object.entries(listeners) as [string, EventListener][];
  all.forEach(([type, listener]) => on.addEventListener(type, listener, capture));
  return () => all.forEach(([type, listener]) => on.removeEventListener(type, listener, capture));
};

/** Listens on the page's window, and on the second one whenever there is one. */
export const listenOnWindows = (listeners: Listeners, capture = false): (() => void) => {
  const here = listen(window, listeners, capture);
  let there: (() => void) | undefined;
  const follow = () => {
    there?.();
    there = away && listen(away, listeners, capture);
  };
  follow();
  const stop = onPicturesMoved(follow);
  return () => {
    stop();
    here();
    there?.();
  };
};

/** Calls back when a window has come to a screen with another number of pixels to a CSS pixel. */
const watchRatio = (on: PageWindow, onRatio: () => void): (() => void) => {
  let query: MediaQueryList | undefined;
  const watch = () => {
    query = on.matchMedia?.(`(resolution: ${on.devicePixelRatio}dppx)`);
    query?.addEventListener('change', changed);
  };
  const stop = () => query?.removeEventListener('change', changed);
  const changed = () => {
    stop();
    watch();
    onRatio();
  };
  watch();
  return stop;
};

/**
 * Calls back with every screen that the pictures come to: with their window, or for another window. A window may
 * keep its size in CSS pixels on its way to a screen whose pixels are finer.
 */
export const onPicturesScreen = (callback: () => void): (() => void) => {
  let stopWatching = watchRatio(pictureWindow(), callback);
  const stop = onPicturesMoved(() => {
    stopWatching();
    stopWatching = watchRatio(pictureWindow(), callback);
    callback();
  });
  return () => {
    stop();
    stopWatching();
  };
};

/** Calls back with every size of an element, in whichever window it is: an observer sees its own only. */
export const observeSize = (element: Element, onSize: () => void): (() => void) => {
  let observer: ResizeObserver | undefined;
  const observe = () => {
    observer?.disconnect();
    observer = new (pictureWindow().ResizeObserver)(onSize);
    observer.observe(element);
  };
  observe();
  // A new observer tells the size at once.
  const stop = onPicturesScreen(observe);
  return () => {
    stop();
    observer?.disconnect();
  };
};
