import type { CanvasPoint, FitAlign, ImagePoint } from './viewport-port.ts';

/** Size of the image and of its pixels in world units (mm, or columns where spacing is unknown). */
export interface ImageGeometry {
  readonly columns: number;
  readonly rows: number;
  readonly columnSpacing: number;
  readonly rowSpacing: number;
}

/** The view's element in CSS pixels, and the canvas behind it in device pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly canvasWidth: number;
  readonly canvasHeight: number;
}

/** Where the view looks: image point at the centre of the element, and CSS pixels per world unit. */
export interface View {
  readonly center: ImagePoint;
  readonly scale: number;
  readonly flipped: boolean;
}

/** How much wider the canvas is drawn than it is tall: not 1 where its size was rounded to pixels. */
const stretch = (s: Screen): number =>
  s.canvasWidth > 0 && s.canvasHeight > 0
    ? s.width / s.canvasWidth / (s.height / s.canvasHeight)
    : 1;

const cssPerPixel = (g: ImageGeometry, s: Screen, v: View) => ({
  x: v.scale * g.columnSpacing * stretch(s) * (v.flipped ? -1 : 1),
  y: v.scale * g.rowSpacing,
});

export const imageToCanvas = (g: ImageGeometry, s: Screen, v: View, p: ImagePoint): CanvasPoint => {
  const k = cssPerPixel(g, s, v);
  return {
    x: s.width / 2 + (p.x - v.center.x) * k.x,
    y: s.height / 2 + (p.y - v.center.y) * k.y,
  };
};

export const canvasToImage = (g: ImageGeometry, s: Screen, v: View, p: CanvasPoint): ImagePoint => {
  const k = cssPerPixel(g, s, v);
  return {
    x: v.center.x + (p.x - s.width / 2) / k.x,
    y: v.center.y + (p.y - s.height / 2) / k.y,
  };
};

/** CSS pixels per world unit at which the whole image just fits. */
export const fitScale = (g: ImageGeometry, s: Screen): number =>
  Math.min(s.width / (g.columns * g.columnSpacing), s.height / (g.rows * g.rowSpacing));

/** The view that shows the image at that scale, centred, or with one side on the element's edge. */
export const fittedView = (
  g: ImageGeometry,
  s: Screen,
  flipped: boolean,
  scale: number,
  align: FitAlign,
): View => {
  const free = s.width / 2 / (scale * g.columnSpacing);
  const leftmost = align === 'left' ? free : g.columns - free;
  const onScreen = align === 'center' ? g.columns / 2 : leftmost;
  const x = flipped ? g.columns - onScreen : onScreen;
  return { center: { x, y: g.rows / 2 }, scale, flipped };
};

/** Zooms so that the image point under `at` stays there. */
export const zoomedView = (
  g: ImageGeometry,
  s: Screen,
  v: View,
  factor: number,
  at: CanvasPoint,
): View => {
  const anchor = canvasToImage(g, s, v, at);
  const scaled = { ...v, scale: v.scale * factor };
  const moved = canvasToImage(g, s, scaled, at);
  const center = {
    x: v.center.x + anchor.x - moved.x,
    y: v.center.y + anchor.y - moved.y,
  };
  return { ...scaled, center };
};
