import { mammogramFile, words, type Field } from '../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { framePixels, volumeFile } from '../src/adapters/dicom-io/fixtures/build-volume.ts';
import { joinBytes } from '../src/core/units/join-bytes.ts';
import { fileOf, type TestFile } from './page.ts';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/**
 * A bright half ellipse on black (the breast) with a brighter disc in it (the lesion), 12 bits; in an
 * oblique the breast goes on to the upper border at the chest wall.
 */
const pixels = ({ rows, columns }: Matrix, view: 'CC' | 'MLO'): Uint16Array => {
  const out = new Uint16Array(rows * columns);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const axilla = view === 'MLO' && y < rows / 2 && x < 0.3 * columns;
      const breast = axilla || (x / (0.8 * columns)) ** 2 + ((y / rows - 0.5) / 0.45) ** 2 < 1;
      const lesion = Math.hypot(x / columns - 0.4, ((y / rows - 0.5) * rows) / columns) < 0.08;
      out[y * columns + x] = breast ? 1200 + ((x * 7 + y * 13) % 97) + (lesion ? 1500 : 0) : 0;
    }
  return out;
};

/** The lesion of every synthetic image, in stored pixels. */
export const lesionBox = ({ rows, columns }: Matrix) => ({
  x: 0.32 * columns,
  y: 0.5 * rows - 0.08 * columns,
  width: 0.16 * columns,
  height: 0.16 * columns,
});

type Changes = Readonly<Record<string, Field | undefined>>;

/** A left view of a synthetic patient; every patient is of one study. */
export const syntheticView = (
  patient: number,
  view: 'CC' | 'MLO',
  matrix: Matrix,
  changes: Changes = {},
): TestFile => {
  const study = `1.2.826.0.1.3680043.8.498.4302.${patient}`;
  const file = mammogramFile({
    '00080018': ['UI', `${study}.1.${view === 'CC' ? 1 : 2}`],
    '0020000d': ['UI', study],
    '0020000e': ['UI', `${study}.1`],
    '00100010': ['PN', `SYNTHETIC^PATIENT ${patient}`],
    '00100020': ['LO', `SOAK-${patient}`],
    '00185101': ['CS', view],
    '00200020': ['CS', view === 'CC' ? 'A\\R' : 'A\\FR'],
    '00181164': ['DS', '0.2\\0.2'],
    '00280010': ['US', [matrix.rows]],
    '00280011': ['US', [matrix.columns]],
    '7fe00010': ['OW', words(pixels(matrix, view))],
    ...changes,
  });
  return fileOf(`${patient}-${view}.dcm`, file);
};

/** Grey of a place of the breast in a slice: it shows the lesion in its middle third, a spot in the last slice. */
const sliceValue =
  ({ rows, columns }: Matrix, frames: number, view: 'CC' | 'MLO', mirrored: boolean) =>
  (frame: number, column: number, y: number): number => {
    const x = mirrored ? columns - 1 - column : column;
    const isAxilla = view === 'MLO' && y < rows / 2 && x < 0.3 * columns;
    if (!isAxilla && (x / (0.8 * columns)) ** 2 + ((y / rows - 0.5) / 0.45) ** 2 >= 1) return 0;
    const depth = frame / Math.max(frames - 1, 1);
    const away = Math.hypot(x - 0.4 * columns, y - 0.5 * rows) / columns;
    const isLesion = depth > 1 / 3 && depth < 2 / 3 && away < 0.08;
    const spot = Math.hypot(x - 0.3 * columns, y - (0.3 + 0.4 * depth) * rows) / columns < 0.03;
    return 1200 + ((x * 7 + y * 13 + frame * 31) % 97) + (isLesion ? 1500 : 0) + (spot ? 900 : 0);
  };

/** Tomosynthesis of the patient of `syntheticView`: slices 1 mm apart, in functional groups. */
export const syntheticVolume = (
  patient: number,
  side: 'L' | 'R',
  view: 'CC' | 'MLO',
  matrix: Matrix,
  frames: number,
): TestFile => {
  const study = `1.2.826.0.1.3680043.8.498.4302.${patient}`;
  const number = `${side === 'L' ? 3 : 4}${view === 'CC' ? 1 : 2}`;
  const size = { ...matrix, frames };
  const value = sliceValue(matrix, frames, view, side === 'R');
  const towards = side === 'L' ? 'R' : 'L';
  const pixels = Array.from({ length: frames }, (_, i) => words(framePixels(size, i, value)));
  const file = volumeFile(size, {
    '00080018': ['UI', `${study}.1.${number}`],
    '0020000d': ['UI', study],
    '0020000e': ['UI', `${study}.${number}`],
    '00100010': ['PN', `SYNTHETIC^PATIENT ${patient}`],
    '00100020': ['LO', `SOAK-${patient}`],
    '00185101': ['CS', view],
    '00200020': ['CS', `${side === 'L' ? 'A' : 'P'}\\${view === 'CC' ? towards : `F${towards}`}`],
    '00200062': ['CS', side],
    '52009229': [
      'SQ',
      [{ '00289110': ['SQ', [{ '00280030': ['DS', '0.2\\0.2'], '00180088': ['DS', '1'] }]] }],
    ],
    '52009230': undefined,
    '7fe00010': ['OW', joinBytes(pixels)],
  });
  return fileOf(`${patient}-${side}${view}-tomo.dcm`, file);
};
