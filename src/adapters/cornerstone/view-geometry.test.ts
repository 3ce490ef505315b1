import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import { describe, expect, it } from 'vitest';
import {
  canvasToImage,
  fitScale,
  fittedView,
  imageToCanvas,
  zoomedView,
  type View,
} from './view-geometry.ts';

const geometry = { columns: 2000, rows: 2600, columnSpacing: 0.1, rowSpacing: 0.17 };
const screen = { width: 500.4, height: 611.2, canvasWidth: 500, canvasHeight: 611 };
const view: View = { center: { x: 700.25, y: 1300 }, scale: 3.2, flipped: false };

describe('imageToCanvas and canvasToImage', () => {
  it.each([false, true])('are each other’s inverse (flipped: %s)', (flipped) => {
    const v = { ...view, flipped };
    const back = canvasToImage(
      geometry,
      screen,
      v,
      imageToCanvas(geometry, screen, v, { x: 12.5, y: 99 }),
    );
    expect(back.x).toBeCloseTo(12.5, 9);
    expect(back.y).toBeCloseTo(99, 9);
  });

  it('puts the centre in the middle and mirrors x only', () => {
    const v = { ...view, flipped: true };
    expect(imageToCanvas(geometry, screen, v, v.center)).toEqual({ x: 250.2, y: 305.6 });
    const right = imageToCanvas(geometry, screen, v, { x: v.center.x + 10, y: v.center.y + 10 });
    expect(right.x).toBeLessThan(250.2);
    expect(right.y).toBeCloseTo(305.6 + 10 * 0.17 * 3.2, 9);
  });
});

describe('fittedView', () => {
  const edges = (v: View) => ({
    left: imageToCanvas(geometry, screen, v, { x: v.flipped ? geometry.columns : 0, y: 0 }),
    right: imageToCanvas(geometry, screen, v, {
      x: v.flipped ? 0 : geometry.columns,
      y: geometry.rows,
    }),
  });

  it('shows all of the image at the fitting scale', () => {
    const { left, right } = edges(
      fittedView(geometry, screen, false, fitScale(geometry, screen), 'center'),
    );
    expect(left.x).toBeGreaterThanOrEqual(-1e-9);
    expect(left.y).toBeCloseTo(0, 9);
    expect(right.y).toBeCloseTo(screen.height, 9);
    expect(left.x).toBeCloseTo(screen.width - right.x, 6);
  });

  it.each([false, true])('lays a side on the edge of the view (flipped: %s)', (flipped) => {
    expect(edges(fittedView(geometry, screen, flipped, 1, 'left')).left.x).toBeCloseTo(0, 0);
    expect(edges(fittedView(geometry, screen, flipped, 1, 'right')).right.x).toBeCloseTo(
      screen.width,
      0,
    );
  });
});

describe('zoomedView', () => {
  it('keeps the point under the pointer where it is', () => {
    const at = { x: 33.3, y: 400 };
    const before = canvasToImage(geometry, screen, view, at);
    const zoomed = zoomedView(geometry, screen, view, 2.5, at);
    const after = canvasToImage(geometry, screen, zoomed, at);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
    expect(zoomed.scale).toBe(8);
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
