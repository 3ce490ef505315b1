import type { ViewportEngine } from '../ui/viewer/viewport-port.ts';
import type { ImageRegistry } from './image-registry.ts';

/** Cornerstone is large and not needed on the start screen: it comes with the first image. */
const build = async (registry: ImageRegistry): Promise<ViewportEngine> => {
  const { createViewportEngine } =
    await import('../adapters/cornerstone/create-viewport-engine.ts');
  const engine = await createViewportEngine();
  registry.forEach((sopInstanceUid, { image }) => engine.addImage({ sopInstanceUid }, image));
  return engine;
};

export interface Viewer {
  /** The one engine of the page. A failed start is forgotten, so that the next call tries again. */
  engine(): Promise<ViewportEngine>;
  /** Tells a running engine of an image that was just registered. */
  added(sopInstanceUid: string): void;
  removed(sopInstanceUid: string): void;
}

/** Keeps the display engine in step with the registered images. */
export const createViewer = (registry: ImageRegistry): Viewer => {
  let starting: Promise<ViewportEngine> | undefined;
  let running: ViewportEngine | undefined;
  return {
    engine: () => {
      starting ??= build(registry).then(
        (engine) => (running = engine),
        (error: unknown) => {
          starting = undefined;
          throw error;
        },
      );
      return starting;
    },
    added: (sopInstanceUid) => {
      const pixels = registry.get(sopInstanceUid);
      if (pixels) running?.addImage({ sopInstanceUid }, pixels.image);
    },
    removed: (sopInstanceUid) => running?.removeImage(sopInstanceUid),
  };
};
