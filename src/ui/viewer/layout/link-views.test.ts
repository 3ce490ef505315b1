import { describe, expect, it } from 'vitest';
import { breastFrame, fromImage } from '../../../core/display/hanging/breast-frame.ts';
import { followed, movementOf } from './link-views.ts';

const AS_STORED = { transpose: false, flipHorizontal: false, flipVertical: false };
const geometry = { columns: 800, rows: 1200, columnSpacing: 0.1, rowSpacing: 0.1 };
const fine = { columns: 1600, rows: 2400, columnSpacing: 0.05, rowSpacing: 0.05 };
const right = breastFrame(geometry, AS_STORED, 'right', undefined);
const left = breastFrame(fine, AS_STORED, 'left', undefined);
const both = { zoom: true, pan: true };

describe('a pan', () => {
  const before = { center: { x: 600, y: 600 }, scale: 4 };
  const after = { center: { x: 580, y: 630 }, scale: 4 };
  const pan = movementOf(right, before, after);

  it('moves the other breast in mirror image, by as many millimetres', () => {
    const pose = { center: { x: 400, y: 1200 }, scale: 4 };
    const to = followed(left, pose, pan, both, true);
    expect(to.scale).toBe(4);
    expect(to.center.x).toBeCloseTo(440, 9);
    expect(to.center.y).toBeCloseTo(1260, 9);
  });

  it('stays in its projection, and stays alone where pans are not linked', () => {
    const pose = { center: { x: 400, y: 1200 }, scale: 4 };
    expect(followed(left, pose, pan, both, false)).toEqual(pose);
    expect(followed(left, pose, pan, { zoom: true, pan: false }, true)).toEqual(pose);
  });
});

describe('a zoom about the pointer', () => {
  const before = { center: { x: 600, y: 600 }, scale: 4 };
  const after = { center: { x: 650, y: 600 }, scale: 8 };
  const zoom = movementOf(right, before, after);
  const pose = { center: { x: 400, y: 1200 }, scale: 4 };

  it('brings the same place of the other breast', () => {
    const to = followed(left, pose, zoom, both, true);
    expect(to.scale).toBe(8);
    const moved = fromImage(left, to.center).depth - fromImage(left, pose.center).depth;
    expect(moved).toBeCloseTo(-5, 9);
  });

  it('keeps the middle of another projection', () => {
    expect(followed(left, pose, zoom, both, false)).toEqual({ ...pose, scale: 8 });
  });

  it('leaves others where they are when zooms are not linked, although the middle moved', () => {
    expect(followed(left, pose, zoom, { zoom: false, pan: true }, true)).toEqual(pose);
  });
});
