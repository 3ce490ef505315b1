import { describe, expect, it } from 'vitest';
import { pictureEvidence } from './picture-evidence.ts';

const [WIDTH, HEIGHT] = [240, 320];
type Point = readonly [u: number, v: number];

/** A breast on the left border: 0.5 where breast, 0.9 where muscle, as stored by `from`. */
const picture = (
  breast: (u: number, v: number) => boolean,
  muscle: (u: number, v: number) => boolean,
  from: (x: number, y: number) => Point,
  [width, height] = [WIDTH, HEIGHT],
) => {
  const data = new Float32Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = from(x, y);
      if (!breast(u, v)) continue;
      mask[y * width + x] = 1;
      data[y * width + x] = muscle(u, v) ? 0.9 : 0.5;
    }
  return { width, height, data, breast: mask };
};

const CC = [
  (u: number, v: number) => (u / 180) ** 2 + ((v - HEIGHT / 2) / 130) ** 2 < 1,
  () => false,
] as const;
const MLO = [
  (u: number, v: number) =>
    (u / 180) ** 2 + ((v - HEIGHT / 2) / 150) ** 2 < 1 || (v < HEIGHT / 2 && u < 130),
  (u: number, v: number) => u / 100 + v / 200 < 1,
] as const;

const STORED = {
  'as stored': [(x: number, y: number): Point => [x, y], [WIDTH, HEIGHT]],
  mirrored: [(x: number, y: number): Point => [WIDTH - 1 - x, y], [WIDTH, HEIGHT]],
  'upside down': [(x: number, y: number): Point => [x, HEIGHT - 1 - y], [WIDTH, HEIGHT]],
  'on its side': [(x: number, y: number): Point => [y, x], [HEIGHT, WIDTH]],
} as const;

describe('what a picture says', () => {
  it.each([
    ['as stored', 'left', 'top'],
    ['mirrored', 'right', 'top'],
    ['upside down', 'left', 'bottom'],
    ['on its side', 'top', 'left'],
  ] as const)('of an oblique %s', (how, chestWall, pectoral) => {
    const [from, size] = STORED[how];
    expect(pictureEvidence(picture(...MLO, from, [...size]))).toEqual({
      chestWall,
      pectoral,
      projection: 'oblique',
    });
  });

  it.each([
    ['as stored', 'left'],
    ['mirrored', 'right'],
    ['upside down', 'left'],
    ['on its side', 'top'],
  ] as const)('of a view from above %s', (how, chestWall) => {
    const [from, size] = STORED[how];
    expect(pictureEvidence(picture(...CC, from, [...size]))).toEqual({
      chestWall,
      pectoral: undefined,
      projection: 'CC',
    });
  });

  it('is nothing where there is air, breast everywhere, or breast in the middle', () => {
    const nothing = { chestWall: undefined, pectoral: undefined, projection: undefined };
    const [from] = STORED['as stored'];
    const middle = (u: number, v: number) => Math.hypot(u - WIDTH / 2, v - HEIGHT / 2) < 60;
    for (const breast of [() => false, () => true, middle])
      expect(pictureEvidence(picture(breast, () => false, from))).toEqual(nothing);
  });
});
