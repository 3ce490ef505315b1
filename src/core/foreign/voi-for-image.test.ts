import { expect, it } from 'vitest';
import { plainImage } from '../image/plain-image.ts';
import { voiForImage } from './voi-for-image.ts';

const plain = plainImage(2, 2, Uint16Array.of(0, 1, 2, 3));
/** Values from -4096 to -1. */
const below = { ...plain, bitsStored: 12, modality: { slope: 1, intercept: -4096 } };
const table = (firstMapped: number, length = 4096) =>
  ({ kind: 'lut', lut: { firstMapped, values: new Uint16Array(length), bits: 12 } }) as const;
const window = (width: number, fn: 'LINEAR' | 'SIGMOID' = 'LINEAR') =>
  ({ kind: 'window', center: 1, width, fn }) as const;

it('takes the first input of a table with the sign by which it maps the image', () => {
  expect(voiForImage(table(2 ** 16 - 4096), below)).toMatchObject({ lut: { firstMapped: -4096 } });
  const wide = { ...plain, bitsStored: 16 };
  expect(voiForImage(table(2 ** 16 - 4096), wide)).toEqual(table(2 ** 16 - 4096));
  expect(voiForImage(table(0), below)).toEqual(table(0));
});

it('takes a narrow LINEAR window over fractions as it stands, and no other', () => {
  const fractions = { ...plain, modality: { slope: 0.001, intercept: 0 } };
  expect(voiForImage(window(4), fractions)).toEqual({ ...window(4), fn: 'LINEAR_EXACT' });
  expect(voiForImage(window(4), plain)).toEqual(window(4));
  expect(voiForImage(window(40), fractions)).toEqual(window(40));
  expect(voiForImage(window(4, 'SIGMOID'), fractions)).toEqual(window(4, 'SIGMOID'));
});
