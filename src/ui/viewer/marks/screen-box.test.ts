import { describe, expect, it } from 'vitest';
import { cornerTicks, screenHandles, toScreen, TOUCH_TARGET } from './screen-box.ts';

const mirror = {
  imageToCanvas: ({ x, y }: { x: number; y: number }) => ({ x: 500 - x / 2, y: y / 2 }),
};

describe('toScreen', () => {
  it('is a proper box on a mirrored view', () => {
    expect(toScreen(mirror, { x: 100, y: 20, width: 40, height: 60 })).toEqual({
      x: 430,
      y: 10,
      width: 20,
      height: 30,
    });
  });
});

describe('screenHandles', () => {
  const asStored = { imageToCanvas: (p: { x: number; y: number }) => p };
  const large = { x: 100, y: 100, width: 200, height: 200 };

  it('shows all eight on a large box and the corners only on a small one', () => {
    expect(screenHandles(asStored, large)).toHaveLength(8);
    const small = screenHandles(asStored, { ...large, width: 20, height: 20 });
    expect(small.map((h) => h.handle)).toEqual(['nw', 'ne', 'se', 'sw']);
  });

  it('leaves the inside of a small box free', () => {
    const box = { x: 100, y: 100, width: 20, height: 20 };
    const reach = TOUCH_TARGET / 2;
    for (const { touch } of screenHandles(asStored, box)) {
      const inX = Math.abs(touch.x - 110) < reach - 2;
      const inY = Math.abs(touch.y - 110) < reach - 2;
      expect(inX && inY).toBe(false);
    }
  });

  it('puts the west handle of a mirrored view on the right', () => {
    const handles = screenHandles(mirror, { x: 0, y: 0, width: 400, height: 400 });
    const west = handles.find((h) => h.handle === 'w');
    expect(west).toMatchObject({ at: { x: 500, y: 100 }, cursor: 'ew-resize' });
    expect(west?.touch.x).toBeGreaterThan(500);
    expect(handles.find((h) => h.handle === 'nw')?.cursor).toBe('nesw-resize');
  });
});

describe('cornerTicks', () => {
  it('leaves the sides open, on small boxes too', () => {
    const arms = (side: number) => {
      const d = cornerTicks({ x: 0, y: 0, width: side, height: side });
      return [...d.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x));
    };
    expect(arms(100)).toEqual([14, 86, 86, 14]);
    expect(arms(10)).toEqual([3, 7, 7, 3]);
  });
});

it('has handles that a finger can take, pushed out of the box', () => {
  const asStored = { imageToCanvas: (p: { x: number; y: number }) => p };
  const box = { x: 100, y: 100, width: 100, height: 100 };
  const [corner] = screenHandles(asStored, box, 44);
  expect(corner?.touch).toEqual({ x: 80, y: 80 });
  expect(screenHandles(asStored, box, 44)).toHaveLength(4);
});
