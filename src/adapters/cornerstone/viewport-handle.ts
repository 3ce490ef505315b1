import {
  Enums,
  getShouldUseCPURendering,
  type RenderingEngine,
  type Types,
} from '@cornerstonejs/core';
import { screenAxes, type Turn as Orientation } from '../../core/geometry/screen-axes.ts';
import type { Voi } from '../../core/image/mammogram-image.ts';
import type { ScreenGrey } from '../../core/display/grey/screen-grey.ts';
import { imageIdOf, loadedImage, rangeOf, type LoadedImage } from './image-loader.ts';
import { drawnShare } from './drawn-size.ts';
import { greyTable, type GreyTable, hasOtherGrey } from './grey-table.ts';
import { useProcessor } from './processor-viewport.ts';
import { createSharpening, type RenderPass } from './sharpening.ts';
import {
  type ImageDataParts,
  type PixelActor,
  putPixels,
  sharedImageData,
} from './shared-image-data.ts';
import { useStoredTextures, type NodeWindow } from './stored-texture.ts';
import { createViewTools } from './tools.ts';
import { applyGreyTable } from './transfer-function.ts';
import {
  canvasToImage,
  fitScale,
  fittedView,
  imageToCanvas,
  sameLook,
  zoomedView,
  type Look,
  type Screen,
  type View,
} from './view-geometry.ts';
import {
  choiceOfGrey,
  draggedWindow,
  greyOf,
  presetChoice,
  presetName,
  presetsOf,
  windowChoice,
  type VoiChoice,
} from './voi-choice.ts';
import type {
  CanvasPoint,
  FitOptions,
  Grey,
  Pose,
  PrimaryTool,
  ViewportHandle,
  ViewState,
} from '../../ports/display.ts';
import type { SlicePicture } from '../../ports/frames.ts';
import type { StoredRange } from '../../core/image/stored-values.ts';
import type { ImagePoint } from '../../core/geometry/point.ts';

/** Entries of the grey table; every WebGL 2 device in use has textures at least this wide. */
const TABLE_ENTRIES = 8192;
const MAX_DEVICE_PIXELS_PER_COLUMN = 64;

const AS_STORED: Orientation = { transpose: false, flipHorizontal: false, flipVertical: false };

const NOTHING: ViewState = {
  sop: null,
  zoom: 1,
  window: null,
  preset: null,
  presets: [],
  inverted: false,
  sharpened: false,
  drawnShare: 1,
  fitted: false,
};

/** One view: a Cornerstone stack viewport of one image, with its own camera and grey arithmetic. */
export class StackView implements ViewportHandle {
  private readonly viewport: Types.IStackViewport;
  private readonly tools;
  private readonly listeners = new Set<() => void>();
  private loaded: LoadedImage | null = null;
  private sop: string | null = null;
  private asked: string | null = null;
  private view: View = { center: { x: 0, y: 0 }, scale: 1, orientation: AS_STORED };
  private choice: VoiChoice | null = null;
  private inverted = false;
  private sharpening: RenderPass | null = null;
  private sharpened = false;
  /** The grey on show, where the processor draws. */
  private table: GreyTable | null = null;
  private readonly onProcessor = getShouldUseCPURendering();
  /** Longest side of a picture that is drawn pixel by pixel. */
  private largest = Infinity;
  private fitted: FitOptions | null = null;
  private held = 0;
  private tablePending = false;
  private disposed = false;
  private snapshot: ViewState | null = null;
  /**
   * The element as it was when the picture was laid out, CSS pixels. It is not asked again in between:
   * who draws over the picture while the page is on its way to another layout, which may be taken back
   * before the next frame, would draw beside it.
   */
  private laidOut: { readonly width: number; readonly height: number };
  /** What the canvas was last sized for. */
  private sizedFor: string | undefined;
  /** Where the camera was put, as long as nobody else has moved it. */
  private lookedAt: Look | undefined;

  constructor(
    private readonly engine: RenderingEngine,
    private readonly id: string,
    private readonly element: HTMLDivElement,
    private readonly onResize: (view: StackView) => void,
    private readonly onDispose: (view: StackView) => void,
  ) {
    withoutKeyListeners(element, () =>
      engine.enableElement({ viewportId: id, type: Enums.ViewportType.STACK, element }),
    );
    this.viewport = engine.getViewport(id) as Types.IStackViewport;
    this.laidOut = element.getBoundingClientRect();
    if (this.onProcessor) this.drawOnProcessor();
    else {
      this.drawOnGraphics();
      // Its canvas is sized as it is made: sizing it again would have all views drawn again.
      this.sizedFor = this.sizeNow();
    }
    // A click on the picture is no reason to take the focus from where the reader has it.
    element.removeAttribute('tabindex');
    this.tools = createViewTools(id, engine.id, element, this);
    this.tools.setPrimary('window');
    element.addEventListener(Enums.Events.CAMERA_MODIFIED, this.readCamera);
    element.addEventListener('contextmenu', preventDefault);
  }

  async show(sop: string, orientation: Orientation) {
    const loaded = loadedImage(sop);
    if (!loaded) throw new Error(`No image ${sop} was added`);
    this.asked = sop;
    this.hold();
    try {
      if (!this.onProcessor) await this.viewport.setStack([imageIdOf(sop)]);
    } finally {
      this.release();
    }
    if (this.disposed || this.asked !== sop) return;
    this.sop = sop;
    this.loaded = loaded;
    this.choice = presetChoice(loaded, 0);
    this.inverted = false;
    this.view = { ...this.view, orientation };
    this.lookedAt = undefined;
    this.applyTable();
    this.fit();
  }

  showSlice({ image, values }: SlicePicture) {
    const { loaded, choice } = this;
    if (!loaded || !choice) return;
    // One table for all slices seen, so that it is not made anew with each.
    const all = joined(loaded.all, values.all);
    // What spans the values of a volume is that of the slice which stands for it: no slice flickers.
    const next = { ...loaded, image, all, air: values.air };
    const keeps = choice.preset === null || image.voi.length === 0;
    const own = keeps ? choice : presetChoice(next, choice.preset);
    const isOther = all !== loaded.all || own.voi !== choice.voi || hasOtherGrey(loaded, next);
    this.loaded = next;
    this.choice = own;
    const actor = this.onProcessor ? undefined : this.viewport.getDefaultActor()?.actor;
    if (actor) putPixels(actor as unknown as PixelActor, image.pixels, values.all);
    if (isOther) this.applyTable();
    this.viewport.render();
    this.notify();
  }

  fit(options: FitOptions = {}) {
    if (!this.loaded) return;
    this.fitted = options;
    const { geometry } = this.loaded;
    const screen = this.screen();
    if (screen.width === 0 || screen.height === 0) {
      this.notify();
      return;
    }
    const scale = options.scale ?? fitScale(geometry, screen, this.view.orientation);
    const { orientation } = this.view;
    const view = options.center
      ? { center: options.center, scale, orientation }
      : fittedView(geometry, screen, orientation, scale, options.align ?? 'center');
    this.look(view, true);
  }

  fitScale() {
    if (!this.loaded) return 0;
    return fitScale(this.loaded.geometry, this.screen(), this.view.orientation);
  }

  size() {
    const { width, height } = this.screen();
    return { width, height };
  }

  pose(): Pose {
    return { center: this.view.center, scale: this.view.scale };
  }

  lookAt({ center, scale }: Pose) {
    this.look({ ...this.view, center, scale });
  }

  zoomBy(factor: number, at?: CanvasPoint) {
    if (!this.loaded) return;
    const { geometry } = this.loaded;
    const screen = this.screen();
    const bounds = {
      least: this.fitScale() / 4,
      most: MAX_DEVICE_PIXELS_PER_COLUMN / this.dpr() / geometry.columnSpacing,
    };
    const point = at ?? { x: screen.width / 2, y: screen.height / 2 };
    this.look(zoomedView(geometry, screen, this.view, factor, point, bounds));
  }

  oneToOne() {
    if (!this.loaded) return;
    this.zoomBy(1 / (this.dpr() * this.view.scale * this.loaded.geometry.columnSpacing));
  }

  panBy(dx: number, dy: number) {
    const { width, height } = this.screen();
    const center = this.canvasToImage({ x: width / 2 - dx, y: height / 2 - dy });
    this.look({ ...this.view, center });
  }

  setWindow(center: number, width: number) {
    if (this.choice) this.choose(windowChoice(this.choice.voi, center, width));
  }

  setVoiPreset(index: number) {
    if (this.loaded) this.choose(presetChoice(this.loaded, index));
  }

  setVoi(voi: Voi) {
    if (this.loaded) this.choose({ voi, preset: null });
  }

  resetWindow() {
    this.inverted = false;
    this.setVoiPreset(0);
  }

  dragWindow(dx: number, dy: number) {
    if (!this.loaded || !this.choice) return;
    const { image, tissue } = this.loaded;
    const slope = 'slope' in image.modality ? Math.abs(image.modality.slope) : 1;
    const span = (tissue.high - tissue.low) * slope;
    this.choose(draggedWindow(image, span, this.choice.voi, this.inverted, dx, dy));
  }

  invert(on: boolean) {
    this.inverted = on;
    this.refreshTable();
  }

  grey(): Grey | null {
    return this.loaded && this.choice ? greyOf(this.loaded, this.choice, this.inverted) : null;
  }

  setGrey(grey: Grey) {
    if (!this.loaded) return;
    const choice = choiceOfGrey(this.loaded, grey);
    if (choice) this.choice = choice;
    this.invert(grey.inverted);
  }

  sharpen(on: boolean) {
    if (on && !this.onProcessor) this.sharpening ??= createSharpening();
    this.sharpened = on;
    this.viewport.render();
    this.notify();
  }

  screenGrey(): ScreenGrey | null {
    const { loaded, choice, inverted } = this;
    return loaded && choice ? { voi: choice.voi, inverted, air: loaded.air } : null;
  }

  state(): ViewState {
    this.snapshot ??= this.describe();
    return this.snapshot;
  }

  private describe(): ViewState {
    const { loaded, choice } = this;
    if (!loaded || !choice) return NOTHING;
    const { voi, preset } = choice;
    const { columns: width, rows: height } = loaded.image;
    return {
      sop: this.sop,
      zoom: this.view.scale * loaded.geometry.columnSpacing,
      window: voi.kind === 'window' ? { center: voi.center, width: voi.width } : null,
      preset,
      presets: presetsOf(loaded).map(presetName),
      inverted: this.inverted,
      sharpened: this.sharpened,
      drawnShare: drawnShare({ width, height }, this.largest),
      fitted: this.fitted !== null,
    };
  }

  onChange(callback: () => void) {
    this.listeners.add(callback);
    return () => void this.listeners.delete(callback);
  }

  imageToCanvas(point: ImagePoint): CanvasPoint {
    if (!this.loaded) return point;
    return imageToCanvas(this.loaded.geometry, this.screen(), this.view, point);
  }

  canvasToImage(point: CanvasPoint): ImagePoint {
    if (!this.loaded) return point;
    return canvasToImage(this.loaded.geometry, this.screen(), this.view, point);
  }

  setPrimaryTool(tool: PrimaryTool) {
    this.tools.setPrimary(tool);
  }

  resize() {
    if (!this.disposed && this.sizedFor !== this.sizeNow()) this.onResize(this);
  }

  private sizeNow() {
    const { width, height } = this.element.getBoundingClientRect();
    return `${width} x ${height} at ${this.dpr()}`;
  }

  /** Puts the camera back after the canvas took its new size: fitted again, or same centre and zoom. */
  afterResize() {
    this.laidOut = this.element.getBoundingClientRect();
    this.sizedFor = this.sizeNow();
    this.lookedAt = undefined;
    if (!this.loaded) return;
    if (this.fitted) this.fit(this.fitted);
    else this.look(this.view);
  }

  /** Until release(), camera moves are Cornerstone's own doing and not the reader's. */
  hold() {
    this.held++;
  }

  release() {
    this.held--;
  }

  dispose() {
    if (this.disposed) return;
    this.disposed = true;
    this.element.removeEventListener(Enums.Events.CAMERA_MODIFIED, this.readCamera);
    this.element.removeEventListener('contextmenu', preventDefault);
    this.listeners.clear();
    this.tools.dispose();
    this.sharpening?.delete();
    this.engine.disableElement(this.id);
    this.element.querySelector(':scope > .viewport-element')?.remove();
    this.onDispose(this);
  }

  /** Textures of stored values, and the pass that sharpens. */
  private drawOnGraphics() {
    const window = this.engine.getOffscreenMultiRenderWindow(this.id).getOpenGLRenderWindow();
    this.largest = useStoredTextures(window as unknown as NodeWindow);
    Object.assign(this.viewport, {
      getRenderPasses: () => (this.sharpened && this.sharpening ? [this.sharpening] : null),
      createVTKImageData: (parts: ImageDataParts) =>
        sharedImageData(parts, rangeOf(parts.pixelArray)),
    });
  }

  private drawOnProcessor() {
    const where = () =>
      this.loaded && { loaded: this.loaded, view: this.view, screen: this.screen() };
    useProcessor(this.viewport, where, () => {
      const [now, { table, sharpened }] = [where(), this];
      return now && table && { ...now, table, sharpened };
    });
  }

  private dpr() {
    return window.devicePixelRatio || 1;
  }

  private screen(): Screen {
    const { width, height } = this.laidOut;
    const { sWidth, sHeight } = this.viewport;
    return { width, height, canvasWidth: sWidth, canvasHeight: sHeight };
  }

  private look(view: View, fitted = false) {
    if (!this.loaded) return;
    if (!fitted) this.fitted = null;
    this.view = view;
    const { geometry } = this.loaded;
    const { height } = this.screen();
    if (height === 0) return;
    const look = { view, geometry, height };
    // What stands there is not drawn again: as an exam opens, all views are fitted with each that comes.
    if (!this.lookedAt || !sameLook(this.lookedAt, look)) this.pointCamera(look);
    this.notify();
  }

  private pointCamera(look: Look) {
    const { view, geometry, height } = look;
    const x = (view.center.x - 0.5) * geometry.columnSpacing;
    const y = (view.center.y - 0.5) * geometry.rowSpacing;
    this.hold();
    const { right, down } = screenAxes(view.orientation);
    // Seen from n = right x up, with up = -down; both lie in the image's plane.
    const n = right.y * down.x - right.x * down.y;
    this.viewport.setCamera({
      viewUp: [-down.x, -down.y, 0],
      viewPlaneNormal: [0, 0, n],
      focalPoint: [x, y, 0],
      position: [x, y, n * 100],
      parallelScale: height / 2 / view.scale,
    });
    this.release();
    this.lookedAt = look;
    this.viewport.render();
  }

  private readonly readCamera = () => {
    if (this.held > 0 || !this.loaded || this.disposed) return;
    const { focalPoint, parallelScale } = this.viewport.getCamera();
    const { height } = this.screen();
    if (!focalPoint || !parallelScale || height === 0) return;
    const { columnSpacing, rowSpacing } = this.loaded.geometry;
    const center = { x: focalPoint[0] / columnSpacing + 0.5, y: focalPoint[1] / rowSpacing + 0.5 };
    this.view = { ...this.view, center, scale: height / 2 / parallelScale };
    this.lookedAt = undefined;
    this.fitted = null;
    this.notify();
  };

  private choose(choice: VoiChoice) {
    this.choice = choice;
    this.refreshTable();
  }

  /** Grey changes come faster than frames while dragging; the table is built once a frame. */
  private refreshTable() {
    this.notify();
    if (this.tablePending) return;
    this.tablePending = true;
    requestAnimationFrame(() => {
      this.tablePending = false;
      if (this.disposed) return;
      this.applyTable();
      this.viewport.render();
    });
  }

  private applyTable() {
    const grey = this.screenGrey();
    if (!this.loaded || !grey) return;
    const { image, all } = this.loaded;
    const table = greyTable(image, all, grey, TABLE_ENTRIES);
    this.table = table;
    if (this.onProcessor) return;
    const actor = this.viewport.getDefaultActor()?.actor;
    if (!actor) return;
    applyGreyTable(actor as unknown as Parameters<typeof applyGreyTable>[0], table);
  }

  private notify() {
    this.snapshot = null;
    this.listeners.forEach((listener) => listener());
  }
}

/** The range over two; the first itself where it holds the second. */
const joined = (a: StoredRange, b: StoredRange): StoredRange =>
  b.low >= a.low && b.high <= a.high
    ? a
    : { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };

/**
 * Cornerstone listens for keys on the element and prevents the default of each, Tab included, so
 * that neither the page's shortcuts nor moving the focus would work from a mark. It is not let to.
 */
const withoutKeyListeners = (element: HTMLElement, enable: () => void) => {
  const add = element.addEventListener.bind(element);
  element.addEventListener = (type: string, ...rest: unknown[]) => {
    if (type !== 'keydown') (add as (...all: unknown[]) => void)(type, ...rest);
  };
  try {
    enable();
  } finally {
    delete (element as Partial<HTMLElement>).addEventListener;
  }
};

const preventDefault = (event: Event) => event.preventDefault();
