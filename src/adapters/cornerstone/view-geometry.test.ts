import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import { describe, expect, it } from 'vitest';
import { screenAxes } from '../../core/geometry/screen-axes.ts';
import {
  canvasToImage,
  fitScale,
  fittedView,
  imageToCanvas,
  sameLook,
  zoomedView,
  type View,
} from './view-geometry.ts';

const geometry = { columns: 2000, rows: 2600, columnSpacing: 0.1, rowSpacing: 0.17 };
const screen = { width: 500.4, height: 611.2, canvasWidth: 500, canvasHeight: 611 };
const turned = (flipHorizontal: boolean, flipVertical = false, transpose = false) => ({
  transpose,
  flipHorizontal,
  flipVertical,
});
const ALL_TURNS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
  turned((i & 1) > 0, (i & 2) > 0, (i & 4) > 0),
);
const view: View = { center: { x: 700.25, y: 1300 }, scale: 3.2, orientation: turned(false) };

describe('sameLook', () => {
  const look = { view, geometry, height: 611 };
  it('is true of equal views of one image on one height', () => {
    const again = { ...view, center: { ...view.center }, orientation: turned(false) };
    expect(sameLook(look, { ...look, view: again })).toBe(true);
  });
  it.each([
    ['scale', { ...look, view: { ...view, scale: 3.3 } }],
    ['place', { ...look, view: { ...view, center: { ...view.center, x: 700 } } }],
    ['height in the image', { ...look, view: { ...view, center: { ...view.center, y: 1301 } } }],
    ...ALL_TURNS.slice(1).map(
      (orientation) => ['turn', { ...look, view: { ...view, orientation } }] as const,
    ),
    ['image', { ...look, geometry: { ...geometry } }],
    ['element', { ...look, height: 612 }],
  ] as const)('is false of another %s', (_, other) => {
    expect(sameLook(look, other)).toBe(false);
  });
});

describe('imageToCanvas and canvasToImage', () => {
  it.each(ALL_TURNS)('are each other’s inverse: %j', (orientation) => {
    const v = { ...view, orientation };
    const there = imageToCanvas(geometry, screen, v, { x: 12.5, y: 99 });
    const back = canvasToImage(geometry, screen, v, there);
    expect(back.x).toBeCloseTo(12.5, 9);
    expect(back.y).toBeCloseTo(99, 9);
  });

  it.each([
    ['hidden, with its canvas as it was', { canvasWidth: 500, canvasHeight: 611 }],
    ['hidden', { canvasWidth: 0, canvasHeight: 0 }],
  ])('answer numbers for an element that is %s', (_, canvas) => {
    const at = imageToCanvas(geometry, { width: 0, height: 0, ...canvas }, view, {
      x: 12.5,
      y: 99,
    });
    expect(Object.values(at).every(Number.isFinite)).toBe(true);
  });

  it('puts the centre in the middle and mirrors x only', () => {
    const v = { ...view, orientation: turned(true) };
    expect(imageToCanvas(geometry, screen, v, v.center)).toEqual({ x: 250.2, y: 305.6 });
    const right = imageToCanvas(geometry, screen, v, { x: v.center.x + 10, y: v.center.y + 10 });
    expect(right.x).toBeLessThan(250.2);
    expect(right.y).toBeCloseTo(305.6 + 10 * 0.17 * 3.2, 9);
  });

  it('lays rows along columns when transposed', () => {
    const v = { ...view, orientation: turned(false, false, true) };
    const below = imageToCanvas(geometry, screen, v, { x: v.center.x, y: v.center.y + 10 });
    expect(below.x).toBeGreaterThan(250.2);
    expect(below.y).toBeCloseTo(305.6, 9);
  });
});

describe('screenAxes', () => {
  it.each(ALL_TURNS)('stay at right angles: %j', (orientation) => {
    const { right, down } = screenAxes(orientation);
    expect(Math.abs(right.x * down.y - right.y * down.x)).toBe(1);
  });
});

describe('fittedView', () => {
  const edges = (v: View) => {
    const corners = [
      { x: 0, y: 0 },
      { x: geometry.columns, y: geometry.rows },
    ].map((p) => imageToCanvas(geometry, screen, v, p));
    const xs = corners.map((p) => p.x);
    const ys = corners.map((p) => p.y);
    return {
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    };
  };

  it.each(ALL_TURNS)('shows all of the image at the fitting scale: %j', (orientation) => {
    const scale = fitScale(geometry, screen, orientation);
    const { left, right, top, bottom } = edges(
      fittedView(geometry, screen, orientation, scale, 'center'),
    );
    expect(left + right).toBeCloseTo(screen.width, 6);
    expect(top + bottom).toBeCloseTo(screen.height, 6);
    expect(Math.max(right - left - screen.width, bottom - top - screen.height)).toBeCloseTo(0, 0);
  });

  it.each(ALL_TURNS)('lays a side on the edge of the view: %j', (orientation) => {
    const at = (align: 'left' | 'right') =>
      edges(fittedView(geometry, screen, orientation, 1, align));
    expect(at('left').left).toBeCloseTo(0, 6);
    expect(at('right').right).toBeCloseTo(screen.width, 6);
  });
});

describe('zoomedView', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 33.3, y: 400 };
    const before = canvasToImage(geometry, screen, view, at);
    const zoomed = zoomedView(geometry, screen, view, 2.5, at, { least: 1, most: 20 });
    const after = canvasToImage(geometry, screen, zoomed, at);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
    expect(zoomed.scale).toBe(8);
  });

  it('stays within bounds, and goes no farther from them where it is beyond', () => {
    const scaleAfter = (scale: number, factor: number) =>
      zoomedView(geometry, screen, { ...view, scale }, factor, at, { least: 1, most: 20 }).scale;
    const at = { x: 0, y: 0 };
    expect(scaleAfter(8, 100)).toBe(20);
    expect(scaleAfter(8, 0.001)).toBe(1);
    expect(scaleAfter(40, 2)).toBe(40);
    expect(scaleAfter(40, 0.75)).toBe(30);
    expect(scaleAfter(0.5, 0.5)).toBe(0.5);
    expect(scaleAfter(0.5, 1.5)).toBe(0.75);
  });
});

describe('the pixel grid of the vendor', () => {
  it('has its origin at the centre of the first pixel, half a pixel inside a Box', () => {
    const image = vtkImageData.newInstance();
    image.setDimensions([4, 3, 1]);
    image.setSpacing([0.1, 0.2, 1]);
    image.setOrigin([0, 0, 0]);
    expect(image.worldToIndex([0, 0, 0])).toEqual([0, 0, 0]);
    expect(image.getSpatialExtent().slice(0, 4)).toEqual([-0.5, 3.5, -0.5, 2.5]);
  });
});
