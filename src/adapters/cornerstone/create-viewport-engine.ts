import {
  cache,
  Enums,
  eventTarget,
  getShouldUseCPURendering,
  init,
  RenderingEngine,
  setCanvasCreator,
} from '@cornerstonejs/core';
import { init as initTools } from '@cornerstonejs/tools';
import { onPlainContexts, opaqueCanvas } from './draw-opaque.ts';
import { dropImage, putImage, registerLoader } from './image-loader.ts';
import { registerTools } from './tools.ts';
import { StackView } from './viewport-handle.ts';
import type { ViewportEngine } from '../../ports/display.ts';

let ready = false;
let engines = 0;

const prepare = () => {
  if (ready) return;
  // Views are drawn one after the other: contexts of their own would each keep buffers and shaders.
  init({ rendering: { webGlContextCount: 1 } } as Parameters<typeof init>[0]);
  setCanvasCreator(opaqueCanvas);
  initTools();
  registerLoader();
  registerTools();
  ready = true;
};

/** Builds the display of mammograms on Cornerstone3D stack viewports; without WebGL 2 the processor draws. */
export const createViewportEngine = async (): Promise<ViewportEngine<HTMLDivElement>> => {
  prepare();
  const id = `mammograms-${++engines}`;
  const engine = onPlainContexts(() => new RenderingEngine(id));
  const views = new Set<StackView>();
  const added = new Set<string>();
  let made = 0;

  const lost = new Set<() => void>();
  const onContextLost = (event: Event) => {
    if ((event as CustomEvent<{ renderingEngineId: string }>).detail.renderingEngineId !== id)
      return;
    eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, onContextLost);
    lost.forEach((callback) => callback());
  };
  eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, onContextLost);

  // Cornerstone resizes every view of an engine at once and moves their cameras while it does.
  const resize = () => {
    views.forEach((view) => view.hold());
    engine.resize(true, true);
    views.forEach((view) => view.release());
    views.forEach((view) => view.afterResize());
  };

  return {
    addImage: ({ sopInstanceUid }, image, values, tissueVoi) => {
      added.add(sopInstanceUid);
      putImage(sopInstanceUid, image, values, tissueVoi);
    },
    removeImage: (sop) => {
      added.delete(sop);
      dropImage(sop);
    },
    createView: (element) => {
      const view = new StackView(engine, `${id}-view-${++made}`, element, resize, (gone) =>
        views.delete(gone),
      );
      views.add(view);
      return view;
    },
    isSlow: getShouldUseCPURendering(),
    onLost: (callback) => void lost.add(callback),
    cachedBytes: () => cache.getCacheSize(),
    dispose: () => {
      eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, onContextLost);
      [...views].forEach((view) => view.dispose());
      added.forEach(dropImage);
      engine.destroy();
    },
  };
};
