import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { printedGrey } from '../../src/core/display/grey/printed-grey.ts';
import { breastShape } from '../../src/core/image/breast-shape.ts';
import type { MammogramImage } from '../../src/core/image/mammogram-image.ts';
import { toWorkingImage } from '../../src/core/image/working-image.ts';
import { DISPLAY_STATES, fileInState } from './display-states.ts';

const file = fileURLToPath(new URL('../../public/demo/demo-1-RCC.dcm', import.meta.url));

const read = async (bytes: Uint8Array, name: string): Promise<MammogramImage> => {
  const result = await readDicom(bytes, name);
  if (!result.ok) throw new Error(`${name}: ${result.error.reason.code}`);
  return result.value.image;
};

const source = await read(new Uint8Array(readFileSync(file)), file);
const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };
const shape = breastShape(toWorkingImage(source, rule), source.columns, source.rows);

/** Grey of 0 to 255 of a sample of the breast and the air beside it. */
const sample = (image: MammogramImage): readonly number[] => {
  const { first, values } = printedGrey(image, shape);
  const { pixels } = image;
  const length = Math.floor(pixels.length / 4999);
  return Array.from({ length }, (_, i) => {
    const grey = values[(pixels[i * 4999] as number) - first] as number;
    return Math.round(255 * grey);
  });
};

const asStored = sample(source);

it('prints a picture that has tissue, light and dark', () => {
  expect(Math.max(...asStored)).toBeGreaterThan(230);
  expect(new Set(asStored).size).toBeGreaterThan(100);
});

it.each(DISPLAY_STATES)('prints the same picture in the state "$name"', async (state) => {
  const image = await read(fileInState(source, state), state.name);
  const far = sample(image).filter((grey, i) => Math.abs(grey - (asStored[i] as number)) > 1);
  // What lies in a border that was drawn over the air is another picture there.
  expect(far.length).toBeLessThanOrEqual(state.name.includes('border') ? asStored.length / 10 : 0);
});
