import { describe, expect, it } from 'vitest';
import type { WorkingImage } from '../../image/working-image.ts';
import type { Box } from '../../geometry/box.ts';
import { segmentLesion } from '../../segmentation/segment-lesion.ts';
import { disc, ellipse, lesionImage, spiculated, type Depth } from '../../segmentation/testing.ts';
import type { LesionContour } from '../../segmentation/types.ts';
import { goldenView } from '../../pack/golden-view.ts';
import { ALL_ANALYTIC, analyticFeatures } from './analytic-features.ts';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from './schema.ts';
import { selectAnalytic } from './select-features.ts';
import type { Point } from '../../geometry/point.ts';

const SIZE = 240;
const BOX: Box = { x: 76, y: 86, width: 88, height: 68 };
const options = { width: SIZE, height: SIZE };

const draw = (depth: Depth, more = {}) => lesionImage(depth, { ...options, ...more });
const contourIn = (image: WorkingImage, box = BOX) => segmentLesion(image, { x: 0, y: 0 }, box);
const byName = (vector: Float64Array) =>
  Object.fromEntries(ANALYTIC_FEATURES.map(({ name }, i) => [name, vector[i] as number]));
const measure = (image: WorkingImage, box = BOX, contour = contourIn(image, box)) =>
  byName(analyticFeatures(image, box, contour));
/** The image, box and outline moved by a symmetry of the square: `to` places points, `from` undoes it. */
const moved = (
  image: WorkingImage,
  contour: LesionContour,
  to: (p: Point) => Point,
  from: (p: Point) => Point,
) => {
  const pick = (values: ArrayLike<number>) => (_: number, i: number) => {
    const p = from({ x: (i % SIZE) + 0.5, y: Math.floor(i / SIZE) + 0.5 });
    return values[Math.floor(p.y) * SIZE + Math.floor(p.x)] as number;
  };
  const corners = [
    to({ x: BOX.x, y: BOX.y }),
    to({ x: BOX.x + BOX.width, y: BOX.y + BOX.height }),
  ] as const;
  const [x, y] = [Math.min(corners[0].x, corners[1].x), Math.min(corners[0].y, corners[1].y)];
  const box = {
    x,
    y,
    width: Math.abs(corners[1].x - corners[0].x),
    height: Math.abs(corners[1].y - corners[0].y),
  };
  const other = {
    ...image,
    data: image.data.map(pick(image.data)),
    breast: image.breast.map(pick(image.breast)),
  };
  return { image: other, box, contour: { ...contour, polygon: contour.polygon.map(to) } };
};

/** Largest change relative to the size of the value, with its name. */
const worst = (
  a: Record<string, number>,
  b: Record<string, number>,
  skip: readonly string[] = [],
) =>
  Object.keys(a)
    .filter((name) => !skip.includes(name))
    .map((name) => {
      const [u, v] = [a[name] as number, b[name] as number];
      return { name, change: Math.abs(u - v) / (Math.abs(u) + 0.1) };
    })
    .reduce((x, y) => (y.change > x.change ? y : x));

describe('the schema', () => {
  it('names every feature once, in words', () => {
    const names = ANALYTIC_FEATURES.map((f) => f.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, label } of ANALYTIC_FEATURES) {
      expect(label, name).toMatch(/^[a-z]/);
    }
    expect(new Set(ANALYTIC_FEATURES.map((f) => f.label)).size).toBe(names.length);
  });
});

describe('selectAnalytic', () => {
  it('takes features by name and refuses what is not measured', () => {
    const vector = ANALYTIC_FEATURES.map((_, i) => i);
    const names = [5, 0].map((i) => ANALYTIC_FEATURES[i]?.name ?? '');
    expect([...selectAnalytic(vector, names)]).toEqual([5, 0]);
    expect(() => selectAnalytic(vector, ['shape.colour'])).toThrow('shape.colour');
  });
});

describe('the digits', () => {
  // As they were when the shipped packs were trained: a change here needs the packs to be trained again.
  const PINNED = {
    'shape.diameter': 14.166041374206543,
    'outline.quality': 0.9483465552330017,
    'fwhm.margin.coarse': 51.210418701171875,
    'radialGradient.box.fine': 0.9058187007904053,
    'gradient.sd.fine': 0.01199804712086916,
    'margin.sharpness': 0.7300695180892944,
    'profile.sd.60': 0.046176761388778687,
    'density.contrastToNoise': 2.919029712677002,
    'density.q95': 0.7022470235824585,
    'haralick.lesion.entropy': 7.453007698059082,
    'haralick.surround.information2': 0.9485258460044861,
    'band.kurtosis.size.3.surround': 0.9239998459815979,
    'bandStrength.mm.2.margin': -4.702577590942383,
    'spicules.alignment.mm.0.far': 0.1832783967256546,
    'spicules.sectors.size.1.all': 0.9583333134651184,
    'spicules.energy.mm.2.inside': -4.139934539794922,
    'pattern.2.edge.4': 0.8886680006980896,
    'pattern.4.surround.9': 0.007528957445174456,
  };
  const measured = (names: readonly string[]) => {
    const analytic = { schemaId: ANALYTIC_SCHEMA_ID, names };
    const features = { cnn: { schemaId: 'none', length: 1 }, analytic };
    const view = goldenView(5, { patch: { size: 160, context: 1.3 }, features }, 0.02);
    return view.analytic as Float32Array;
  };
  const all = measured(ALL_ANALYTIC);

  it('are those that the packs were trained on, each and all together', () => {
    const names = Object.keys(PINNED);
    expect(Object.fromEntries(names.map((n) => [n, all[ALL_ANALYTIC.indexOf(n)]]))).toEqual(PINNED);
    const sum = new Uint32Array(all.buffer).reduce((s, bits) => (Math.imul(s, 31) + bits) >>> 0, 0);
    expect(sum).toBe(2102440733);
  });

  it('of a feature are the same whichever others are asked for', () => {
    const lists = [
      ...['fwhm', 'margin', 'bandStrength', 'spicules.energy', 'pattern.4'].map((family) =>
        ALL_ANALYTIC.filter((name) => name.startsWith(family)),
      ),
      ALL_ANALYTIC.filter((_, i) => i % 7 === 1).toReversed(),
    ];
    for (const names of lists)
      expect([...measured(names)]).toEqual(names.map((n) => all[ALL_ANALYTIC.indexOf(n)]));
    expect(() => measured(['shape.colour'])).toThrow('shape.colour');
  });
});

describe('invariance', () => {
  const image = draw(spiculated(120, 120, 28, 7), { noise: 0.05 });
  const contour = contourIn(image);
  const plain = measure(image, BOX, contour);

  it('a turn by 90 degrees changes nothing but the aspect of the box', () => {
    const turned = moved(
      image,
      contour,
      (p) => ({ x: SIZE - p.y, y: p.x }),
      (p) => ({ x: p.y, y: SIZE - p.x }),
    );
    const other = measure(turned.image, turned.box, turned.contour);
    const { name, change } = worst(plain, other, ['box.aspect']);
    expect(change, name).toBeLessThan(1e-3);
    expect(other['box.aspect']).toBeCloseTo(-(plain['box.aspect'] ?? 0), 10);
  });

  it('a mirror changes nothing', () => {
    const flip = (p: Point) => ({ x: SIZE - p.x, y: p.y });
    const mirrored = moved(image, contour, flip, flip);
    const { name, change } = worst(plain, measure(mirrored.image, mirrored.box, mirrored.contour));
    expect(change, name).toBeLessThan(1e-3);
  });

  it('a brighter image changes densities by as much and nothing else', () => {
    const offset = 0.125;
    const other = measure({ ...image, data: image.data.map((v) => v + offset) }, BOX, contour);
    const shifted = ['mean', 'surround', 'breast', 'q05', 'q50', 'q95'].map((n) => `density.${n}`);
    for (const name of shifted)
      expect((other[name] ?? 0) - (plain[name] ?? 0), name).toBeCloseTo(offset, 4);
    // Single grey values may fall on the other side of a step of grey by rounding.
    const { name, change } = worst(plain, other, shifted);
    expect(change, name).toBeLessThan(0.01);
  });

  it('does not depend on how the image is stored', () => {
    const squeezed = { ...image, columnsPerPixel: 2, rowsPerPixel: 0.5 };
    const scale = (p: Point) => ({ x: 2 * p.x, y: p.y / 2 });
    const box = { x: 2 * BOX.x, y: BOX.y / 2, width: 2 * BOX.width, height: BOX.height / 2 };
    const other = measure(squeezed, box, { ...contour, polygon: contour.polygon.map(scale) });
    expect(worst(plain, other).change).toBeLessThan(1e-9);
  });
});

describe('what features say', () => {
  it('spicules show: angles spread, lines run outward, outline or margin less even', () => {
    const round = measure(draw(disc(120, 120, 30)));
    const spiky = measure(draw(spiculated(120, 120, 28, 9)));
    const more = (name: string, by: number) =>
      expect((spiky[name] ?? 0) - (round[name] ?? 0), name).toBeGreaterThan(by);
    more('fwhm.margin.fine', 5);
    more('spicules.alignment.mm.1.near', 0.2);
    more('spicules.excess.size.0.all', 0.2);
    more('spicules.sectors.size.0.all', 0.1);
    expect(spiky['radialGradient.margin.fine']).toBeLessThan(
      round['radialGradient.margin.fine'] ?? 0,
    );
  });

  it('a blurred margin is less sharp', () => {
    const sharp = measure(draw(disc(120, 120, 30), { edge: 1 }));
    const soft = measure(draw(disc(120, 120, 30), { edge: 6 }));
    expect(soft['margin.sharpness']).toBeLessThan(0.75 * (sharp['margin.sharpness'] ?? 0));
    expect(soft['margin.relative']).toBeLessThan(0.85 * (sharp['margin.relative'] ?? 0));
  });

  it('diameter, elongation and contrast are those drawn', () => {
    const drawn = measure(draw(ellipse(120, 120, 40, 30), { contrast: 0.25, noise: 0.02 }));
    expect(drawn['shape.diameter']).toBeGreaterThan(0.9 * 2 * Math.sqrt(40 * 30) * 0.2);
    expect(drawn['shape.diameter']).toBeLessThan(1.1 * 2 * Math.sqrt(40 * 30) * 0.2);
    expect(drawn['shape.elongation']).toBeCloseTo(0.25, 1);
    expect(drawn['density.contrast']).toBeCloseTo(0.24, 1);
    expect(drawn['shape.convexity']).toBeGreaterThan(0.95);
  });

  it('twice the size at twice the pitch is told by millimetres only', () => {
    const plain = draw(disc(120, 120, 30));
    const coarse = measure({ ...plain, mmPerPixel: 0.4 });
    const fine = measure(plain);
    expect(coarse['shape.diameter']).toBeCloseTo(2 * (fine['shape.diameter'] ?? 0), 8);
    expect(coarse['shape.circularity']).toBe(fine['shape.circularity']);
    expect(coarse['pattern.2.lesion.4']).toBe(fine['pattern.2.lesion.4']);
  });
});

describe('hard cases', () => {
  it.each<[string, Box, number]>([
    ['an empty image', BOX, 0],
    ['the tiniest box', { x: 100, y: 100, width: 4, height: 4 }, 0.3],
    ['a box at the corner', { x: 0, y: 0, width: 50, height: 30 }, 0.3],
    ['a box as large as the image', { x: 0, y: 0, width: SIZE, height: SIZE }, 0.3],
  ])('%s has finite features', (_, box, contrast) => {
    const image = draw(disc(120, 120, 30), { contrast, noise: contrast / 8 });
    expect(analyticFeatures(image, box).every(Number.isFinite)).toBe(true);
  });

  it('air is not measured: a skin line beside the lesion leaves the surround as it is', () => {
    const image = draw(disc(120, 120, 30));
    const cut = (i: number) => i % SIZE >= 170;
    const breast = image.breast.map((_, i) => (cut(i) ? 0 : 1));
    const air = { ...image, breast, data: image.data.map((v, i) => (cut(i) ? 0 : v)) };
    const [plain, beside] = [measure(image), measure(air)];
    expect(beside['density.surround']).toBeCloseTo(plain['density.surround'] ?? 0, 1);
    expect(beside['texture.surroundSd']).toBeLessThan(1.5 * (plain['texture.surroundSd'] ?? 0));
  });
});
