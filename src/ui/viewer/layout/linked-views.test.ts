import { describe, expect, it, vi } from 'vitest';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import type { Box } from '../../../core/geometry/box.ts';
import type { Pose, ViewportHandle } from '../../../ports/display.ts';
import type { CellKey } from '../../../core/display/hanging/hanging-layout.ts';
import { LinkedViews, type Hung } from './linked-views.ts';

vi.stubGlobal('window', { devicePixelRatio: 1 });

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };

/** A view that goes where it is told and reports it. */
const viewOf = (sop: string) => {
  let pose: Pose = { center: { x: 400, y: 600 }, scale: 4 };
  let report = () => {};
  const view = {
    state: () => ({ sop, fitted: false }),
    pose: () => pose,
    grey: () => null,
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

const four = (marks: Readonly<Record<string, Box>> = {}) => {
  const sops = ['RCC', 'LCC', 'RMLO', 'LMLO'];
  const views = new Map(sops.map((sop) => [sop, viewOf(sop)]));
  const linked = new LinkedViews(() => undefined);
  for (const [sop, view] of views) linked.setView(sop as CellKey, view);
  const hung = sops.map(
    (sop) => [sop as CellKey, hungAs(sop, sop.endsWith('CC') ? 'CC' : 'MLO')] as const,
  );
  linked.update(
    new Map(hung),
    { zoom: true, pan: true, window: false, slices: true },
    (sop): Box | undefined => marks[sop],
  );
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
