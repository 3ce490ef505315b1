import { Enums, type Types } from '@cornerstonejs/core';
import { sampleStored, type Along } from '../../core/display/grey/sample-stored.ts';
import { screenAxes } from '../../core/geometry/screen-axes.ts';
import type { GreyTable } from './grey-table.ts';
import type { LoadedImage } from './image-loader.ts';
import { sharpened } from './sharpening.ts';
import { canvasToImage, imageToCanvas, type Screen, type View } from './view-geometry.ts';

/** What a view shows. */
export interface ProcessorPicture {
  readonly loaded: LoadedImage;
  readonly view: View;
  readonly screen: Screen;
  readonly table: GreyTable;
  readonly sharpened: boolean;
}

/** How the pixels of the canvas lie on the stored image. */
const samplingOf = ({ loaded, view, screen }: ProcessorPicture) => {
  const { geometry } = loaded;
  const { canvasWidth: width, canvasHeight: height } = screen;
  const { right } = screenAxes(view.orientation);
  const transpose = right.x === 0;
  const at = (x: number, y: number) =>
    canvasToImage(geometry, screen, view, {
      x: ((x + 0.5) * screen.width) / width,
      y: ((y + 0.5) * screen.height) / height,
    });
  const [first, next, below] = [at(0, 0), at(1, 0), at(0, 1)];
  const along = (from: number, to: number): Along => ({ at: from, step: to - from });
  return transpose
    ? { width, height, transpose, across: along(first.y, next.y), down: along(first.x, below.x) }
    : { width, height, transpose, across: along(first.x, next.x), down: along(first.y, below.y) };
};

/** Grey of 0 to 255 of values by the table, linear between its entries; black beside the image. */
const greyOfValues = (values: Float32Array, { low, step, values: table }: GreyTable) => {
  const last = table.length - 1;
  const grey = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const place = ((values[i] as number) - low) / step;
    if (Number.isNaN(place)) continue;
    const at = Math.min(Math.max(place, 0), last);
    const below = Math.floor(at);
    const [a, b] = [table[below] as number, table[Math.min(below + 1, last)] as number];
    grey[i] = 255 * (a + (b - a) * (at - below));
  }
  return grey;
};

/** Draws views without a graphics card; keeps what was sampled while only the grey changes. */
const createDrawing = (canvas: HTMLCanvasElement) => {
  let sampled: { key: string; image: unknown; values: Float32Array } | undefined;
  const valuesOf = (picture: ProcessorPicture) => {
    const { image } = picture.loaded;
    const sampling = samplingOf(picture);
    const key = JSON.stringify(sampling);
    if (sampled?.key !== key || sampled.image !== image)
      sampled = { key, image, values: sampleStored(image, sampling) };
    return sampled.values;
  };
  return (picture: ProcessorPicture | null) => {
    const context = canvas.getContext('2d');
    if (!context || canvas.width === 0 || canvas.height === 0) return;
    const data = new ImageData(canvas.width, canvas.height);
    if (picture) {
      const plain = greyOfValues(valuesOf(picture), picture.table);
      const grey = picture.sharpened ? sharpened(plain, canvas.width, canvas.height) : plain;
      for (let i = 0; i < grey.length; i++) data.data.fill(grey[i] as number, 4 * i, 4 * i + 3);
    }
    for (let i = 3; i < data.data.length; i += 4) data.data[i] = 255;
    context.putImageData(data, 0, 0);
  };
};

/** What of the vendor's viewport is replaced. */
type Replaced = Types.IStackViewport & {
  sWidth: number;
  sHeight: number;
  readonly viewportStatus: unknown;
};

/**
 * Has a viewport draw with the processor, from stored values and the same table of grey as the graphics
 * card. The vendor's own way without WebGL knows no table, and a camera of another kind; here the camera
 * is the one that its tools move on a graphics card, too.
 */
export const useProcessor = (
  viewport: Types.IStackViewport,
  where: () => {
    readonly loaded: LoadedImage;
    readonly screen: Screen;
    readonly view: View;
  } | null,
  picture: () => ProcessorPicture | null,
): void => {
  const { canvas, element, id: viewportId, renderingEngineId } = viewport;
  const draw = createDrawing(canvas);
  let camera: Types.ICamera = { parallelProjection: true };
  const takeSize = () => {
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    Object.assign(viewport, { sWidth: canvas.width, sHeight: canvas.height });
  };
  Object.assign(viewport, {
    getCamera: () => ({ ...camera }),
    setCamera: (change: Types.ICamera) => {
      const previousCamera = camera;
      camera = { ...camera, ...change };
      // The tools read from it which viewport moved.
      const detail = { previousCamera, camera, element, viewportId, renderingEngineId };
      element.dispatchEvent(new CustomEvent(Enums.Events.CAMERA_MODIFIED, { detail }));
      viewport.render();
    },
    canvasToWorld: ([x, y]: Types.Point2): Types.Point3 => {
      const now = where();
      if (!now) return [x, y, 0];
      const { geometry } = now.loaded;
      const point = canvasToImage(geometry, now.screen, now.view, { x, y });
      return [(point.x - 0.5) * geometry.columnSpacing, (point.y - 0.5) * geometry.rowSpacing, 0];
    },
    worldToCanvas: ([x, y]: Types.Point3): Types.Point2 => {
      const now = where();
      if (!now) return [x, y];
      const { geometry } = now.loaded;
      const point = { x: x / geometry.columnSpacing + 0.5, y: y / geometry.rowSpacing + 0.5 };
      const on = imageToCanvas(geometry, now.screen, now.view, point);
      return [on.x, on.y];
    },
    getImageData: () => undefined,
    resizeForRenderingEngine: takeSize,
    customRenderViewportToCanvas: () => {
      draw(picture());
      const { viewportStatus } = viewport as Replaced;
      return { element, canvas, viewportId, renderingEngineId, viewportStatus };
    },
  });
  takeSize();
};
