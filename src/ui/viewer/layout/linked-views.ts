import {
  fromImage,
  toImage,
  type BreastFrame,
  type BreastPoint,
} from '../../../core/display/hanging/breast-frame.ts';
import { fitBreasts } from '../../../core/display/hanging/fit-breasts.ts';
import { breastMiddle, keptOnBreast } from '../../../core/display/hanging/on-breast.ts';
import { lesionScale } from '../../../core/display/hanging/lesion-zoom.ts';
import { registered } from '../../../core/display/hanging/register.ts';
import { nearestStep, quadrantSteps, stepAt } from '../../../core/display/hanging/quadrants.ts';
import { boxCentre, type Box } from '../../../core/geometry/box.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import { DEFAULT_LINKS } from '../../../state/settings-store.ts';
import type { CellKey } from '../../../core/display/hanging/hanging-layout.ts';
import { followed, isZoom, movementOf, type Movement } from './link-views.ts';
import type { CanvasPoint, Grey, Pose, ViewportHandle } from '../../../ports/display.ts';
import type { Links } from '../../../ports/storage.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

/** What hangs in a cell, as far as its place beside the others goes. */
export interface Hung {
  readonly sop: string;
  readonly frame: BreastFrame;
  readonly shape: BreastShape | undefined;
  /** The projection; views of one projection hang at one level and pan together. */
  readonly level: 'CC' | 'MLO';
  readonly calibrated: boolean;
  /** In stored pixels, where it is known. */
  readonly nipple?: ImagePoint | undefined;
}

/** What the view or the two views that stand alone are to show; the rest is the reader's. */
export type CloseUp =
  | { readonly as: 'quadrants'; readonly key: CellKey; readonly tile: number }
  | { readonly as: 'flicker'; readonly current: CellKey; readonly prior: CellKey };

/** Where a systematic search stands: part `number` (from 1) of `count`, in these cells. */
export interface SearchStep {
  readonly keys: readonly CellKey[];
  readonly number: number;
  readonly count: number;
  /** Whether it is at one image pixel to one screen pixel by definition. */
  readonly native: boolean;
}

interface Known {
  readonly sop: string | null;
  readonly pose: Pose;
  readonly grey: Grey | null;
}

interface Shown {
  readonly key: CellKey;
  readonly view: ViewportHandle;
  readonly hung: Hung;
}

/** The mark of the selected lesion on an image. */
type MarkOn = (sop: string) => Box | undefined;

/** Where a view stood before it went to a lesion, and where it went. */
interface Visit {
  readonly sop: string;
  readonly wasFitted: boolean;
  readonly before: Pose;
  readonly there: Pose;
}

type Size = ReturnType<ViewportHandle['size']>;

interface Entry {
  readonly key: CellKey;
  readonly view: ViewportHandle;
  readonly stop: () => void;
  known: Known;
}

const read = (view: ViewportHandle): Known => ({
  sop: view.state().sop,
  pose: view.pose(),
  grey: view.grey(),
});

const samePose = (a: Pose, b: Pose): boolean =>
  a.scale === b.scale && a.center.x === b.center.x && a.center.y === b.center.y;

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

const sameGrey = (a: Grey | null, b: Grey | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * The views of a layout together: fits them at one scale, lets the others follow what the reader
 * does to one, and leads them over the breast part by part.
 */
export class LinkedViews {
  private readonly entries = new Map<CellKey, Entry>();
  private hung: ReadonlyMap<CellKey, Hung> = new Map();
  private links: Links = DEFAULT_LINKS;
  private markOn: MarkOn = () => undefined;
  private visits: ReadonlyMap<CellKey, Visit> = new Map();
  /** While views are moved from here; their changes are then not the reader's. */
  private leading = false;
  private closeUp: CloseUp | undefined;
  /** The view that was led over at 1:1, and its size then. */
  private led: { readonly key: CellKey; readonly size: Size } | undefined;
  /** Whether the reader has gone elsewhere since. */
  private left = false;
  /** Where the pointer is, while it is over a view. */
  private pointer: { readonly key: CellKey; readonly at: CanvasPoint } | undefined;

  constructor(private readonly onStep: (step: SearchStep | undefined) => void) {}

  /** What hangs where, what goes together, where the selected lesion is, and what stands alone; at every change. */
  update(hung: ReadonlyMap<CellKey, Hung>, links: Links, markOn: MarkOn, closeUp?: CloseUp) {
    this.hung = hung;
    this.links = links;
    this.markOn = markOn;
    if (JSON.stringify(closeUp) === JSON.stringify(this.closeUp)) return;
    const { led } = this;
    this.closeUp = closeUp;
    this.led = undefined;
    this.left = false;
    // Whatever comes next shows the breast whole.
    if (led && !(closeUp?.as === 'quadrants' && closeUp.key === led.key)) {
      this.onStep(undefined);
      this.lead(() => this.entries.get(led.key)?.view.fit());
    }
    this.settle();
  }

  pointAt(key: CellKey, at: CanvasPoint | undefined) {
    this.pointer = at && { key, at };
  }

  setView(key: CellKey, view: ViewportHandle | null) {
    this.entries.get(key)?.stop();
    this.entries.delete(key);
    if (!view) return;
    const stop = view.onChange(() => this.changed(key));
    this.entries.set(key, { key, view, stop, known: read(view) });
  }

  views(): ReadonlyMap<CellKey, ViewportHandle> {
    return new Map([...this.entries].map(([key, { view }]) => [key, view]));
  }

  /** Gives the views the sizes that their cells have now; those that are fitted are fitted again. */
  resize() {
    this.entries.forEach(({ view }) => view.resize());
    this.fit((view) => view.state().fitted);
  }

  /** Fits views at one common scale, chest walls inward: those named, else all. */
  fit(only?: (view: ViewportHandle) => boolean) {
    this.onStep(undefined);
    this.visits = new Map();
    const isAsked = only ?? (() => true);
    const shown = this.shown().map((each) => ({ ...each, ...each.view.size() }));
    const placed = fitBreasts(shown.map(({ hung, width, height }) => ({ ...hung, width, height })));
    this.lead(() =>
      shown.forEach(({ view }, i) => {
        const to = placed[i];
        // A hidden view is fitted when it comes to light.
        if (to && isAsked(view)) view.fit(to.scale > 0 ? to : {});
      }),
    );
    if (!only) this.left = true;
    this.settle();
  }

  /** How many parts a view alone is led over in at one image pixel to one screen pixel; 0: not known yet. */
  quadrants(key: CellKey): number {
    return this.nativeSteps(key)?.steps.length ?? 0;
  }

  private nativeSteps(key: CellKey) {
    const shown = this.shown();
    const lead = shown.find((each) => each.key === key);
    if (!lead) return undefined;
    const { columnSpacing } = lead.hung.frame.geometry;
    const scale = 1 / (window.devicePixelRatio * columnSpacing);
    // A view that is on its way to the screen will be as large as the one that stands alone there.
    const sizes = [lead, ...shown].map(({ view }) => view.size());
    const size = sizes.find(({ height }) => height > 0);
    if (!size) return undefined;
    return {
      lead,
      scale,
      steps: quadrantSteps([lead.hung], size.width / scale, size.height / scale),
    };
  }

  /** Puts what stands alone to where it is to look. */
  private settle() {
    const { closeUp } = this;
    if (closeUp?.as === 'quadrants' && !this.left) this.toQuadrant(closeUp);
    const [from, to] = closeUp?.as === 'flicker' ? this.pair(closeUp) : [];
    if (from && to) this.register(from, to);
  }

  private toQuadrant({ key, tile }: Extract<CloseUp, { as: 'quadrants' }>) {
    const { lead, scale, steps } = this.nativeSteps(key) ?? {};
    const number = Math.min(tile, (steps?.length ?? 0) - 1);
    const step = steps?.[number];
    if (!lead || !step || scale === undefined || lead.view.size().height === 0) return;
    const { frame } = lead.hung;
    const { view } = lead;
    this.led = { key, size: view.size() };
    const center = onWholePixels(toImage(frame, step), frame, view.size());
    this.lead(() => view.lookAt({ center, scale }));
    this.onStep({ keys: [key], number: number + 1, count: steps.length, native: true });
  }

  private pair({ current, prior }: Extract<CloseUp, { as: 'flicker' }>): readonly Shown[] {
    const shown = this.shown();
    return [current, prior].flatMap((key) => shown.find((each) => each.key === key) ?? []);
  }

  /** Lays one view of a breast over the other. */
  private register(from: Shown, to: Shown) {
    const look = registered(from.hung, to.hung, from.view.pose());
    const { fitted } = from.view.state();
    this.lead(() => (fitted ? to.view.fit(look) : to.view.lookAt(look)));
  }

  /**
   * One part of the breast on (1) or back (-1), at the zoom of the view or, from the fitted picture,
   * at one image pixel to one screen pixel. Past the last part the views are fitted again. Where zoom
   * and pan are linked the views of the same projection go along, over what covers all of them.
   */
  step(active: CellKey, direction: 1 | -1) {
    const lead = this.shown().find(({ key }) => key === active);
    if (!lead) return;
    const { frame, level, calibrated } = lead.hung;
    const together = this.links.zoom && this.links.pan;
    const group = this.shown().filter(
      ({ key, hung, view }) =>
        key === active ||
        (together &&
          hung.level === level &&
          hung.calibrated === calibrated &&
          view.size().height > 0),
    );
    const now = lead.view.pose();
    const isFitted = lead.view.state().fitted;
    const oneToOne = 1 / (window.devicePixelRatio * frame.geometry.columnSpacing);
    const scale = isFitted ? Math.max(oneToOne, now.scale) : now.scale;
    const sizes = group.map(({ view }) => view.size());
    const width = Math.min(...sizes.map((size) => size.width)) / scale;
    const height = Math.min(...sizes.map((size) => size.height)) / scale;
    const steps = quadrantSteps(
      group.map(({ hung }) => hung),
      width,
      height,
    );
    const next = isFitted
      ? direction > 0
        ? 0
        : steps.length - 1
      : nextStep(steps, fromImage(frame, now.center), width, direction);
    const step = steps[next];
    if (!step) {
      this.fit();
      return;
    }
    this.lead(() => {
      group.forEach(({ view, hung }) => view.lookAt({ center: toImage(hung.frame, step), scale }));
      const zoom = { ratio: scale / now.scale, shift: { depth: 0, below: 0 } };
      const others = this.shown().filter(({ key }) => !group.some((each) => each.key === key));
      others.forEach((each) => this.follow(each, zoom, false, lead));
    });
    this.onStep({
      keys: group.map(({ key }) => key),
      number: next + 1,
      count: steps.length,
      native: false,
    });
  }

  /**
   * One image column to one device pixel, in the middle what the reader points at, else the selected
   * mark, else the breast. Where zoom is linked the others go along, each about its own mark or breast.
   */
  oneToOne(active: CellKey, markOn: (sop: string) => ImagePoint | undefined) {
    const shown = this.shown();
    const lead = shown.find(({ key }) => key === active);
    if (!lead) return;
    const { geometry } = lead.hung.frame;
    const scale = 1 / (window.devicePixelRatio * geometry.columnSpacing);
    const ratio = scale / lead.view.pose().scale;
    const pointed = this.pointed(lead);
    const lookAtMiddle = (each: Shown, middle: ImagePoint | undefined, to: number) => {
      const { frame, shape } = each.hung;
      const own = middle ?? markOn(each.hung.sop) ?? breastMiddle(frame.geometry, shape);
      each.view.lookAt({ center: this.onBreast(each, own, to, lead), scale: to });
    };
    this.onStep(undefined);
    this.lead(() => {
      for (const each of shown)
        if (each.key === active) lookAtMiddle(each, pointed, scale);
        else if (this.links.zoom) lookAtMiddle(each, undefined, each.view.pose().scale * ratio);
    });
  }

  /**
   * Readies a view for being shown alone: one that is zoomed gets in its middle what the reader points
   * at, else the selected mark, else keeps its own. A fitted one shows the whole breast as it is. No
   * other view follows.
   */
  centre(active: CellKey, markOn: (sop: string) => ImagePoint | undefined) {
    const lead = this.shown().find(({ key }) => key === active);
    if (!lead || lead.view.state().fitted) return;
    const { center, scale } = lead.view.pose();
    const middle = this.pointed(lead) ?? markOn(lead.hung.sop) ?? center;
    this.onStep(undefined);
    this.lead(() => lead.view.lookAt({ center: this.onBreast(lead, middle, scale, lead), scale }));
  }

  /**
   * Puts what is marked, by default what is selected, into the middle of every view that it is marked on, all at one scale; asked
   * again, before they were moved otherwise, puts them back to where they were.
   */
  toLesion(markOn: MarkOn = this.markOn) {
    const marked = this.shown().flatMap((each) => {
      const box = markOn(each.hung.sop);
      const { width, height } = each.view.size();
      const { geometry } = each.hung.frame;
      return box && height > 0 ? [{ ...each, box, geometry, width, height }] : [];
    });
    if (marked.length === 0) return;
    const scaleOf = (calibrated: boolean) =>
      lesionScale(
        marked.filter(({ hung }) => hung.calibrated === calibrated),
        window.devicePixelRatio,
      );
    const visits = new Map(
      marked.map(({ key, view, hung, box }): [CellKey, Visit] => {
        const earlier = this.visits.get(key);
        const from = earlier?.sop === hung.sop ? earlier : undefined;
        const there = { center: boxCentre(box), scale: scaleOf(hung.calibrated) };
        const { fitted } = view.state();
        const { wasFitted = fitted, before = view.pose() } = from ?? {};
        return [key, { sop: hung.sop, wasFitted, before, there }];
      }),
    );
    this.onStep(undefined);
    if (marked.every(({ key, view }) => samePose(view.pose(), visits.get(key)!.there)))
      return this.leaveLesion(marked);
    this.visits = visits;
    this.lead(() => marked.forEach(({ key, view }) => view.lookAt(visits.get(key)!.there)));
  }

  private leaveLesion(marked: readonly Shown[]) {
    const { visits } = this;
    this.lead(() =>
      marked.forEach(({ key, view }) => {
        const visit = visits.get(key);
        if (visit && !visit.wasFitted) view.lookAt(visit.before);
      }),
    );
    const toFit = new Set(
      marked.filter(({ key }) => visits.get(key)?.wasFitted ?? true).map(({ view }) => view),
    );
    if (toFit.size > 0) this.fit((view) => toFit.has(view));
    this.visits = new Map();
  }

  /** The stored point under the pointer, where it is over this view. */
  private pointed({ key, view }: Shown): ImagePoint | undefined {
    return this.pointer?.key === key ? view.canvasToImage(this.pointer.at) : undefined;
  }

  /** The middle of a view so that it keeps to the breast; a hidden view counts as large as `lead`. */
  private onBreast({ view, hung }: Shown, middle: ImagePoint, scale: number, lead: Shown) {
    const size = view.size().height > 0 ? view.size() : lead.view.size();
    const extent = Math.min(size.width, size.height) / scale;
    return keptOnBreast(hung.frame.geometry, hung.shape, middle, extent);
  }

  private shown(): readonly Shown[] {
    return [...this.entries.values()].flatMap((entry) => {
      const hung = this.hung.get(entry.key);
      return hung && entry.view.state().sop === hung.sop
        ? [{ key: entry.key, view: entry.view, hung }]
        : [];
    });
  }

  /** Moves views each for itself: none follows another. One that was zoomed keeps to its breast. */
  apart(change: () => void) {
    this.onStep(undefined);
    const before = new Map(this.shown().map(({ key, view }) => [key, view.pose().scale]));
    this.lead(() => {
      change();
      for (const each of this.shown()) {
        const { center, scale } = each.view.pose();
        if (each.view.state().fitted || before.get(each.key) === scale) continue;
        each.view.lookAt({ center: this.onBreast(each, center, scale, each), scale });
      }
    });
  }

  private lead(move: () => void) {
    this.leading = true;
    try {
      move();
    } finally {
      this.leading = false;
      // Hidden views do not report changes, so that all are read anew.
      for (const entry of this.entries.values()) entry.known = read(entry.view);
    }
  }

  private changed(key: CellKey) {
    const entry = this.entries.get(key);
    const hung = this.hung.get(key);
    if (this.leading || !entry) return;
    const [before, now] = [entry.known, read(entry.view)];
    entry.known = now;
    if (!hung || before.sop !== now.sop || now.sop !== hung.sop) return;
    const isFitted = entry.view.state().fitted;
    const { led, closeUp, left } = this;
    const isLed = closeUp?.as === 'quadrants' && closeUp.key === key && !left;
    if (isLed && (isFitted || !led || !sameSize(led.size, entry.view.size()))) return this.settle();
    const pair = closeUp?.as === 'flicker' ? this.pair(closeUp) : [];
    const [own, other] = [pair.find((p) => p.key === key), pair.find((p) => p.key !== key)];
    if (own && other && !samePose(before.pose, now.pose)) this.register(own, other);
    else if (!isFitted && !samePose(before.pose, now.pose)) {
      this.onStep(undefined);
      this.left = true;
      const movement = movementOf(hung.frame, before.pose, now.pose);
      const lead = { key, view: entry.view, hung };
      this.lead(() =>
        this.shown().forEach((each) => {
          if (each.key !== key) this.follow(each, movement, each.hung.level === hung.level, lead);
        }),
      );
    }
    const { grey } = now;
    if (this.links.window && grey && !sameGrey(before.grey, grey))
      this.lead(() =>
        this.shown().forEach((each) => {
          if (each.key !== key) each.view.setGrey(grey);
        }),
      );
  }

  /**
   * A zoom that leads elsewhere must not leave this view in air. Where both show the selected lesion it
   * is about that: what one view shows at some place another projection shows elsewhere.
   */
  private follow(each: Shown, movement: Movement, sameProjection: boolean, lead: Shown) {
    const { view, hung } = each;
    const pose = view.pose();
    const to = followed(hung.frame, pose, movement, this.links, sameProjection);
    if (samePose(pose, to)) return;
    if (!isZoom(movement)) return view.lookAt(to);
    const mark = this.isMarkInSight(lead) ? this.markOn(hung.sop) : undefined;
    const center = mark
      ? aboutPoint(boxCentre(mark), pose, to.scale)
      : this.onBreast(each, to.center, to.scale, lead);
    view.lookAt({ ...to, center });
  }

  private isMarkInSight({ view, hung: { sop, frame } }: Shown): boolean {
    const mark = this.markOn(sop);
    if (!mark) return false;
    const { center, scale } = view.pose();
    const [at, middle] = [fromImage(frame, boxCentre(mark)), fromImage(frame, center)];
    const { width, height } = view.size();
    return (
      Math.abs(at.depth - middle.depth) * scale < width / 2 &&
      Math.abs(at.below - middle.below) * scale < height / 2
    );
  }
}

/**
 * The middle moved by less than a pixel, so that at one image pixel to one screen pixel each falls on one:
 * between two it would be drawn from both.
 */
export const onWholePixels = (
  { x, y }: ImagePoint,
  { turn, geometry }: Hung['frame'],
  { width, height }: Size,
): ImagePoint => {
  const device = [width, height].map((side) => Math.round(side * window.devicePixelRatio));
  const [alongX = 0, alongY = 0] = turn.transpose ? device.toReversed() : device;
  const whole = (at: number, pixels: number) => Math.round(at - pixels / 2) + pixels / 2;
  const isSquare = geometry.columnSpacing === geometry.rowSpacing;
  return { x: whole(x, alongX), y: isSquare ? whole(y, alongY) : y };
};

/** The middle of a view that is zoomed so that a stored point keeps its place on screen. */
const aboutPoint = (point: ImagePoint, { center, scale }: Pose, to: number): ImagePoint => ({
  x: point.x - ((point.x - center.x) * scale) / to,
  y: point.y - ((point.y - center.y) * scale) / to,
});

/** The step after or before the one that a view stands on; between steps, the nearest. */
const nextStep = (
  steps: readonly BreastPoint[],
  at: BreastPoint,
  width: number,
  direction: 1 | -1,
): number => {
  const on = stepAt(steps, at, width);
  return on === undefined ? nearestStep(steps, at) : on + direction;
};
