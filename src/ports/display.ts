import type { MammogramImage, Voi } from '../core/image/mammogram-image.ts';
import type { CellKey } from '../core/display/hanging/hanging-layout.ts';
import type { ScreenGrey } from '../core/display/grey/screen-grey.ts';
import type { StoredValues } from '../core/image/stored-values.ts';
import type { Box } from '../core/geometry/box.ts';
import type { SlicePicture } from './frames.ts';
import type { ImagePoint } from '../core/geometry/point.ts';
import type { Turn as Orientation } from '../core/geometry/screen-axes.ts';

/** Tools that draw: they leave the primary mouse button and one finger to the overlays. */
export type DrawingTool = 'mark' | 'distance' | 'ellipse' | 'angle';

/** What the primary mouse button or one finger does. */
export type PrimaryTool = 'window' | 'pan' | 'zoom' | DrawingTool;

/** A point on screen: CSS pixels from the top left corner of the view's element. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

/** Where the image rests in the view when fitted. */
export type FitAlign = 'left' | 'center' | 'right';

export interface FitOptions {
  readonly align?: FitAlign;
  /** CSS pixels per world unit (see ViewportHandle.fitScale); absent: as large as fits. */
  readonly scale?: number;
  /** The stored point in the middle of the view; it goes before `align`. */
  readonly center?: ImagePoint;
}

/** Where a view looks: the stored point in its middle, and CSS pixels per world unit. */
export interface Pose {
  readonly center: ImagePoint;
  readonly scale: number;
}

/** The grey of a view in terms that carry over to an image with other values. */
export interface Grey {
  /** The preset in use by name; null once the reader has changed the window. */
  readonly preset: string | null;
  /** How much darker than the image's first preset, in widths of its window. */
  readonly darker: number;
  /** Width as a multiple of that window's. */
  readonly stretch: number;
  readonly inverted: boolean;
}

export interface ViewState {
  /** SOP Instance UID on show, or null before the first image. */
  readonly sop: string | null;
  /** CSS pixels per stored image column. */
  readonly zoom: number;
  /** The window in modality units; null while a VOI LUT table is in use. */
  readonly window: { readonly center: number; readonly width: number } | null;
  /** Index of the preset in use; null once the reader has changed the window. */
  readonly preset: number | null;
  /** Names of the image's presets: the file's, or one that spans the pixel values. */
  readonly presets: readonly string[];
  readonly inverted: boolean;
  /** Whether the picture on screen is sharpened; stored values never are. */
  readonly sharpened: boolean;
  /** Share of the stored pixels along a side that the picture is drawn from; below 1 where the device takes no larger one. */
  readonly drawnShare: number;
  /** Whether the view still stands as fit() left it; it is then fitted again when resized. */
  readonly fitted: boolean;
}

export interface ViewportHandle {
  /** Shows an image that was added to the engine; throws when it was not. Fits it. */
  show(sop: string, orientation: Orientation): Promise<void>;
  /** Another slice of the volume on show in the place of its pixels; zoom, pan and window stay. */
  showSlice(picture: SlicePicture): void;
  fit(options?: FitOptions): void;
  /** The largest scale at which the whole image fits: CSS pixels per mm, or per column without spacing; 0 while the element is hidden. */
  fitScale(): number;
  /** The view's element, CSS pixels; 0 while it is hidden. */
  size(): { readonly width: number; readonly height: number };
  pose(): Pose;
  /** Looks elsewhere, as the reader does by hand. */
  lookAt(pose: Pose): void;
  zoomBy(factor: number, at?: CanvasPoint): void;
  /** One image column to one device pixel. */
  oneToOne(): void;
  panBy(dx: number, dy: number): void;
  setWindow(center: number, width: number): void;
  setVoiPreset(index: number): void;
  /** Another window or table than the image's own presets. */
  setVoi(voi: Voi): void;
  resetWindow(): void;
  invert(on: boolean): void;
  /** The grey in use; null before the first image. */
  grey(): Grey | null;
  /** Takes the grey of another view over; a preset that this image lacks changes its inversion alone. */
  setGrey(grey: Grey): void;
  sharpen(on: boolean): void;
  /** How the grey on screen is made; null before the first image. */
  screenGrey(): ScreenGrey | null;
  /** The same object until the next change, which may be one that it does not show (a pan). */
  state(): ViewState;
  /** Calls back after every change of the state or of the mapping between image and screen. */
  onChange(callback: () => void): () => void;
  imageToCanvas(point: ImagePoint): CanvasPoint;
  canvasToImage(point: CanvasPoint): ImagePoint;
  setPrimaryTool(tool: PrimaryTool): void;
  /** Call when the element's size may have changed. */
  resize(): void;
  dispose(): void;
}

/** The views of a layout as one: what is asked of them together. */
export interface Stage {
  /** Fits views at one common scale, chest walls inward: those named, else all. */
  fit(only?: (view: ViewportHandle) => boolean): void;
  /** One part of the breast on or back. */
  step(active: CellKey, direction: 1 | -1): void;
  /** Parts that a view alone is led over in at one image pixel to one screen pixel; 0: none is known yet. */
  quadrants(key: CellKey): number;
  /** One image column to one device pixel, about what is pointed at, else the mark, else the breast. */
  oneToOne(active: CellKey, markOn: (sop: string) => ImagePoint | undefined): void;
  /** Readies a zoomed view for being shown alone, about what is pointed at or the mark. */
  centre(active: CellKey, markOn: (sop: string) => ImagePoint | undefined): void;
  /**
   * What is marked in the middle of every view that shows it, at one scale; or back. By default what is
   * selected: a lesion, else a finding. `markOn`: its boxes, by SOP Instance UID, stored pixels.
   */
  toLesion(markOn?: (sop: string) => Box | undefined): void;
  /** Moves views each for itself: none follows another. */
  apart(change: () => void): void;
  /** Fills the screen with the pictures, or gives it back; the browser may refuse. */
  toggleFullScreen(): void;
}

/** Shows images in elements of the page, whose type only the page knows. */
export interface ViewportEngine<Element> {
  /**
   * Registers an image for display, with a window over its breast tissue as a further preset. The
   * pixel array is shared, not copied.
   */
  addImage(
    header: { readonly sopInstanceUid: string },
    image: MammogramImage,
    values: StoredValues,
    tissueVoi?: Voi,
  ): void;
  removeImage(sop: string): void;
  createView(element: Element): ViewportHandle;
  /** Whether the processor draws, because there is no WebGL. The grey is the same. */
  readonly isSlow: boolean;
  /** Calls back once, when the browser took the graphics context away: nothing more can be drawn. */
  onLost(callback: () => void): void;
  /** Bytes of image data that the display holds on to, for leak tests. */
  cachedBytes(): number;
  dispose(): void;
}
