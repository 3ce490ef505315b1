import { message } from '../core/message/message.ts';
import type { ViewportEngine } from '../ports/display.ts';
import type { NoticesStore } from '../state/notices-store.ts';
import type { ImageRegistry } from './opening/image-registry.ts';

/** Cornerstone is large and not needed on the start screen. */
const fetchEngine = () => import('../adapters/cornerstone/create-viewport-engine.ts');

const build = async (registry: ImageRegistry): Promise<ViewportEngine<HTMLDivElement>> => {
  const { createViewportEngine } = await fetchEngine();
  const engine = await createViewportEngine();
  registry.forEach((sopInstanceUid, { image, values, tissueVoi }) =>
    engine.addImage({ sopInstanceUid }, image, values, tissueVoi),
  );
  return engine;
};

export interface Viewer {
  /** The one engine of the page. A failed start is forgotten, so that the next call tries again. */
  engine(): Promise<ViewportEngine<HTMLDivElement>>;
  /** Tells a running engine of an image that was just registered. */
  added(sopInstanceUid: string): void;
  removed(sopInstanceUid: string): void;
  /** Bytes of image data that the display holds on to. */
  cachedBytes(): number;
}

/**
 * Keeps the display engine in step with the registered images. Where the processor draws, `onSlow` is
 * told. Where the graphics context is lost, `onLost` is; the next call of `engine` gives a new one, after
 * the old has left.
 */
export const createViewer = (
  registry: ImageRegistry,
  onLost: () => void,
  onSlow: () => void,
): Viewer => {
  let starting: Promise<ViewportEngine<HTMLDivElement>> | undefined;
  let running: ViewportEngine<HTMLDivElement> | undefined;
  /** What the lost engine leaves behind goes first: both draw from one list of images. */
  let leaving = Promise.resolve();
  const started = (engine: ViewportEngine<HTMLDivElement>) => {
    running = engine;
    if (engine.isSlow) onSlow();
    engine.onLost(() => {
      running = starting = undefined;
      leaving = new Promise((resolve) => {
        // The views that are on screen get the time to go by themselves.
        setTimeout(() => {
          engine.dispose();
          resolve();
        });
      });
      onLost();
    });
    return engine;
  };
  return {
    engine: () => {
      starting ??= leaving
        .then(() => build(registry))
        .then(started, (error: unknown) => {
          starting = undefined;
          throw error;
        });
      return starting;
    },
    added: (sopInstanceUid) => {
      const pixels = registry.get(sopInstanceUid);
      if (pixels)
        running?.addImage({ sopInstanceUid }, pixels.image, pixels.values, pixels.tissueVoi);
    },
    removed: (sopInstanceUid) => running?.removeImage(sopInstanceUid),
    cachedBytes: () => running?.cachedBytes() ?? 0,
  };
};

/** The display of the page, and who hears that it was lost. */
export const composeViewer = (registry: ImageRegistry, notices: NoticesStore) => {
  const losses = new EventTarget();
  const viewer = createViewer(
    registry,
    () => {
      notices.getState().tell('display', message('failure.viewer'));
      losses.dispatchEvent(new Event('lost'));
    },
    () => notices.getState().tell('display', message('page.no-webgl')),
  );
  const onViewerLost = (listener: () => void) => {
    losses.addEventListener('lost', listener);
    return () => losses.removeEventListener('lost', listener);
  };
  return { viewer, onViewerLost };
};
