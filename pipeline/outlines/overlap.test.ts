import { describe, expect, it } from 'vitest';
import type { Roi } from '../data/rois.ts';
import { chooseViews, marginOf } from './choose.ts';
import { readOutlines } from './outlines.ts';
import { overlap } from './overlap.ts';

const square = (x: number, y: number, side: number) => [
  { x, y },
  { x: x + side, y },
  { x: x + side, y: y + side },
  { x, y: y + side },
];

describe('overlap of two outlines', () => {
  it('is 1 for the same outline, whichever way round', () => {
    expect(overlap(square(3, 4, 10), square(3, 4, 10).reverse())).toBe(1);
  });

  it('is intersection over union', () => {
    expect(overlap(square(0, 0, 10), square(5, 0, 10))).toBeCloseTo(1 / 3, 2);
    expect(overlap(square(0, 0, 10), square(2, 2, 5))).toBeCloseTo(0.25, 2);
    expect(overlap(square(0, 0, 10), square(20, 0, 10))).toBe(0);
  });

  it('is 0.5 for a triangle that halves a square', () => {
    expect(overlap(square(0, 0, 10), square(0, 0, 10).slice(0, 3))).toBeCloseTo(0.5, 2);
  });

  it('does not care that pixels are taller than wide', () => {
    const tall = (points: ReturnType<typeof square>) =>
      points.map(({ x, y }) => ({ x, y: 1.7 * y }));
    const [a, b] = [square(0, 0, 10), square(3, 4, 9)];
    expect(overlap(tall(a), tall(b))).toBeCloseTo(overlap(a, b), 3);
  });
});

const margins = ['circumscribed', 'obscured', 'microlobulated', 'ill_defined', 'spiculated'];
const rois: Roi[] = Array.from({ length: 400 }, (_, i) => ({
  line: i + 2,
  image: `${i % 300}_${i}.jpg`,
  patient: String(i % 300),
  view: 'CC',
  lesion: `${i % 300}_${i}`,
  box: { x: 0, y: 0, width: 10, height: 10 },
  density: '2',
  subtlety: String((i % 4) + (i % 4 > 0 ? 2 : 1)),
  margins: margins[Math.floor(i / 4) % 5] as string,
  shape: '',
}));

describe('choice of the lesions to outline', () => {
  it('takes two of each margin and subtlety, one a patient', () => {
    const chosen = chooseViews(rois);
    expect(chosen).toHaveLength(40);
    expect(new Set(chosen.map((r) => r.patient)).size).toBe(40);
    for (const margin of margins) {
      const mine = chosen.filter((r) => marginOf(r) === margin).map((r) => r.subtlety);
      expect(mine.sort()).toEqual(['1', '1', '3', '3', '4', '4', '5', '5']);
    }
  });

  it('does not depend on the order of the table or on outcomes', () => {
    const turned = [...rois].reverse().map((r) => ({ ...r, malignant: true }));
    expect(chooseViews(turned).map((r) => r.line)).toEqual(chooseViews(rois).map((r) => r.line));
  });

  it('counts a lesion by its most suspicious word', () => {
    expect(marginOf({ margins: 'obscured-spiculated' })).toBe('spiculated');
    expect(marginOf({ margins: 'na' })).toBeUndefined();
  });
});

describe('the outlines drawn by hand', () => {
  it('are forty, of forty lesions, each an area inside an 800 x 800 image', () => {
    const outlines = readOutlines();
    expect(new Set(outlines.map((o) => o.lesion)).size).toBe(40);
    for (const { polygon } of outlines) {
      const points = polygon.map(([x, y]) => ({ x, y }));
      expect(overlap(points, points)).toBe(1);
      for (const { x, y } of points) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x, y)).toBeLessThanOrEqual(800);
      }
    }
  });
});
