import { afterEach, describe, expect, it, vi } from 'vitest';
import { ALL_ANALYTIC } from '../features/analytic/analytic-features.ts';
import { goldenView } from '../pack/golden-view.ts';
import { angleOf, exponential, hypotenuse, logarithm, unitVector } from './portable-math.ts';

const bitsOf = (x: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16);
};
/** Relative difference in units of the last place of a double. */
const ulps = (a: number, b: number): number => Math.abs(a - b) / (Math.abs(b) * 2 ** -52 || 1);
const spread = Array.from({ length: 4000 }, (_, i) => (i - 2000) / 97 + 1 / 3);

afterEach(() => vi.restoreAllMocks());

describe('portable elementary functions', () => {
  it('have the bits that fdlibm has, in every engine', () => {
    // Written down once; an engine that rounds otherwise somewhere changes one of them.
    expect([exponential(1), exponential(-7.3), logarithm(10), logarithm(0.7)].map(bitsOf)).toEqual([
      '4005bf0a8b14576a',
      '3f4622d4792b6a8d',
      bitsOf(2.302585092994046),
      bitsOf(-0.35667494393873245),
    ]);
    expect([angleOf(1, 2), angleOf(-3, -1), hypotenuse(3, 4)]).toEqual([
      0.4636476090008061, -1.892546881191539, 5,
    ]);
  });

  it('are within a unit in the last place or two of the exact values', () => {
    for (const x of spread) {
      expect(ulps(exponential(x), Math.exp(x))).toBeLessThanOrEqual(2);
      expect(ulps(logarithm(Math.abs(x)), Math.log(Math.abs(x)))).toBeLessThanOrEqual(2);
      expect(ulps(angleOf(x, 1.7), Math.atan2(x, 1.7))).toBeLessThanOrEqual(2);
      expect(ulps(angleOf(x, -1.7), Math.atan2(x, -1.7))).toBeLessThanOrEqual(2);
    }
  });

  it('say what happens at the ends of the range', () => {
    expect([exponential(800), exponential(-800), exponential(0)]).toEqual([Infinity, 0, 1]);
    expect([logarithm(0), logarithm(-1), logarithm(1)]).toEqual([-Infinity, NaN, 0]);
    expect([angleOf(0, 0), angleOf(0, -1), angleOf(1, 0)]).toEqual([0, Math.PI, Math.PI / 2]);
  });

  it('give directions that mirror one another, quarter turns exactly', () => {
    expect([0, 24, 48, 72].map((a) => unitVector(a, 96).map((v) => v + 0))).toEqual([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
    for (let a = 0; a < 96; a++) {
      const [c, s] = unitVector(a, 96);
      const angle = (2 * Math.PI * a) / 96;
      expect(Math.abs(c - Math.cos(angle)) + Math.abs(s - Math.sin(angle))).toBeLessThan(4e-15);
      expect(unitVector(96 - a, 96).map(Math.abs)).toEqual([Math.abs(c), Math.abs(s)]);
    }
  });
});

/** ECMAScript leaves the last bits of these to the engine. */
const ENGINE_DEPENDENT = [
  'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'hypot', 'cbrt',
  'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh',
] as const; // prettier-ignore

describe('measuring a lesion', () => {
  const rule = {
    patch: { size: 160, context: 1.3 },
    features: {
      cnn: { schemaId: 'none', length: 1 },
      analytic: { schemaId: 'all', names: ALL_ANALYTIC },
    },
  };

  it('asks the engine for none of the functions whose last bits it may choose', () => {
    const before = goldenView(5, rule, 0.02);
    for (const name of ENGINE_DEPENDENT)
      vi.spyOn(Math, name).mockImplementation(() => {
        throw new Error(`Math.${name} was asked for`);
      });
    const after = goldenView(5, rule, 0.02);
    expect(after.analytic).toEqual(before.analytic);
    expect(after.described).toEqual(before.described);
    expect(after.patch).toEqual(before.patch);
  });
});
