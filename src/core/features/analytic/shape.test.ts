import { describe, expect, it } from 'vitest';
import { signedDistance } from './distance-map.ts';
import { fullWidthHalfMaximum } from './gradient-angle.ts';
import { momentsIn } from './moments.ts';
import { angleOf } from '../../units/portable-math.ts';
import { gaussianSmooth } from '../../segmentation/smooth.ts';
import { ridgesAt, ridgesOf } from './ridge.ts';
import { surelyInSector } from './rough-turn.ts';
import { radialLength, shapeOf } from './shape.ts';

const ring = (radius: (angle: number) => number, count = 360) =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const r = radius(angle);
    return { x: 50 + r * Math.cos(angle), y: 40 + r * Math.sin(angle) };
  });

describe('shape', () => {
  it('of a circle is all of 1 and 0', () => {
    const s = shapeOf(ring(() => 10));
    expect(s.diameter).toBeCloseTo(20, 2);
    expect(s.circularity).toBeCloseTo(1, 3);
    expect(s.irregularity).toBeCloseTo(0, 3);
    expect(s.elongation).toBeCloseTo(0, 6);
    expect(s.convexity).toBeCloseTo(1, 9);
  });

  it('of a rectangle follows its definitions, however its points are spaced', () => {
    const s = shapeOf([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 6, y: 0 },
      { x: 6, y: 2 },
      { x: 0, y: 2 },
    ]);
    expect(s.diameter).toBeCloseTo(2 * Math.sqrt(12 / Math.PI), 12);
    expect(s.circularity).toBeCloseTo((4 * Math.PI * 12) / 256, 12);
    expect(s.irregularity).toBeCloseTo(1 - (2 * Math.sqrt(12 * Math.PI)) / 16, 12);
    expect(s.elongation).toBeCloseTo(1 - 2 / 6, 12);
  });

  it('of a lobed outline is less circular, less convex and rougher', () => {
    const plain = ring(() => 10);
    const lobed = ring((t) => 10 + 2 * Math.cos(7 * t));
    expect(shapeOf(lobed).circularity).toBeLessThan(0.75);
    expect(shapeOf(lobed).convexity).toBeLessThan(0.93);
    expect(radialLength(lobed).roughness).toBeGreaterThan(radialLength(plain).roughness + 0.01);
    expect(radialLength(lobed).sd).toBeCloseTo(2 / Math.SQRT2 / 12, 3);
    expect(radialLength(plain).entropy).toBeLessThan(radialLength(lobed).entropy);
  });
});

describe('signed distance', () => {
  it('is that to the nearest cell of the other kind, by brute force', () => {
    const width = 13;
    const mask = Uint8Array.from({ length: 13 * 11 }, (_, i) => ((i * 31) % 7 < 2 ? 1 : 0));
    const got = signedDistance(mask, width);
    mask.forEach((m, i) => {
      let nearest = Number.POSITIVE_INFINITY;
      mask.forEach((n, j) => {
        if (n === m) return;
        const [dx, dy] = [(i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)];
        nearest = Math.min(nearest, Math.hypot(dx, dy));
      });
      expect(got[i]).toBeCloseTo(m ? 0.5 - nearest : nearest - 0.5, 9);
    });
  });

  it('in a window about the mask has the digits that it has in the whole raster', () => {
    const [width, height] = [17, 14];
    const isIn = (x: number, y: number) => x > 5 && x < 11 && y > 3 && (x + y) % 3 > 0;
    const mask = Uint8Array.from({ length: width * height }, (_, i) =>
      isIn(i % width, Math.floor(i / width)) ? 1 : 0,
    );
    const whole = signedDistance(mask, width, 3);
    const [left, right, top] = [3, 12, 2];
    const window = { columns: [left, right], rows: [top, height] } as const;
    const part = signedDistance(mask, width, 3, window);
    expect(part).toHaveLength((right - left) * (height - top));
    part.forEach((distance, k) => {
      const x = left + (k % (right - left));
      const y = top + Math.floor(k / (right - left));
      expect(distance, `${x} ${y}`).toBe(whole[y * width + x]);
    });
  });
});

describe('sectors', () => {
  it('are the exact ones wherever they are said to be sure, which is nearly everywhere', () => {
    let unsure = 0;
    for (let i = 0; i < 20_000; i++) {
      const angle = (i / 20_000) * 2 * Math.PI - Math.PI;
      const [x, y] = [3 * Math.cos(angle), 3 * Math.sin(angle)];
      for (const count of [24, 72]) {
        const got = surelyInSector(y, x, count);
        const exact = Math.floor((angleOf(y, x) / (2 * Math.PI) + 0.5) * count) % count;
        if (got < 0) unsure++;
        else if (got !== exact) expect(got, String(angle)).toBe(exact);
      }
    }
    expect(unsure).toBeLessThan(0.05 * 40_000);
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [0, -1],
      [-1, 1],
    ] as const)
      expect(surelyInSector(y, x, 24)).toBe(-1);
  });
});

describe('full width at half maximum', () => {
  it('of a triangle is half its base, wherever it peaks', () => {
    for (const peak of [0, 3, 40, 71]) {
      const triangle = Float64Array.from({ length: 72 }, (_, i) => {
        const d = Math.min((i - peak + 72) % 72, (peak - i + 72) % 72);
        return Math.max(0, 12 - d);
      });
      expect(fullWidthHalfMaximum(triangle)).toBeCloseTo(12 * 5, 9);
    }
  });

  it('of a flat histogram and of none is the whole circle', () => {
    expect(fullWidthHalfMaximum(new Float64Array(72).fill(2))).toBe(360);
    expect(fullWidthHalfMaximum(new Float64Array(72))).toBe(360);
  });
});

describe('moments', () => {
  it('are those of the mask', () => {
    const m = momentsIn(Float32Array.of(1, 2, 3, 4, 100), Uint8Array.of(1, 1, 1, 1, 0));
    expect(m).toMatchObject({ n: 4, mean: 2.5, skewness: 0 });
    expect(m.sd).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(m.kurtosis).toBeCloseTo(2.5625 / 1.25 ** 2 - 3, 12);
    expect(momentsIn(Float32Array.of(5, 5), Uint8Array.of(0, 0))).toMatchObject({
      n: 0,
      mean: 0,
      sd: 0,
    });
  });
});

describe('ridges', () => {
  it.each([0, 30, 90, 135])('have the direction of a line at %d degrees', (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const data = Float32Array.from({ length: 61 * 61 }, (_, i) => {
      const [x, y] = [(i % 61) - 30, Math.floor(i / 61) - 30];
      return Math.exp(-((y * Math.cos(angle) - x * Math.sin(angle)) ** 2) / 8);
    });
    const { strength, cos2, sin2 } = ridgesOf({ width: 61, height: 61, data }, 2);
    const centre = 30 * 61 + 30;
    expect(Math.abs((cos2[centre] as number) - Math.cos(2 * angle))).toBeLessThan(0.04);
    expect(Math.abs((sin2[centre] as number) - Math.sin(2 * angle))).toBeLessThan(0.04);
    expect(strength[centre]).toBeGreaterThan(0.2);
    const some = Int32Array.of(0, 62, centre, centre + 1, 61 * 61 - 1);
    const whole = ridgesOf({ width: 61, height: 61, data }, 2);
    const at = ridgesAt(gaussianSmooth({ width: 61, height: 61, data }, 2), 2, some);
    expect(at.strength).toEqual(Float32Array.from(some, (i) => whole.strength[i] as number));
    const valley = ridgesOf({ width: 61, height: 61, data: data.map((v) => -v) }, 2);
    expect(valley.strength[centre]).toBe(0);
  });

  it('are told at the edge by what is there, and of one column along it alone', () => {
    // A bright row: at the edges the same along it as in the middle, and none in a raster of one row.
    const row = Float32Array.from({ length: 9 * 9 }, (_, i) => (Math.floor(i / 9) === 4 ? 1 : 0));
    const bright = ridgesOf({ width: 9, height: 9, data: row }, 1);
    for (const x of [0, 1, 7, 8])
      expect(bright.strength[4 * 9 + x]).toBeCloseTo(bright.strength[4 * 9 + 4] as number, 6);
    const column = Float32Array.from({ length: 9 }, (_, i) => (i === 4 ? 1 : 0));
    const alone = ridgesOf({ width: 1, height: 9, data: column }, 1);
    expect(alone.strength[4]).toBeGreaterThan(0.1);
    expect(alone.strength.every(Number.isFinite)).toBe(true);
    expect(alone.cos2[4]).toBeCloseTo(1, 6);
  });
});
