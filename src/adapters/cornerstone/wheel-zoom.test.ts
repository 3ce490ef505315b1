import { describe, expect, it } from 'vitest';
import { wheelFactor } from './wheel-zoom.ts';

const wheel = (deltaY: number, more: { deltaMode?: number; ctrlKey?: boolean } = {}) =>
  wheelFactor({ deltaY, deltaMode: 0, ctrlKey: false, ...more });

describe('wheelFactor', () => {
  it.each([
    [-120, {}],
    [-100, {}],
    [-480, {}],
    [-3, { deltaMode: 1 }],
    [-1, { deltaMode: 2 }],
    [-120, { ctrlKey: true }],
  ])('is a fifth for a notch of %d %o', (deltaY, more) => {
    expect(wheel(deltaY, more)).toBeCloseTo(1.2, 10);
    expect(wheel(-deltaY, more)).toBeCloseTo(1 / 1.2, 10);
  });

  it('is as much for a swipe of a touchpad in however many events', () => {
    expect(wheel(-4) ** 15).toBeCloseTo(1.2, 10);
    expect(wheel(-1) ** 60).toBeCloseTo(1.2, 10);
  });

  it('follows two fingers that spread', () => {
    expect(wheel(-0.5, { ctrlKey: true }) ** 139).toBeCloseTo(2, 1);
  });
});
