import { describe, expect, it } from 'vitest';
import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { greyTransform } from '../../core/display/grey/screen-grey.ts';
import { asWindow } from '../../core/image/voi-window.ts';
import type { LoadedImage } from './image-loader.ts';
import {
  choiceOfGrey,
  draggedWindow,
  greyOf,
  presetChoice,
  presetName,
  presetsOf,
} from './voi-choice.ts';

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
  air: undefined,
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

  it('end with the window over breast tissue, where there is one', () => {
    const tissueVoi = { ...linear, explanation: 'Breast tissue (auto)' };
    const names = presetsOf({ ...loaded(imageOf()), tissueVoi }).map(presetName);
    expect(names).toEqual(['Window 1', 'HARD', 'Breast tissue (auto)']);
    expect(presetsOf({ ...loaded(imageOf({ voi: [] })), tissueVoi })).toHaveLength(2);
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
      const before = greyTransform(image, { voi: linear, inverted })(2000);
      expect(greyTransform(image, { voi, inverted })(2000)).toBeGreaterThan(before);
    },
  );

  it('widens to the right and never falls to nothing', () => {
    const wider = draggedWindow(imageOf(), 3000, linear, false, 10, 0).voi;
    expect(asWindow(wider).width).toBe(1030);
    const least = draggedWindow(imageOf(), 3000, linear, false, -9999, 0).voi;
    expect(asWindow(least).width).toBeGreaterThanOrEqual(1);
  });
});

describe('a grey carried over', () => {
  const from = loaded(imageOf());
  const wide = loaded(imageOf({ voi: [{ ...linear, center: 8000, width: 4000 }] }));

  it('is the same window for an image with the same first window', () => {
    const choice = draggedWindow(from.image, 3000, linear, false, 30, -20);
    const grey = greyOf(from, choice, true);
    expect(grey.inverted).toBe(true);
    expect(choiceOfGrey(from, grey)).toEqual(choice);
  });

  it('is as much darker and wider for an image with other values', () => {
    const choice = { voi: { ...linear, center: 2500, width: 2000 }, preset: null };
    const there = choiceOfGrey(wide, greyOf(from, choice, false));
    expect(there?.voi).toMatchObject({ center: 10_000, width: 8000 });
  });

  it('darkens where the grey runs the other way, too', () => {
    const film = loaded(imageOf({ photometricInterpretation: 'MONOCHROME1' }));
    const darker = { voi: { ...linear, center: 2300 }, preset: null };
    const there = choiceOfGrey(film, greyOf(from, darker, false));
    expect(there?.voi).toMatchObject({ center: 1700 });
  });

  it('goes by the name of a preset, or not at all', () => {
    const hard = greyOf(from, presetChoice(from, 1), false);
    expect(choiceOfGrey(from, hard)).toEqual(presetChoice(from, 1));
    expect(choiceOfGrey(wide, hard)).toBeUndefined();
    // Each image's own first, whatever their makers call it.
    const other = loaded(imageOf({ voi: [{ ...linear, center: 9, explanation: 'PLAIN' }] }));
    expect(choiceOfGrey(other, greyOf(from, presetChoice(from, 0), true))).toEqual(
      presetChoice(other, 0),
    );
  });
});
