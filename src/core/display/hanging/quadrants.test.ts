import { describe, expect, it } from 'vitest';
import { breastCells, breastFrame, fromImage } from './breast-frame.ts';
import { nearestStep, quadrantSteps, stepAt } from './quadrants.ts';
import { AS_STORED, halfDisc } from './testing.ts';

const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };
const breast = (chestWall: 'left' | 'right', level: number, radius: number) => {
  const shape = halfDisc(geometry, chestWall, level, radius);
  return { frame: breastFrame(geometry, AS_STORED, chestWall, shape), shape };
};

describe('quadrantSteps', () => {
  const small = breast('left', 600, 350);
  const large = breast('right', 560, 420);
  const [width, height] = [16, 20];
  const steps = quadrantSteps([small], width, height);

  const covered = (of: typeof small, by: typeof steps) => {
    const points = breastCells(of.shape, geometry).map((p) => fromImage(of.frame, p));
    const seen = points.filter((p) =>
      by.some(
        (s) =>
          Math.abs(s.depth - p.depth) <= width / 2 && Math.abs(s.below - p.below) <= height / 2,
      ),
    );
    return seen.length / points.length;
  };

  it('covers the breast', () => {
    expect(covered(small, steps)).toBeGreaterThan(0.995);
  });

  it('leaves out parts that are air', () => {
    const fine = quadrantSteps([small], 8, 8);
    const rows = new Set(fine.map((s) => s.below)).size;
    const columns = new Set(fine.map((s) => s.depth)).size;
    expect(fine.length).toBeLessThan(rows * columns);
    for (const { depth, below } of fine)
      expect(Math.hypot(depth - 4, Math.max(Math.abs(below) - 4, 0))).toBeLessThan(37);
  });

  it('starts at the top of the chest wall and turns at the end of each row', () => {
    const rows = [...new Set(steps.map((s) => s.below))];
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    rows.forEach((below, i) => {
      const depths = steps.filter((s) => s.below === below).map((s) => s.depth);
      const sorted = [...depths].sort((a, b) => (i % 2 === 0 ? a - b : b - a));
      expect(depths).toEqual(sorted);
    });
    expect(steps[0]).toMatchObject({ depth: width / 2, below: rows[0] });
  });

  it('covers both breasts where they are looked at together', () => {
    expect(covered(large, steps)).toBeLessThan(0.95);
    const both = quadrantSteps([small, large], width, height);
    expect(covered(small, both)).toBeGreaterThan(0.995);
    expect(covered(large, both)).toBeGreaterThan(0.995);
  });

  it('is one step where the breast fits', () => {
    expect(quadrantSteps([small], 200, 200)).toHaveLength(1);
  });

  it('knows the step that a view stands on', () => {
    const [, second] = steps as [unknown, (typeof steps)[number]];
    expect(stepAt(steps, { ...second, depth: second.depth + 0.01 }, width)).toBe(1);
    expect(stepAt(steps, { ...second, depth: second.depth + 3 }, width)).toBeUndefined();
    expect(nearestStep(steps, { ...second, depth: second.depth + 3 })).toBe(1);
  });
});
