import { describe, expect, it } from 'vitest';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import type { Pose, ViewportHandle } from '../../../ports/display.ts';
import type { CellKey } from '../../../core/display/hanging/hanging-layout.ts';
import { LinkedViews, type Hung } from './linked-views.ts';

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

const four = () => {
  const sops = ['RCC', 'LCC', 'RMLO', 'LMLO'];
  const views = new Map(sops.map((sop) => [sop, viewOf(sop)]));
  const linked = new LinkedViews(() => undefined);
  for (const [sop, view] of views) linked.setView(sop as CellKey, view);
  const hung = sops.map(
    (sop) => [sop as CellKey, hungAs(sop, sop.endsWith('CC') ? 'CC' : 'MLO')] as const,
  );
  linked.update(new Map(hung), { zoom: true, pan: true, window: false });
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
