import { describe, expect, it } from 'vitest';
import { gaussianSmooth } from './smooth.ts';
import { plainKernel, wasmKernel } from './smooth-kernel.ts';

describe('smoothing', () => {
  const [width, height] = [23, 17];
  const data = Float32Array.from({ length: width * height }, (_, i) => Math.sin(i * i));
  const first = Int32Array.from({ length: width }, (_, x) => (x % 5 === 0 ? 4 : x % 9));
  const last = Int32Array.from({ length: width }, (_, x) => (x % 5 === 0 ? 4 : 9 + (x % 9)));

  it.each([0.4, 1, 3, 11])('has the same digits within spans as without, sigma %d', (sigma) => {
    const whole = gaussianSmooth({ width, height, data }, sigma).data;
    const part = gaussianSmooth({ width, height, data }, sigma, { first, last }).data;
    const within = (i: number) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return y >= (first[x] as number) && y < (last[x] as number);
    };
    part.forEach((v, i) => expect(v === whole[i] || (v === 0 && !within(i))).toBe(true));
    expect(part.some((v) => v !== 0)).toBe(true);
  });

  it('has the same digits in WebAssembly as in JavaScript', () => {
    const results = [wasmKernel(), plainKernel()].map((kernel) => {
      if (!kernel) throw new Error('no WebAssembly here');
      return [
        [1, 1, 8, 3],
        [2, 8, 8, 5],
        [34, 1, 400, 2],
        [0, 8, 16, 2],
      ].map(([radius = 0, step = 0, count = 0, rows = 0]) => {
        const from = radius + 1;
        const middle = from + radius * step;
        const doubles = middle + rows * count + radius * step;
        const singles = 2 * doubles;
        const out = singles + 2 * rows * (count + 3);
        kernel.reserve(doubles + rows * (count + 3) * 2);
        kernel.doubles().forEach((_, i, all) => (all[i] = Math.sin(i * i + 1)));
        for (let i = singles; i < out; i++) kernel.singles()[i] = Math.cos(i * i);
        kernel.widen(singles, count + 3, middle, count, rows);
        kernel.sum(middle, step, out, count + 1, count, rows, radius);
        const [v, sums] = [kernel.doubles(), kernel.singles()];
        expect(v[middle + count]).toBe(kernel.singles()[singles + count + 3]);
        const place = middle + (rows - 1) * count + count - 1;
        const last = Array.from({ length: radius }, (_, k) => k + 1).reduce(
          (s, k) =>
            s +
            (v[k] as number) * ((v[place - k * step] as number) + (v[place + k * step] as number)),
          (v[0] as number) * (v[place] as number),
        );
        expect(sums[out + (rows - 1) * (count + 1) + count - 1]).toBe(Math.fround(last));
        return [...sums.subarray(out, out + rows * (count + 1) - 1)];
      });
    });
    expect(results[0]).toEqual(results[1]);
  });

  it('reaches over columns alone, rows alone and nothing at all', () => {
    const spanned = (from: number, to: number) => ({
      first: Int32Array.from({ length: width }, (_, x) => (x >= from && x < to ? 3 : 0)),
      last: Int32Array.from({ length: width }, (_, x) => (x >= from && x < to ? 4 : 0)),
    });
    const whole = gaussianSmooth({ width, height, data }, 2).data;
    for (const [from, to] of [
      [22, 23],
      [0, 1],
      [7, 16],
      [5, 5],
    ] as const)
      gaussianSmooth({ width, height, data }, 2, spanned(from, to)).data.forEach((v, i) => {
        const isAsked = Math.floor(i / width) === 3 && i % width >= from && i % width < to;
        expect(v === whole[i] || (v === 0 && !isAsked)).toBe(true);
      });
  });

  it('is as without where a raster is narrower than what is summed at a time, and low', () => {
    for (const [columns, rows] of [
      [1, 1],
      [3, 9],
      [9, 2],
    ] as const) {
      const small = data.slice(0, columns * rows);
      const wide = Float32Array.from({ length: 40 * rows }, (_, i) => {
        const x = Math.min(i % 40, columns - 1);
        return small[Math.floor(i / 40) * columns + x] as number;
      });
      const { data: alone } = gaussianSmooth({ width: columns, height: rows, data: small }, 1.5);
      const { data: within } = gaussianSmooth({ width: 40, height: rows, data: wide }, 1.5);
      for (let y = 0; y < rows; y++) expect(alone[y * columns]).toBe(within[y * 40]);
    }
  });

  it('is the weighted mean of the neighbours, edges repeated', () => {
    const weights = [0, 1, 2, 3].map((k) => Math.exp((-k * k) / 2));
    const sum = weights.reduce((s, w, k) => s + (k ? 2 * w : w), 0);
    const at = (x: number) => data[Math.min(Math.max(x, 0), width - 1)] as number;
    const { data: line } = gaussianSmooth({ width, height: 1, data: data.slice(0, width) }, 1);
    for (let x = 0; x < width; x++) {
      const mean = weights.reduce((s, w, k) => s + w * (k ? at(x - k) + at(x + k) : at(x)), 0);
      expect(line[x]).toBeCloseTo(mean / sum, 6);
    }
  });
});
