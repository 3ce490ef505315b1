import { afterEach, describe, expect, it, vi } from 'vitest';
import { ALL_ANALYTIC } from '../features/analytic/analytic-features.ts';
import { ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import { finderInput } from '../finder/finder-input.ts';
import { mergeMaps } from '../finder/finder-maps.ts';
import { candidatesInView } from '../finder/look-at-view.ts';
import { lookOver } from '../finder/second-look.ts';
import { emptyMaps, putMark } from '../finder/testing/made-maps.ts';
import { pictureEvidence } from '../image/picture-evidence.ts';
import { testImage } from '../image/testing.ts';
import { toWorkingImage } from '../image/working-image.ts';
import { goldenView } from '../pack/golden-view.ts';
import {
  angleOf,
  exponential,
  hypotenuse,
  logarithm,
  powerOfTwo,
  unitVector,
} from './portable-math.ts';

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

  it('double to the ends of the range', () => {
    expect([0, 1, 16, -1].map(powerOfTwo)).toEqual([1, 2, 65536, 0.5]);
    expect([powerOfTwo(1023), powerOfTwo(-1074)]).toEqual([2 ** 1023, Number.MIN_VALUE]);
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

const takeFromTheEngine = (): void => {
  for (const name of ENGINE_DEPENDENT)
    vi.spyOn(Math, name).mockImplementation(() => {
      throw new Error(`Math.${name} was asked for`);
    });
};

describe('measuring a lesion', () => {
  const rule = {
    patch: { size: 160, context: 1.3 },
    features: {
      cnn: { schemaId: 'none', length: 1 },
      analytic: { schemaId: ANALYTIC_SCHEMA_ID, names: ALL_ANALYTIC },
    },
  };

  it('asks the engine for none of the functions whose last bits it may choose', () => {
    const before = goldenView(5, rule, 0.02);
    takeFromTheEngine();
    const after = goldenView(5, rule, 0.02);
    expect(after.analytic).toEqual(before.analytic);
    expect(after.described).toEqual(before.described);
    expect(after.patch).toEqual(before.patch);
  });
});

describe('looking for masses', () => {
  // A breast at the left edge with two bright places in it.
  const image = testImage(
    300,
    400,
    (x, y) =>
      x * x + (y - 200) * (y - 200) > 40000
        ? 0
        : 900 + ((x * 7 + y * 13) % 40) + (Math.abs(x - 90) < 20 && y % 160 < 50 ? 900 : 0),
    { spacing: { row: 0.4, column: 0.4 } },
  );
  const model = (weights: Record<string, number>) => ({
    names: Object.keys(weights),
    mean: Object.keys(weights).map(() => 0.1),
    scale: Object.keys(weights).map(() => 1.3),
    weights: Object.values(weights),
    bias: -0.2,
  });
  const models = {
    finder: 'made',
    rescoring: {
      own: model({ score: 1, size: 0.3, aspect: 0.2, skin: -0.4, nipple: 0.1, pectoral: -0.5 }),
      pair: model({ nipple: -0.2, size: -0.1, likeness: 1 }),
      both: model({ own: 1, support: 0.5 }),
      outcome: model({ outcome: 1 }),
    },
    breastCalibration: { a: -0.9, b: 0.1 },
  };

  const look = () => {
    const working = toWorkingImage(image, {
      ...{ mmPerPixel: 0.4, rowsWithoutSpacing: 400, lowPercentile: 2, highPercentile: 99.5 },
    });
    const input = finderInput(working, {
      ...{ mmPerPixel: 0.8, rowsWithoutSpacing: 200, margin: 8, stride: 8 },
      ...{ maxWidth: 160, maxHeight: 208 },
    });
    const maps = emptyMaps(input.width / 8, input.height / 8);
    putMark(maps, 5, 8, [1.2, -0.7, -0.4, 0.1, 0.2, 0.9]);
    putMark(maps, 4, 18, [0.7, -0.6, -0.9, 0.3, -0.2, -0.4]);
    const { columns, rows } = image;
    const looked = ['CC', 'MLO'].map((view) => ({
      sopInstanceUid: view,
      pixels: { columns, rows, digest: view },
      ...{ side: 'L', view },
      candidates: candidatesInView(mergeMaps(maps, maps), { columns, rows, view, working, input }),
    }));
    return { evidence: pictureEvidence(working), looked, ...lookOver(looked, models) };
  };

  it('asks the engine for none of them either', () => {
    const before = look();
    expect(before.findings.some(({ marks }) => marks.length === 2)).toBe(true);
    takeFromTheEngine();
    expect(look()).toEqual(before);
  });
});
