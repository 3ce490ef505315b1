import { describe, expect, it } from 'vitest';
import {
  arrowStep,
  dragBox,
  handleAt,
  HANDLES,
  moveBox,
  placedBox,
  resizeByArrow,
} from './box-drag.ts';

const size = { columns: 800, rows: 1360 };
const box = { x: 100, y: 200, width: 50, height: 80 };

describe('dragBox', () => {
  it('draws in any direction without rounding', () => {
    const drag = { kind: 'draw', from: { x: 175.4, y: 821.2 } } as const;
    expect(dragBox(drag, { x: 69.8, y: 683.4 }, size)).toEqual({
      x: 69.8,
      y: 683.4,
      width: 175.4 - 69.8,
      height: 821.2 - 683.4,
    });
  });

  it('cuts what is drawn beyond the image', () => {
    const drag = { kind: 'draw', from: { x: 790, y: 10 } } as const;
    expect(dragBox(drag, { x: 900, y: -5 }, size)).toEqual({ x: 790, y: 0, width: 10, height: 10 });
  });

  it('moves without changing the size, up to the edge', () => {
    const drag = { kind: 'move', from: { x: 110, y: 210 }, box } as const;
    expect(dragBox(drag, { x: 120.5, y: 205 }, size)).toEqual({ ...box, x: 110.5, y: 195 });
    expect(dragBox(drag, { x: -500, y: 5000 }, size)).toEqual({ ...box, x: 0, y: 1280 });
  });

  it.each([
    ['nw', { x: 110, y: 220, width: 40, height: 60 }],
    ['n', { x: 100, y: 220, width: 50, height: 60 }],
    ['ne', { x: 100, y: 220, width: 60, height: 60 }],
    ['e', { x: 100, y: 200, width: 60, height: 80 }],
    ['se', { x: 100, y: 200, width: 60, height: 100 }],
    ['s', { x: 100, y: 200, width: 50, height: 100 }],
    ['sw', { x: 110, y: 200, width: 40, height: 100 }],
    ['w', { x: 110, y: 200, width: 40, height: 80 }],
  ] as const)('resizes by %s only the sides it touches', (kind, expected) => {
    const from = { x: 1, y: 2 };
    expect(dragBox({ kind, from, box }, { x: 11, y: 22 }, size)).toEqual(expected);
  });

  it('turns over when a side crosses its opposite', () => {
    const drag = { kind: 'w', from: { x: 100, y: 0 }, box } as const;
    expect(dragBox(drag, { x: 180, y: 0 }, size)).toEqual({ ...box, x: 150, width: 30 });
  });
});

describe('moveBox', () => {
  it('keeps a box that is larger than the image at the origin', () => {
    expect(moveBox({ x: 0, y: 0, width: 900, height: 20 }, 5, 5, size).x).toBe(0);
  });
});

describe('handleAt', () => {
  it('gives eight different places on the rim', () => {
    const places = HANDLES.map(handleAt);
    expect(new Set(places.map((p) => `${p.x},${p.y}`)).size).toBe(8);
    expect(places.every((p) => [p.x, p.y].some((v) => v !== 0.5))).toBe(true);
  });
});

describe('arrowStep', () => {
  it('follows the screen, however the image is turned', () => {
    const asStored = (p: { x: number; y: number }) => ({ x: p.x * 3 + 7, y: p.y * 5 });
    const mirrored = (p: { x: number; y: number }) => ({ x: 90 - p.x, y: p.y });
    const transposed = (p: { x: number; y: number }) => ({ x: p.y * 2, y: p.x * 2 });
    expect(arrowStep('ArrowRight', false, asStored)).toEqual({ x: 1, y: 0 });
    expect(arrowStep('ArrowRight', true, mirrored)).toEqual({ x: -10, y: 0 });
    expect(arrowStep('ArrowUp', true, mirrored)).toEqual({ x: 0, y: -10 });
    expect(arrowStep('ArrowDown', false, transposed)).toEqual({ x: 1, y: 0 });
    expect(arrowStep('a', false, asStored)).toBeNull();
  });
});

describe('a box without a pointer', () => {
  it('is placed in the middle of what is on screen of the image', () => {
    const placed = placedBox({ x: 900, y: -100 }, { x: 200, y: 500 }, size, undefined);
    expect(placed).toEqual({ x: 500 - 37.5, y: 250 - 37.5, width: 75, height: 75 });
    const edge = placedBox({ x: 799, y: 0 }, { x: 900, y: 1 }, size, undefined);
    expect(edge).toMatchObject({ x: 792, y: 0 });
  });

  it('grows and shrinks about its middle, never to nothing', () => {
    const right = { x: -10, y: 0 };
    expect(resizeByArrow('ArrowRight', box, right, size)).toEqual({ ...box, x: 90, width: 70 });
    expect(resizeByArrow('ArrowLeft', box, right, size)).toEqual({ ...box, x: 110, width: 30 });
    expect(resizeByArrow('ArrowUp', box, { x: 0, y: 1 }, size)).toEqual({
      ...box,
      y: 199,
      height: 82,
    });
    expect(resizeByArrow('ArrowLeft', { ...box, width: 5 }, { x: 1, y: 0 }, size)).toBeUndefined();
  });
});
