import type { Box } from '../../src/core/roi/box.ts';
import { DETECTOR, detect } from './detector.ts';
import { FIELD, viewGeometry } from './geometry.ts';
import type { BreastShape, ViewGeometry, ViewName } from './geometry.ts';
import { ovalMass, spiculatedMass } from './lesions.ts';
import type { Lesion } from './lesions.ts';
import { createNoiseField, powerLaw } from './noise-field.ts';
import { project } from './project.ts';
import type { Breast } from './project.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { ducts, ligaments, vessels } from './strands.ts';
import { createTissue } from './tissue.ts';

export type Side = 'R' | 'L';

/** One synthetic mammogram as it is stored. */
export interface DemoImage {
  readonly side: Side;
  readonly view: ViewName;
  readonly columns: number;
  readonly rows: number;
  /** Mm a pixel on the detector. */
  readonly pixel: number;
  readonly thickness: number;
  readonly pixels: Uint16Array;
  readonly nipple: { readonly x: number; readonly y: number };
  readonly marks: readonly { readonly kind: Lesion['kind']; readonly box: Box }[];
}

export interface CaseOptions {
  readonly seed: number;
  /** Mm a pixel; 0.1 for the delivered case, coarser for tests. */
  readonly pixel: number;
  /** Voxels a side of the noise fields, a power of two. */
  readonly noiseSize: number;
}

export const DELIVERED: CaseOptions = { seed: 20160, pixel: 0.1, noiseSize: 128 };

const shapeOf = (random: Random): BreastShape => ({
  reach: { CC: 112 + random.between(-2, 2), MLO: 121 + random.between(-2, 2) },
  level: { CC: 118 + random.between(-2, 2), MLO: 141 + random.between(-2, 2) },
  thickness: { CC: 54, MLO: 57 },
  phase: random.between(0, 6),
});

const lesionOf = (side: Side, random: Random): Lesion =>
  side === 'R'
    ? spiculatedMass(random, { d: 52, u: 24, v: 12 }, 7)
    : ovalMass({ d: 38, u: -16, v: -9 }, { d: 7.5, u: 6, v: 5 });

const breastOf = (side: Side, random: Random, noiseSize: number): Breast => ({
  tissue: createTissue(
    random,
    { centre: { d: 34, u: 7, v: 5 }, axes: { d: 42, u: 40, v: 32 }, density: 0.12 },
    noiseSize,
  ),
  strands: [...ligaments(random, 900), ...ducts(random, 16), ...vessels(random, 5)],
  lesions: [lesionOf(side, random)],
  muscle: createNoiseField(random, noiseSize, powerLaw(2.4)),
});

const mirror = (pixels: Uint16Array, columns: number): Uint16Array => {
  const out = pixels.slice();
  for (let start = 0; start < out.length; start += columns)
    out.subarray(start, start + columns).reverse();
  return out;
};

/** The mark a reader would draw: the projected centre and the lesion's mark radius, in pixels. */
const markOf = (view: ViewGeometry, lesion: Lesion, side: Side, pixel: number): Box => {
  const at = view.toPlane(lesion.centre);
  const x = side === 'R' ? FIELD.width - at.x : at.x;
  const r = lesion.markRadius;
  const size = Math.round((2 * r) / pixel);
  return {
    x: Math.round((x - r) / pixel),
    y: Math.round((at.y - r) / pixel),
    width: size,
    height: size,
  };
};

const makeImage = (
  side: Side,
  view: ViewGeometry,
  breast: Breast,
  random: Random,
  pixel: number,
): DemoImage => {
  const projection = project(view, breast, pixel);
  const { width: columns, height: rows } = projection.excess;
  const pixels = detect(projection, random, { ...DETECTOR, pixel });
  const x = side === 'R' ? FIELD.width - view.nipple.x : view.nipple.x;
  return {
    side,
    view: view.name,
    columns,
    rows,
    pixel,
    thickness: view.thickness,
    pixels: side === 'R' ? mirror(pixels, columns) : pixels,
    nipple: { x: x / pixel, y: view.nipple.y / pixel },
    marks: breast.lesions.map((lesion) => ({
      kind: lesion.kind,
      box: markOf(view, lesion, side, pixel),
    })),
  };
};

/** The four views of the synthetic patient: RCC, LCC, RMLO, LMLO. The same seed, the same pixels. */
export const makeDemoCase = (options: CaseOptions): DemoImage[] => {
  const { seed, pixel, noiseSize } = options;
  const sides = (['R', 'L'] as const).map((side, i) => {
    const shape = shapeOf(createRandom(seed + 7 * i));
    const breast = breastOf(side, createRandom(seed + 1000 * (i + 1)), noiseSize);
    return { side, shape, breast, noise: seed + 31 * (i + 1) };
  });
  return (['CC', 'MLO'] as const).flatMap((name, k) =>
    sides.map(({ side, shape, breast, noise }) =>
      makeImage(side, viewGeometry(name, shape), breast, createRandom(noise + 13 * k), pixel),
    ),
  );
};
