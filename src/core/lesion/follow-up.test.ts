import { describe, expect, it } from 'vitest';
import { followUp, isAlike, likenessOf, yearsBetween } from './follow-up.ts';
import { lesionSize, longerSide, longestExtent, type SizedView } from './lesion-size.ts';
import type { LesionLocation } from './location.ts';

const view = (
  name: string,
  box: number,
  outline?: number,
  plane: SizedView['plane'] = 'detector',
): SizedView => ({
  sopInstanceUid: `1.${name}`,
  view: name,
  plane,
  box,
  outline,
});

describe('the size of a lesion', () => {
  it('is the longest distance over its outline in mm, whichever way it lies', () => {
    const ellipse = Array.from({ length: 90 }, (_, i) => {
      const [a, b] = [60 * Math.cos((i * Math.PI) / 45), 20 * Math.sin((i * Math.PI) / 45)];
      return { x: 500 + (a - b) * Math.SQRT1_2, y: 300 + (a + b) * Math.SQRT1_2 };
    });
    expect(longestExtent(ellipse, { row: 0.1, column: 0.1 })).toBeCloseTo(12, 6);
    const upright = [
      { x: 0, y: 0 },
      { x: 3, y: 40 },
      { x: 1, y: 20 },
    ];
    expect(longestExtent(upright, { row: 0.1, column: 1 })).toBeCloseTo(5, 9);
  });

  it('is the longer side of the mark in mm', () => {
    const box = { x: 0, y: 0, width: 30, height: 40 };
    expect(longerSide(box, { row: 0.1, column: 0.2 })).toBeCloseTo(6, 9);
  });

  it('is the largest of the views, outlines before boxes', () => {
    expect(lesionSize([view('RCC', 30, 11), view('RMLO', 25, 12), view('RML', 40)])).toEqual({
      view: 'RMLO',
      mm: 12,
      of: 'outline',
    });
    expect(lesionSize([view('RCC', 30), view('RMLO', 25)])?.mm).toBe(30);
    expect(lesionSize([])).toBeUndefined();
  });
});

describe('a lesion then and now', () => {
  const dates = { then: '20240101', now: '20260101' };

  it('is compared on one view, measured in one way', () => {
    const now = [view('RCC', 30, 12), view('RMLO', 30, 20)];
    // The MLO view has no outline then: boxes would be compared there, outlines on the CC view.
    const then = [view('RCC', 20, 9), view('RMLO', 24)];
    const found = followUp(now, then, dates);
    expect(found).toMatchObject({
      now: { view: 'RCC', mm: 12, of: 'outline' },
      then: { view: 'RCC', mm: 9, of: 'outline' },
    });
    expect(found?.mmAYear).toBeCloseTo(1.5, 2);
    expect(followUp([view('RMLO', 30, 20)], [view('RMLO', 24)], dates)).toMatchObject({
      now: { mm: 30, of: 'box' },
      then: { mm: 24, of: 'box' },
    });
  });

  it('is told from unlike views where there is no other way, and not at all without a scale', () => {
    expect(followUp([view('RCC', 30, 12)], [view('RMLO', 9)], dates)).toMatchObject({
      now: { view: 'RCC' },
      then: { view: 'RMLO', of: 'box' },
    });
    expect(followUp([view('RCC', 30)], [], dates)).toBeUndefined();
  });

  it('is measured in one way on unlike views too', () => {
    const found = followUp([view('RCC', 30, 12)], [view('RMLO', 24)], dates);
    expect(found).toMatchObject({ now: { mm: 30, of: 'box' }, then: { mm: 24, of: 'box' } });
    expect(found?.mmAYear).toBeCloseTo(3, 2);
    const outlined = followUp([view('RCC', 30, 12)], [view('RMLO', 24, 10)], dates);
    expect(outlined).toMatchObject({ now: { mm: 12 }, then: { mm: 10, of: 'outline' } });
  });

  it('has no rate where the scales are of unlike planes, and that is said', () => {
    const then = [view('RCC', 30, 12, 'detector')];
    const compare = (plane: SizedView['plane']) =>
      followUp([view('RCC', 27, 11, plane)], then, dates);
    expect(compare('breast')).toMatchObject({ now: { mm: 11 }, then: { mm: 12 } });
    expect(compare('breast')?.unlikeScales).toBe(true);
    expect(compare('breast')?.mmAYear).toBeUndefined();
    expect(compare('unsaid')?.unlikeScales).toBe(true);
    expect(compare('detector')?.unlikeScales).toBeUndefined();
    expect(compare('detector')?.mmAYear).toBeCloseTo(-0.5, 2);
  });

  it('has no rate without dates, or from exams that are close', () => {
    const compare = (then: string, now: string) =>
      followUp([view('RCC', 30)], [view('RCC', 20)], { then, now });
    expect(compare('', '20260101')?.years).toBeUndefined();
    expect(compare('20251201', '20260101')?.years).toBeCloseTo(0.085, 3);
    expect(compare('20251201', '20260101')?.mmAYear).toBeUndefined();
    expect(yearsBetween('20260101', '20250101')).toBeUndefined();
  });
});

describe('whether marks may be one lesion', () => {
  const at = (part: Partial<LesionLocation>, mm?: number): LesionLocation => ({
    side: 'R',
    vertical: 'upper',
    horizontal: 'outer',
    nippleDistances: mm === undefined ? [] : [{ view: 'RCC', mm }],
    views: [],
    nipples: 'detected',
    ...part,
  });

  it('is told by quadrant and nipple distance on one view', () => {
    expect(isAlike(likenessOf(at({}, 60), at({}, 70)))).toBe(true);
    expect(isAlike(likenessOf(at({}, 60), at({}, 90)))).toBe(false);
    expect(isAlike(likenessOf(at({}, 60), at({ horizontal: 'inner' }, 60)))).toBe(false);
    // What one view does not tell, or what lies at the level of the nipple, contradicts nothing.
    expect(isAlike(likenessOf(at({}, 60), at({ vertical: undefined }, 60)))).toBe(true);
    expect(isAlike(likenessOf(at({}, 60), at({ vertical: 'level' }, 60)))).toBe(true);
    expect(isAlike(likenessOf(at({}), at({}, 60)))).toBe(false);
  });
});
