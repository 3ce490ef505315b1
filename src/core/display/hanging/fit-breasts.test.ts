import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../image/image-geometry.ts';
import { breastFrame, fromImage } from './breast-frame.ts';
import { fitBreasts, type FitView } from './fit-breasts.ts';
import { AS_STORED, halfDisc } from './testing.ts';

const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };
const view = (
  chestWall: 'left' | 'right',
  level: number,
  radius: number,
  change: Partial<FitView> = {},
): FitView => ({
  frame: breastFrame(geometry, AS_STORED, chestWall, halfDisc(geometry, chestWall, level, radius)),
  level: 'CC',
  calibrated: true,
  width: 400,
  height: 500,
  ...change,
});

/** Where a stored point is on screen, CSS pixels from the view's middle, outwards and down. */
const onScreen = (of: FitView, at: ReturnType<typeof fitBreasts>[number], y: number) => {
  const middle = fromImage(of.frame, at.center);
  const here = fromImage(of.frame, { x: of.frame.origin.x, y });
  return {
    out: (here.depth - middle.depth) * at.scale,
    down: (here.below - middle.below) * at.scale,
  };
};

describe('fitBreasts', () => {
  it('puts the chest wall on the inner edge and shows each breast whole at one scale', () => {
    const views = [view('right', 600, 300), view('left', 600, 400)];
    const placed = fitBreasts(views);
    expect(placed[0]?.scale).toBe(placed[1]?.scale);
    views.forEach((each, i) => {
      const at = placed[i] as (typeof placed)[number];
      expect(onScreen(each, at, 600).out).toBeCloseTo(-200, 9);
      expect(each.frame.depth * at.scale).toBeLessThanOrEqual(400);
      for (const end of [-each.frame.above, each.frame.below]) {
        const down = (end - fromImage(each.frame, at.center).below) * at.scale;
        expect(Math.abs(down)).toBeLessThanOrEqual(250);
      }
    });
    // As large as possible: the larger breast fills its view but for the air.
    const larger = views[1] as FitView;
    const filled = Math.max(larger.frame.depth / 400, (2 * larger.frame.below) / 500);
    expect(filled * (placed[1]?.scale ?? 0)).toBeGreaterThan(0.94);
  });

  it('shows breasts of detectors with different pixels at one size', () => {
    const fine = { columns: 1600, rows: 2400, columnSpacing: 0.05, rowSpacing: 0.05 };
    const ofFine: FitView = {
      ...view('right', 600, 300),
      frame: breastFrame(fine, AS_STORED, 'right', halfDisc(fine, 'right', 1200, 600)),
    };
    const views = [ofFine, view('left', 600, 300)];
    const seen = fitBreasts(views).map(({ scale }, i) => (views[i] as FitView).frame.depth * scale);
    expect(seen[0]).toBeCloseTo(seen[1] as number, 0);
  });

  it('shows mammogram, slices and prior at one size, each by its own spacing', () => {
    // One breast of 30 mm: on a detector of 0.07 mm, in slices of 0.1 mm, on a prior of 0.05 mm.
    const views = [0.07, 0.1, 0.05].map((mm): FitView => {
      const [columns, rows] = [80 / mm, 120 / mm].map((n) => Math.round(n / 4) * 4);
      const spacing = { row: mm, column: mm };
      const own = geometryOf({ columns: columns ?? 0, rows: rows ?? 0, spacing, pixelAspect: 1 });
      const breast = halfDisc(own, 'right', own.rows / 2, 30 / mm);
      return { ...view('right', 600, 300), frame: breastFrame(own, AS_STORED, 'right', breast) };
    });
    const seen = fitBreasts(views).map(({ scale }, i) => (views[i] as FitView).frame.depth * scale);
    for (const depth of seen) expect(Math.abs(depth / (seen[0] as number) - 1)).toBeLessThan(0.01);
  });

  it('stands both foremost points at one height though they lie apart in the images', () => {
    const views = [view('right', 600, 300), view('left', 650, 300)];
    const placed = fitBreasts(views);
    const [r, l] = views.map((each, i) =>
      onScreen(each, placed[i] as (typeof placed)[number], each.frame.origin.y),
    );
    expect(r?.down).toBeCloseTo(l?.down ?? NaN, 9);
  });

  it('shows a breast whole whose foremost point is far from its middle', () => {
    const low = view('left', 600, 300);
    const mlo = { ...low, frame: { ...low.frame, depth: 20, above: 45, below: 15 } };
    const [placed] = fitBreasts([mlo]);
    for (const end of [-45, 15]) {
      const down = (end - fromImage(mlo.frame, placed!.center).below) * placed!.scale;
      expect(Math.abs(down)).toBeLessThanOrEqual(250);
    }
  });

  it('centres each breast where the foremost points are too far apart to be believed', () => {
    const tall = view('left', 600, 300);
    const odd = {
      ...view('right', 600, 300),
      frame: { ...view('right', 600, 300).frame, above: 5, below: 55 },
    };
    const [placed] = fitBreasts([odd, tall]);
    expect(fromImage(odd.frame, placed!.center).below).toBeCloseTo(25, 9);
  });

  it('does not let one projection move another', () => {
    const cc = [view('right', 600, 300), view('left', 600, 300)];
    const alone = fitBreasts(cc);
    const mlo = { ...view('left', 300, 250), level: 'MLO' };
    expect(fitBreasts([...cc, mlo])[0]).toEqual(alone[0]);
  });

  it('keeps views without spacing at a scale of their own, and hidden ones out', () => {
    const film = { ...view('left', 600, 300), calibrated: false, width: 40, height: 50 };
    const hidden = { ...view('left', 600, 400), width: 0 };
    const alone = fitBreasts([view('right', 600, 300)]);
    const placed = fitBreasts([view('right', 600, 300), film, hidden]);
    expect(placed[0]?.scale).toBeCloseTo(alone[0]?.scale ?? NaN, 9);
    expect(placed[1]?.scale).toBeLessThan(placed[0]?.scale ?? 0);
    expect(placed[2]?.scale).toBe(0);
  });
});
