import { describe, expect, it } from 'vitest';
import { fromBytes, toBytes } from './bit-mask.ts';
import { closedPath } from './closed-path.ts';
import { fillHoles } from './fill-holes.ts';
import { growRegions } from './growing-regions.ts';
import {
  convexHull,
  insideOf,
  polygonArea,
  polygonPerimeter,
  rasterise,
} from '../geometry/polygon.ts';
import { direction, rayToRectangle } from './polar-grid.ts';
import { describeRegion, type Extent, radialGradientIndex } from './radial-gradient-index.ts';
import { cutRegion } from './region-of-interest.ts';
import { gaussianSmooth, gradientOf } from './smooth.ts';

const pixels = (...lines: string[]) => Uint8Array.from(lines.join(''), (c) => (c === '#' ? 1 : 0));

describe('polygons', () => {
  const star = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 4 },
    { x: 2, y: 1 },
    { x: 0, y: 4 },
  ];

  it('have area, perimeter and hull', () => {
    expect(polygonArea(star)).toBe(10);
    expect(polygonPerimeter(star)).toBeCloseTo(12 + 2 * Math.hypot(2, 3), 12);
    expect(polygonArea(convexHull(star))).toBe(16);
  });

  it('are rasterised at cell centres, the same as asking each cell', () => {
    const mask = rasterise(star, 6, 5);
    mask.forEach((m, i) =>
      expect(m).toBe(insideOf(star)((i % 6) + 0.5, Math.floor(i / 6) + 0.5) ? 1 : 0),
    );
    expect(mask.reduce((s, v) => s + v, 0)).toBe(10);
    // Jagged: sides short and long, steep and flat.
    const jagged = Array.from({ length: 61 }, (_, i) => {
      const [angle, reach] = [(2 * Math.PI * i) / 61, 9 + 8 * Math.sin(i * i)];
      return { x: 20 + reach * Math.cos(angle), y: 20 + reach * Math.sin(angle) };
    });
    const isInside = insideOf(jagged);
    const cells = rasterise(jagged, 40, 40);
    expect(
      cells.map((_, i) => (isInside((i % 40) + 0.5, Math.floor(i / 40) + 0.5) ? 1 : 0)),
    ).toEqual(cells);
  });
});

describe('fillHoles', () => {
  const filled = (mask: Uint8Array, width: number, extent?: Extent) =>
    toBytes(
      fillHoles(
        fromBytes(mask, width),
        extent ?? { x0: 0, y0: 0, x1: width, y1: mask.length / width },
      ),
    );

  it('fills what the border does not reach, also over corners', () => {
    const ring = pixels('.......', '.####..', '.#..#..', '.#.##..', '.###...', '......#');
    const full = pixels('.......', '.####..', '.####..', '.####..', '.###...', '......#');
    expect(filled(ring, 7)).toEqual(full);
    const [alone, whole] = [ring, full].map((mask) => mask.map((v, i) => (i === 41 ? 0 : v)));
    expect(filled(alone as Uint8Array, 7, { x0: 1, y0: 1, x1: 5, y1: 5 })).toEqual(whole);
  });

  it('is what plain flooding leaves, wider than a word and winding', () => {
    const [width, height] = [75, 40];
    for (let seed = 1; seed < 12; seed++) {
      const mask = Uint8Array.from({ length: width * height }, (_, i) =>
        (Math.imul(i + 7, 0x9e3779b1 + 2 * seed) >>> 16) % 100 < 30 + 4 * seed ? 1 : 0,
      );
      const outside = new Uint8Array(mask.length);
      const waiting = Array.from(mask.keys()).filter((i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return x === 0 || y === 0 || x === width - 1 || y === height - 1;
      });
      while (waiting.length) {
        const i = waiting.pop() as number;
        if (mask[i] || outside[i]) continue;
        outside[i] = 1;
        const x = i % width;
        if (x > 0) waiting.push(i - 1);
        if (x < width - 1) waiting.push(i + 1);
        if (i >= width) waiting.push(i - width);
        if (i + width < mask.length) waiting.push(i + width);
      }
      expect(filled(mask, width)).toEqual(outside.map((v) => 1 - v));
    }
  });
});

describe('growRegions', () => {
  /** Regions by plain flooding at one threshold. */
  const flood = (values: Float32Array, width: number, seed: number, least: number) => {
    const mask = new Uint8Array(values.length);
    const open = (i: number) => (values[i] as number) >= least && !mask[i];
    const stack = open(seed) ? [seed] : [];
    while (stack.length) {
      const i = stack.pop() as number;
      if (mask[i]) continue;
      mask[i] = 1;
      const x = i % width;
      const near = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
      for (const j of near) if (j >= 0 && j < values.length && open(j)) stack.push(j);
    }
    return mask;
  };

  it('meets the regions of every threshold that flooding each one finds', () => {
    const width = 9;
    const values = Float32Array.from({ length: 81 }, (_, i) => ((i * 37) % 64) / 63);
    const everywhere = new Uint8Array(81).fill(1);
    const seen: Uint8Array[] = [];
    growRegions(values, everywhere, width, [40], 0, (mask) => seen.push(toBytes(mask)) > 0);
    expect(seen.length).toBeGreaterThan(20);
    for (const mask of seen) {
      const lowest = Math.min(...values.filter((_, i) => mask[i]));
      const least = Math.floor(lowest * 256) / 256;
      expect(mask).toEqual(flood(values, width, 40, Math.min(least, 255 / 256)));
    }
  });

  it('stays where it is allowed and stops when told', () => {
    const values = new Float32Array(25).fill(1);
    const left = Uint8Array.from(values, (_, i) => (i % 5 < 2 ? 1 : 0));
    const areas: number[] = [];
    growRegions(values, left, 5, [10], 0, (_, area) => areas.push(area) < 0);
    expect(areas).toEqual([10]);
  });
});

describe('radial gradient index', () => {
  const raster = {
    width: 41,
    height: 41,
    data: Float32Array.from({ length: 41 * 41 }, (_, i) => {
      return 1 / (1 + Math.exp((Math.hypot((i % 41) - 20, Math.floor(i / 41) - 20) - 12) / 2));
    }),
  };
  const gradient = gradientOf(raster);
  const everywhere = new Uint8Array(41 * 41).fill(1);
  const whole = { x0: 0, y0: 0, x1: 41, y1: 41 };
  const indexOf = (mask: Uint8Array) =>
    radialGradientIndex(
      fromBytes(mask, 41),
      everywhere,
      gradient,
      describeRegion(fromBytes(mask, 41), whole),
    );

  it('is near 1 along the edge of a bright disc and -1 for a dark one', () => {
    const mask = Uint8Array.from(raster.data, (v) => (v > 0.5 ? 1 : 0));
    expect(indexOf(mask)).toBeGreaterThan(0.98);
    const dark = gradientOf({ ...raster, data: raster.data.map((v) => -v) });
    const disc = fromBytes(mask, 41);
    const region = describeRegion(disc, whole);
    expect(region).toMatchObject({ cx: 20.5, cy: 20.5, area: mask.reduce((s, v) => s + v, 0) });
    expect(radialGradientIndex(disc, everywhere, dark, region)).toBeLessThan(-0.98);
  });

  it('is lower for an outline that cuts across the disc', () => {
    const box = Uint8Array.from({ length: 41 * 41 }, (_, i) =>
      i % 41 > 19 && i % 41 < 38 && i > 41 * 5 && i < 41 * 36 ? 1 : 0,
    );
    expect(indexOf(box)).toBeLessThan(0.9);
  });
});

describe('closedPath', () => {
  it('is the cheapest of all closed paths', () => {
    const [rays, steps] = [6, 4];
    const cost = Float64Array.from({ length: rays * steps }, (_, i) => ((i * 7919) % 101) / 20);
    const price = (path: ArrayLike<number>) => {
      let sum = 0;
      for (let a = 0; a < rays; a++) {
        const d = (path[(a + 1) % rays] as number) - (path[a] as number);
        if (Math.abs(d) > 1) return Number.POSITIVE_INFINITY;
        sum += (cost[a * steps + (path[a] as number)] as number) + 0.3 * d * d;
      }
      return sum;
    };
    let best = Number.POSITIVE_INFINITY;
    for (let code = 0; code < steps ** rays; code++) {
      const path = Array.from({ length: rays }, (_, a) => Math.floor(code / steps ** a) % steps);
      best = Math.min(best, price(path));
    }
    expect(price(closedPath(cost, rays, steps, 1, 0.3))).toBeCloseTo(best, 12);
  });
});

describe('geometry', () => {
  it('rays end at the sides of a rectangle', () => {
    for (let a = 0; a < 96; a += 5) {
      const [c, s] = direction(a);
      const r = rayToRectangle(a, 3, 4, [0, 0, 10, 6]);
      const [x, y] = [3 + r * c, 4 + r * s];
      const off = Math.min(Math.abs(x), Math.abs(x - 10), Math.abs(y), Math.abs(y - 6));
      expect(off).toBeLessThan(1e-9);
      expect(x > -1e-9 && x < 10 + 1e-9 && y > -1e-9 && y < 6 + 1e-9).toBe(true);
    }
  });

  it('a region of interest averages, repeats the edge and knows what is inside', () => {
    const data = Float32Array.from({ length: 100 }, (_, i) => i % 10);
    const image = {
      width: 10,
      height: 10,
      data,
      breast: new Uint8Array(100).fill(1),
      columnsPerPixel: 1,
      rowsPerPixel: 1,
    };
    const roi = cutRegion(image, 1, 5, 8, 4);
    expect([roi.x, roi.y, roi.step]).toEqual([-3, 1, 2]);
    expect([...roi.data.subarray(0, 4)]).toEqual([0, 0, 1.5, 3.5]);
    expect([...roi.inside.subarray(0, 4)]).toEqual([0, 1, 1, 1]);
  });

  it.each([
    [1, 1, 4, 4],
    [8, 9, 4, 4],
    [-9, 5, 4, 4],
    [5, 5, 12, 12],
  ])('a region of interest at (%i, %i) of as many cells as pixels is a copy', (cx, cy, side, n) => {
    const data = Float32Array.from({ length: 100 }, (_, i) => i);
    const breast = new Uint8Array(100).fill(1);
    const image = { width: 10, height: 10, data, breast, columnsPerPixel: 1, rowsPerPixel: 1 };
    const roi = cutRegion(image, cx, cy, side, n);
    const at = (i: number) => Math.min(Math.max(i, 0), 9);
    roi.data.forEach((value, i) => {
      const [x, y] = [roi.x + (i % n), roi.y + Math.floor(i / n)];
      expect(value, `${x} ${y}`).toBe(10 * at(y) + at(x));
    });
  });

  it('smoothing keeps the mean of a bump and a flat raster flat', () => {
    const data = new Float32Array(31 * 31);
    data[15 * 31 + 15] = 1;
    const { data: out } = gaussianSmooth({ width: 31, height: 31, data }, 2);
    expect(out.reduce((s, v) => s + v, 0)).toBeCloseTo(1, 5);
    expect(out[15 * 31 + 17]).toBeCloseTo((out[15 * 31 + 15] as number) * Math.exp(-0.5), 5);
    const flat = gaussianSmooth({ width: 5, height: 4, data: new Float32Array(20).fill(3) }, 4);
    for (const v of flat.data) expect(v).toBeCloseTo(3, 5);
  });
});
