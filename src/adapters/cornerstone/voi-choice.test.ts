import { describe, expect, it } from 'vitest';
import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { greyTransform } from './grey-table.ts';
import type { LoadedImage } from './image-loader.ts';
import { asWindow, draggedWindow, presetChoice, presetName, presetsOf } from './voi-choice.ts';

const linear: Voi = { kind: 'window', center: 2000, width: 1000, fn: 'LINEAR' };
const table: Voi = {
  kind: 'lut',
  lut: { firstMapped: 100, values: new Uint16Array(400), bits: 8, explanation: 'HARD' },
};

const imageOf = (change: Partial<MammogramImage> = {}): MammogramImage => ({
  rows: 1,
  columns: 1,
  pixels: Uint16Array.of(0),
  bitsStored: 12,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  modality: { slope: 1, intercept: 0 },
  voi: [linear, table],
  pixelAspect: 1,
  ...change,
});

const loaded = (image: MammogramImage): LoadedImage => ({
  image,
  geometry: { columns: 1, rows: 1, columnSpacing: 1, rowSpacing: 1 },
  all: { low: 0, high: 3000 },
  tissue: { low: 0, high: 3000 },
});

describe('presets', () => {
  it('are those of the file, by name', () => {
    expect(presetsOf(loaded(imageOf())).map(presetName)).toEqual(['Window 1', 'HARD']);
  });

  it('are the span of the values where the file names none', () => {
    const only = presetsOf(loaded(imageOf({ voi: [] })));
    expect(only).toHaveLength(1);
    expect(only[0]).toMatchObject({ center: 1500, width: 3000, fn: 'LINEAR_EXACT' });
  });

  it('are refused beyond the last', () => {
    expect(() => presetChoice(loaded(imageOf()), 2)).toThrow(RangeError);
  });
});

describe('asWindow', () => {
  it('spans the inputs of a table', () => {
    expect(asWindow(table)).toMatchObject({ center: 300, width: 400 });
  });
});

describe('draggedWindow', () => {
  it.each([
    ['MONOCHROME1', false],
    ['MONOCHROME1', true],
    ['MONOCHROME2', false],
    ['MONOCHROME2', true],
  ] as const)(
    'brightens by dragging up: %s, inverted %s',
    (photometricInterpretation, inverted) => {
      const image = imageOf({ photometricInterpretation });
      const { voi, preset } = draggedWindow(image, 3000, linear, inverted, 0, -20);
      expect(preset).toBeNull();
      const before = greyTransform(image, linear, inverted)(2000);
      expect(greyTransform(image, voi, inverted)(2000)).toBeGreaterThan(before);
    },
  );

  it('widens to the right and never falls to nothing', () => {
    const wider = draggedWindow(imageOf(), 3000, linear, false, 10, 0).voi;
    expect(asWindow(wider).width).toBe(1030);
    const least = draggedWindow(imageOf(), 3000, linear, false, -9999, 0).voi;
    expect(asWindow(least).width).toBeGreaterThanOrEqual(1);
  });
});
