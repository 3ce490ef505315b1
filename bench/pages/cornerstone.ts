import { Enums, init, metaData, RenderingEngine, type Types } from '@cornerstonejs/core';
import { init as initLoader, wadouri } from '@cornerstonejs/dicom-image-loader';
import {
  addTool,
  Enums as ToolEnums,
  init as initTools,
  MagnifyTool,
  PanTool,
  ToolGroupManager,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools';

// What a page that only puts Cornerstone3D together does: its own loader, its own tools, no more.

declare global {
  interface Window {
    /** Shows the files, one a viewport; milliseconds to the first picture and to all. */
    openBare?: (files: FileList) => Promise<{ first: number; all: number }>;
  }
}

const ENGINE = 'bare';

/** Cornerstone's camera is not finite for mammograms, which have no patient position. */
const planeOf = (type: string, imageId: unknown): object | undefined => {
  if (type !== Enums.MetadataModules.IMAGE_PLANE || typeof imageId !== 'string') return undefined;
  const pixel = metaData.get(Enums.MetadataModules.IMAGE_PIXEL, imageId) as
    { rows: number; columns: number } | undefined;
  if (!pixel) return undefined;
  return {
    frameOfReferenceUID: imageId,
    rows: pixel.rows,
    columns: pixel.columns,
    imageOrientationPatient: [1, 0, 0, 0, 1, 0],
    rowCosines: [1, 0, 0],
    columnCosines: [0, 1, 0],
    imagePositionPatient: [0, 0, 0],
    pixelSpacing: [1, 1],
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
  };
};

const prepare = async () => {
  await init();
  initLoader();
  await initTools();
  metaData.addProvider(planeOf, 20_000);
  [WindowLevelTool, PanTool, ZoomTool, MagnifyTool].forEach((tool) => addTool(tool));
};

const withTools = (viewportId: string) => {
  const group = ToolGroupManager.createToolGroup(viewportId);
  if (!group) return;
  const { Primary, Auxiliary, Secondary, Wheel } = ToolEnums.MouseBindings;
  const bind = (name: string, mouseButton: number) => {
    group.addTool(name);
    group.setToolActive(name, { bindings: [{ mouseButton }] });
  };
  bind(WindowLevelTool.toolName, Primary);
  bind(PanTool.toolName, Auxiliary);
  bind(ZoomTool.toolName, Wheel);
  bind(MagnifyTool.toolName, Secondary);
  group.addViewport(viewportId, ENGINE);
};

const rendered = (element: HTMLElement): Promise<void> =>
  new Promise((resolve) =>
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () => resolve(), { once: true }),
  );

const ready = prepare();

window.openBare = async (files) => {
  const start = performance.now();
  await ready;
  const parent = document.getElementById('views') as HTMLElement;
  const engine = new RenderingEngine(ENGINE);
  let first = Number.NaN;
  await Promise.all(
    Array.from(files, async (file, i) => {
      const element = parent.appendChild(document.createElement('div'));
      const viewportId = `bare-${i}`;
      engine.enableElement({ viewportId, type: Enums.ViewportType.STACK, element });
      withTools(viewportId);
      const viewport = engine.getViewport(viewportId) as Types.IStackViewport;
      const drawn = rendered(element);
      await viewport.setStack([wadouri.fileManager.add(file)]);
      viewport.render();
      await drawn;
      if (Number.isNaN(first)) first = performance.now() - start;
    }),
  );
  return { first, all: performance.now() - start };
};

const input = document.getElementById('files') as HTMLInputElement;
input.addEventListener('change', () => {
  if (input.files)
    void window.openBare?.(input.files).then((times) => {
      document.body.dataset['times'] = JSON.stringify(times);
    });
});
