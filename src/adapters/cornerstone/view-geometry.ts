import { screenAxes, type Turn as Orientation } from '../../core/geometry/screen-axes.ts';
import type { ImageGeometry } from '../../core/image/image-geometry.ts';
import type { CanvasPoint, FitAlign } from '../../ports/display.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

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
  readonly orientation: Orientation;
}

/** What a camera is put from: the view, of which image, on an element of which height. */
export interface Look {
  readonly view: View;
  readonly geometry: ImageGeometry;
  readonly height: number;
}

/** Whether a camera stands the same for both. */
export const sameLook = (a: Look, b: Look): boolean => {
  const [from, to] = [a.view, b.view];
  return (
    a.geometry === b.geometry &&
    a.height === b.height &&
    from.scale === to.scale &&
    from.center.x === to.center.x &&
    from.center.y === to.center.y &&
    from.orientation.transpose === to.orientation.transpose &&
    from.orientation.flipHorizontal === to.orientation.flipHorizontal &&
    from.orientation.flipVertical === to.orientation.flipVertical
  );
};

/**
 * How much wider the canvas is drawn than it is tall: not 1 where its size was rounded to pixels, 1 for a cell that is
 * hidden and has no size.
 */
const stretch = ({ width, height, canvasWidth, canvasHeight }: Screen): number =>
  width > 0 && height > 0 && canvasWidth > 0 && canvasHeight > 0
    ? width / canvasWidth / (height / canvasHeight)
    : 1;

/** CSS pixels along the screen for one world unit. */
const cssPerUnit = (s: Screen, v: View) => ({ x: v.scale * stretch(s), y: v.scale });

export const imageToCanvas = (g: ImageGeometry, s: Screen, v: View, p: ImagePoint): CanvasPoint => {
  const { right, down } = screenAxes(v.orientation);
  const k = cssPerUnit(s, v);
  const dx = (p.x - v.center.x) * g.columnSpacing;
  const dy = (p.y - v.center.y) * g.rowSpacing;
  return {
    x: s.width / 2 + (right.x * dx + right.y * dy) * k.x,
    y: s.height / 2 + (down.x * dx + down.y * dy) * k.y,
  };
};

export const canvasToImage = (g: ImageGeometry, s: Screen, v: View, p: CanvasPoint): ImagePoint => {
  const { right, down } = screenAxes(v.orientation);
  const k = cssPerUnit(s, v);
  const across = (p.x - s.width / 2) / k.x;
  const along = (p.y - s.height / 2) / k.y;
  return {
    x: v.center.x + (right.x * across + down.x * along) / g.columnSpacing,
    y: v.center.y + (right.y * across + down.y * along) / g.rowSpacing,
  };
};

/** Width and height of the picture as it is turned, world units. */
const turnedSize = (g: ImageGeometry, o: Orientation) => {
  const width = g.columns * g.columnSpacing;
  const height = g.rows * g.rowSpacing;
  return o.transpose ? { width: height, height: width } : { width, height };
};

/** CSS pixels per world unit at which the whole image just fits. */
export const fitScale = (g: ImageGeometry, s: Screen, o: Orientation): number => {
  const { width, height } = turnedSize(g, o);
  return Math.min(s.width / width, s.height / height);
};

/** The view that shows the image at that scale, centred, or with one side on the element's edge. */
export const fittedView = (
  g: ImageGeometry,
  s: Screen,
  orientation: Orientation,
  scale: number,
  align: FitAlign,
): View => {
  const { right } = screenAxes(orientation);
  const { width } = turnedSize(g, orientation);
  const free = (s.width / scale / stretch(s) - width) / 2;
  const shift = align === 'center' ? 0 : align === 'left' ? free : -free;
  const center = {
    x: g.columns / 2 + (right.x * shift) / g.columnSpacing,
    y: g.rows / 2 + (right.y * shift) / g.rowSpacing,
  };
  return { center, scale, orientation };
};

/** Scales between which a view may be zoomed. */
export interface ScaleBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Zooms so that the image point under `at` stays there, as far as the bounds allow; a view that is
 * beyond them already may stay, but not go farther.
 */
export const zoomedView = (
  g: ImageGeometry,
  s: Screen,
  v: View,
  factor: number,
  at: CanvasPoint,
  { least, most }: ScaleBounds,
): View => {
  const anchor = canvasToImage(g, s, v, at);
  const wanted = Math.max(v.scale * factor, Math.min(least, v.scale));
  const scaled = { ...v, scale: Math.min(wanted, Math.max(most, v.scale)) };
  const moved = canvasToImage(g, s, scaled, at);
  const center = {
    x: v.center.x + anchor.x - moved.x,
    y: v.center.y + anchor.y - moved.y,
  };
  return { ...scaled, center };
};
