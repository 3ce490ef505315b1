/**
 * A mammogram fills its rectangle: no edge of it needs smoothing, nothing lies before or behind it, and
 * nothing shines through. By default each pixel has four samples, a depth and an opacity, and is blended
 * twice on its way to the screen.
 */
const PLAIN: WebGLContextAttributes = { antialias: false, depth: false, alpha: false };

/**
 * Has what `make` makes draw on such contexts. vtk makes its context with its window, and asks nobody how:
 * so that it is asked of the canvas, for as long.
 */
export const onPlainContexts = <T>(make: () => T): T => {
  const canvases = HTMLCanvasElement.prototype;
  const ask = canvases.getContext as (this: unknown, ...asked: unknown[]) => unknown;
  const askPlainly = function (this: unknown, kind: string, options?: object) {
    return ask.call(this, kind, kind === 'webgl2' ? { ...options, ...PLAIN } : options);
  };
  Object.assign(canvases, { getContext: askPlainly });
  try {
    return make();
  } finally {
    Object.assign(canvases, { getContext: ask });
  }
};

/** A canvas for the page on which nothing under it shows. */
export const opaqueCanvas = (): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d', { alpha: false });
  return canvas;
};
