import { describe, expect, it } from 'vitest';
import { breastCells } from './breast-frame.ts';
import { breastMiddle, keptOnBreast } from './on-breast.ts';
import { halfDisc } from './testing.ts';

const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };
/** A small breast at the left edge, its middle 600 rows down. */
const shape = halfDisc(geometry, 'left', 600, 300);

const away = (point: { x: number; y: number }) =>
  Math.min(
    ...breastCells(shape, geometry).map((c) => Math.hypot(c.x - point.x, c.y - point.y) * 0.1),
  );

describe('the middle of a view', () => {
  it('stays where it is as long as the breast is on show', () => {
    const middle = { x: 400, y: 600 };
    expect(keptOnBreast(geometry, shape, middle, 100)).toEqual(middle);
    expect(keptOnBreast(geometry, undefined, middle, 1)).toEqual(middle);
  });

  it('is kept within a quarter of the view from the breast when it would show air', () => {
    const air = { x: 750, y: 100 };
    for (const extent of [40, 20, 5]) {
      const kept = keptOnBreast(geometry, shape, air, extent);
      expect(away(kept)).toBeCloseTo(extent / 4, 6);
    }
  });

  it('is that of the breast where nothing else is asked for', () => {
    expect(away(breastMiddle(geometry, shape))).toBeLessThan(1);
    expect(breastMiddle(geometry, undefined)).toEqual({ x: 400, y: 600 });
  });
});
