import { describe, expect, it, vi } from 'vitest';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import type { Box } from '../../../core/geometry/box.ts';
import type { Links } from '../../../ports/storage.ts';
import { DEFAULT_LINKS } from '../../../state/settings-store.ts';
import type { Grey, Pose, ViewportHandle } from '../../../ports/display.ts';
import type { CellKey } from '../../../core/display/hanging/hanging-layout.ts';
import { registered } from '../../../core/display/hanging/register.ts';
import { LinkedViews, onWholePixels, type Hung, type SearchStep } from './linked-views.ts';

vi.stubGlobal('window', { devicePixelRatio: 1 });

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };

/** A view that goes where it is told, takes the grey that it is given, and reports it. */
const viewOf = (sop: string) => {
  let grey: Grey | null = null;
  let pose: Pose = { center: { x: 400, y: 600 }, scale: 4 };
  let report = () => {};
  const view = {
    state: () => ({ sop, fitted: false }),
    pose: () => pose,
    grey: () => grey,
    setGrey: (next: Grey) => {
      grey = next;
      report();
    },
    size: () => ({ width: 400, height: 600 }),
    lookAt: (to: Pose) => {
      pose = to;
      report();
    },
    canvasToImage: ({ x, y }: { x: number; y: number }) => ({
      x: pose.center.x + (x - 200) / (pose.scale * 0.1),
      y: pose.center.y + (y - 300) / (pose.scale * 0.1),
    }),
    onChange: (callback: () => void) => {
      report = callback;
      return () => undefined;
    },
  };
  return view as unknown as ViewportHandle;
};

const hungAs = (sop: string, level: Hung['level']): Hung => ({
  sop,
  frame: breastFrame(geometry, AS_STORED, sop.startsWith('R') ? 'right' : 'left', undefined),
  shape: undefined,
  level,
  calibrated: true,
});

const four = (
  marks: Readonly<Record<string, Box>> = {},
  links: Links = { zoom: true, pan: true, window: false, slices: true },
) => {
  const sops = ['RCC', 'LCC', 'RMLO', 'LMLO'];
  const views = new Map(sops.map((sop) => [sop, viewOf(sop)]));
  const linked = new LinkedViews(() => undefined);
  for (const [sop, view] of views) linked.setView(sop as CellKey, view);
  const hung = sops.map(
    (sop) => [sop as CellKey, hungAs(sop, sop.endsWith('CC') ? 'CC' : 'MLO')] as const,
  );
  linked.update(new Map(hung), links, (sop): Box | undefined => marks[sop]);
  return Object.assign((sop: string) => views.get(sop) as ViewportHandle, { linked });
};

describe('linked views', () => {
  it('pan with those of the same projection, in mirror image, and with no other', () => {
    const view = four();
    view('RCC').lookAt({ center: { x: 380, y: 640 }, scale: 4 });
    expect(view('LCC').pose()).toEqual({ center: { x: 420, y: 640 }, scale: 4 });
    for (const other of ['RMLO', 'LMLO'])
      expect(view(other).pose()).toEqual({ center: { x: 400, y: 600 }, scale: 4 });
  });

  it('zoom together, whatever the projection', () => {
    const view = four();
    view('RCC').lookAt({ center: { x: 400, y: 600 }, scale: 8 });
    for (const other of ['LCC', 'RMLO', 'LMLO']) expect(view(other).pose().scale).toBe(8);
  });

  it('put in the middle what is pointed at, else the mark, and let no other view follow', () => {
    const view = four();
    view.linked.centre('RCC', () => ({ x: 300, y: 500 }));
    expect(view('RCC').pose()).toEqual({ center: { x: 300, y: 500 }, scale: 4 });
    view.linked.pointAt('RCC', { x: 240, y: 280 });
    view.linked.centre('RCC', () => ({ x: 300, y: 500 }));
    expect(view('RCC').pose()).toEqual({ center: { x: 400, y: 450 }, scale: 4 });
    for (const other of ['LCC', 'RMLO', 'LMLO'])
      expect(view(other).pose()).toEqual({ center: { x: 400, y: 600 }, scale: 4 });
  });
});

describe('the grey of the views', () => {
  const inverted: Grey = { preset: null, darker: 0.1, stretch: 2, inverted: true };

  it('goes together unless the reader says otherwise', () => {
    const view = four({}, DEFAULT_LINKS);
    view('RCC').setGrey(inverted);
    for (const other of ['LCC', 'RMLO', 'LMLO']) expect(view(other).grey()).toEqual(inverted);
    const apart = four({}, { ...DEFAULT_LINKS, window: false });
    apart('RCC').setGrey(inverted);
    expect(apart('LCC').grey()).toBeNull();
  });

  it('of one view alone changes where views are moved each for itself', () => {
    const view = four({}, DEFAULT_LINKS);
    view.linked.apart(() => view('RCC').setGrey(inverted));
    expect(view('LCC').grey()).toBeNull();
  });
});

/** A view that knows when it is fitted and of what size it is. */
const sized = (sop: string) => {
  const view = viewOf(sop);
  let size = { width: 400, height: 600 };
  let fitted = false;
  const lookAt = (to: Pose) => {
    fitted = false;
    view.lookAt(to);
  };
  const fit = (to: Partial<Pose> = {}) => {
    const { center = { x: 400, y: 600 }, scale = 4 } = to;
    fitted = true;
    view.lookAt({ center, scale });
  };
  return Object.assign({ ...view, lookAt, fit } as ViewportHandle, {
    state: () => ({ sop, fitted, zoom: 1 }),
    size: () => size,
    resizeTo: (to: typeof size) => {
      size = to;
      view.lookAt(view.pose());
    },
  });
};

describe('a view that is led over at 1:1', () => {
  const start = () => {
    const steps: (SearchStep | undefined)[] = [];
    const linked = new LinkedViews((step) => steps.push(step));
    const views = { RCC: sized('RCC'), LCC: sized('LCC') };
    linked.setView('RCC', views.RCC as ViewportHandle);
    linked.setView('LCC', views.LCC as ViewportHandle);
    const hung = new Map(
      (['RCC', 'LCC'] as const).map((sop) => [sop as CellKey, hungAs(sop, 'CC')]),
    );
    const to = (tile: number) =>
      linked.update(hung, DEFAULT_LINKS, () => undefined, {
        as: 'quadrants',
        key: 'RCC',
        tile,
      });
    const leave = () => linked.update(hung, DEFAULT_LINKS, () => undefined);
    to(0);
    return { steps, linked, views, to, leave };
  };

  it('shows one image pixel on each of the screen, and says which part it is', () => {
    const { steps, linked, views, to } = start();
    // 800 x 1200 pixels in parts of 400 x 600 that overlap: three by three.
    expect(linked.quadrants('RCC')).toBe(9);
    expect(steps.at(-1)).toEqual({ keys: ['RCC'], number: 1, count: 9, native: true });
    expect(views.RCC.pose()).toEqual({ center: { x: 600, y: 300 }, scale: 10 });
    to(Number.POSITIVE_INFINITY);
    expect(steps.at(-1)).toMatchObject({ number: 9, count: 9 });
    // No other view follows.
    expect(views.LCC.pose().scale).toBe(4);
  });

  it('is laid out anew in another size, and left alone once the reader fits it', () => {
    const { steps, linked, views, to, leave } = start();
    views.RCC.resizeTo({ width: 800, height: 1200 });
    expect(steps.at(-1)).toMatchObject({ number: 1, count: 1 });
    linked.fit();
    expect(steps.at(-1)).toBeUndefined();
    expect(views.RCC.pose().scale).toBeLessThan(10);
    views.RCC.resizeTo({ width: 790, height: 1200 });
    expect(steps.at(-1)).toBeUndefined();
    to(1);
    expect(steps.at(-1)).toMatchObject({ number: 2 });
    views.RCC.lookAt({ center: { x: 100, y: 100 }, scale: 20 });
    views.RCC.resizeTo({ width: 500, height: 700 });
    expect(views.RCC.pose()).toEqual({ center: { x: 100, y: 100 }, scale: 20 });
    expect(steps.at(-1)).toBeUndefined();
    leave();
    expect(views.RCC.state().fitted).toBe(true);
    expect(steps.at(-1)).toBeUndefined();
  });

  it('has image pixels on screen pixels, not between two', () => {
    const { frame } = hungAs('RCC', 'CC');
    const size = { width: 401, height: 600 };
    expect(onWholePixels({ x: 300.2, y: 500.7 }, frame, size)).toEqual({ x: 300.5, y: 501 });
  });
});

describe('current and prior in one cell', () => {
  it('lie over each other however either is moved, whatever is linked', () => {
    const linked = new LinkedViews(() => undefined);
    const views = { RCC: sized('RCC'), 'prior-RCC': sized('R-old') };
    linked.setView('RCC', views.RCC as ViewportHandle);
    linked.setView('prior-RCC', views['prior-RCC'] as ViewportHandle);
    const now: Hung = { ...hungAs('RCC', 'CC'), nipple: { x: 100, y: 600 } };
    const then: Hung = { ...hungAs('R-old', 'CC'), nipple: { x: 160, y: 500 } };
    const hung = new Map<CellKey, Hung>([
      ['RCC', now],
      ['prior-RCC', then],
    ]);
    const apart: Links = { zoom: false, pan: false, window: false, slices: false };
    const flicker = { as: 'flicker', current: 'RCC', prior: 'prior-RCC' } as const;
    views.RCC.lookAt({ center: { x: 300, y: 400 }, scale: 9 });
    linked.update(hung, apart, () => undefined, flicker);
    const [a, b] = [views.RCC, views['prior-RCC']];
    expect(b.pose()).toEqual({ center: { x: 360, y: 300 }, scale: 9 });
    a.lookAt({ center: { x: 310, y: 420 }, scale: 12 });
    expect(b.pose()).toEqual(registered(now, then, a.pose()));
    b.lookAt({ center: { x: 400, y: 300 }, scale: 6 });
    expect(a.pose()).toEqual({ center: { x: 340, y: 400 }, scale: 6 });
    linked.fit();
    expect(b.pose()).toEqual(registered(now, then, a.pose()));
    expect(b.state().fitted).toBe(true);
    // Once it is over each goes its own way.
    linked.update(hung, apart, () => undefined);
    const stays = b.pose();
    a.lookAt({ center: { x: 300, y: 400 }, scale: 9 });
    expect(b.pose()).toEqual(stays);
  });
});

describe('the selected lesion', () => {
  const marks = {
    RCC: { x: 200, y: 300, width: 100, height: 50 },
    RMLO: { x: 500, y: 700, width: 50, height: 50 },
  };
  const start = { center: { x: 400, y: 600 }, scale: 4 };
  // 10 mm in a third of 400 pixels.
  const scale = 400 / 30;

  it('comes into the middle of every view that shows it, at one scale, and goes again', () => {
    const view = four(marks);
    view.linked.toLesion();
    expect(view('RCC').pose()).toEqual({ center: { x: 250, y: 325 }, scale });
    expect(view('RMLO').pose()).toEqual({ center: { x: 525, y: 725 }, scale });
    expect(view('LCC').pose()).toEqual(start);
    view.linked.toLesion();
    for (const sop of ['RCC', 'RMLO', 'LCC']) expect(view(sop).pose()).toEqual(start);
    view.linked.toLesion();
    expect(view('RCC').pose().scale).toBe(scale);
  });

  it('comes back into the middle once the view was moved, and then lets go to where it began', () => {
    const view = four(marks);
    view.linked.toLesion();
    view('RCC').lookAt({ center: { x: 260, y: 325 }, scale });
    view.linked.toLesion();
    expect(view('RCC').pose().center).toEqual({ x: 250, y: 325 });
    view.linked.toLesion();
    expect(view('RCC').pose()).toEqual(start);
  });

  it('keeps its place on screen in the other view while one is zoomed about it', () => {
    const view = four({
      RCC: { x: 380, y: 580, width: 40, height: 40 },
      RMLO: { x: 430, y: 650, width: 40, height: 40 },
    });
    view('RCC').lookAt({ center: { x: 400, y: 600 }, scale: 16 });
    // 50 columns off at 4, and as far on screen at 16.
    expect(view('RMLO').pose()).toEqual({ center: { x: 450 - 12.5, y: 670 - 17.5 }, scale: 16 });
  });

  it('leads no zoom where it is out of sight', () => {
    const view = four({
      RCC: { x: 0, y: 0, width: 40, height: 40 },
      RMLO: { x: 430, y: 650, width: 40, height: 40 },
    });
    view('RCC').lookAt({ center: { x: 400, y: 600 }, scale: 16 });
    expect(view('RMLO').pose()).toEqual({ center: { x: 400, y: 600 }, scale: 16 });
  });
});
