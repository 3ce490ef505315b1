import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  dicomFile,
  encapsulate,
  EXPLICIT,
  mammogramItem,
} from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { CACHE } from './paths.ts';
import { seededRandom } from '../../src/core/stats/random.ts';

export type Coding = 'uncompressed' | 'JPEG Lossless' | 'JPEG 2000';

/** Columns and rows of an image, and its pixel pitch in mm. */
export interface Matrix {
  readonly columns: number;
  readonly rows: number;
  readonly pitch: number;
}

export const SMALL: Matrix = { columns: 1914, rows: 2294, pitch: 0.1 };
export const LARGE: Matrix = { columns: 4096, rows: 5624, pitch: 0.05 };

export const bytesOf = ({ columns, rows }: Matrix): number => columns * rows * 2;

const VIEWS = [
  { side: 'R', view: 'CC', orientation: 'P\\L' },
  { side: 'L', view: 'CC', orientation: 'A\\R' },
  { side: 'R', view: 'MLO', orientation: 'P\\FL' },
  { side: 'L', view: 'MLO', orientation: 'A\\FR' },
] as const;
type View = (typeof VIEWS)[number];

const BITS = 12;

/**
 * A breast-like half ellipse at the chest wall, brighter inwards, with coarse structure and the noise
 * of a detector, in empty air: so that coders and contours have something like real work. With `muscle`
 * a bright triangle in the upper corner at the wall, without which the page doubts that it is an oblique.
 * Not a phantom: no figure about classification comes from it.
 */
export const paint = (
  { columns, rows }: Matrix,
  side: 'R' | 'L',
  seed: number,
  muscle = false,
): Uint16Array => {
  const random = seededRandom(seed);
  const noise = Float32Array.from({ length: 65_521 }, () => random() + random() + random() - 1.5);
  const coarse = Float32Array.from({ length: 64 * 64 }, random);
  const pixels = new Uint16Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const v = (y / rows - 0.5) / 0.45;
    for (let x = 0; x < columns; x++) {
      const fromWall = (side === 'R' ? columns - 1 - x : x) / columns;
      const r = (fromWall / 0.8) ** 2 + v * v;
      const isMuscle = muscle && fromWall / 0.4 + y / rows / 0.6 < 1;
      if (r >= 1 && !isMuscle) continue;
      const cell = coarse[(((y * 64) / rows) | 0) * 64 + (((x * 64) / columns) | 0)] as number;
      const i = y * columns + x;
      const even = isMuscle ? 3000 : 700 + 1800 * Math.sqrt(1 - r);
      const grey = even + 250 * cell + 24 * (noise[i % 65_521] as number);
      pixels[i] = Math.min(grey, 2 ** BITS - 1);
    }
  }
  return pixels;
};

const itemOf = ({ columns, rows, pitch }: Matrix, { side, view, orientation }: View) => {
  const uid = `2.25.${columns}${rows}${VIEWS.findIndex((v) => v.side === side && v.view === view)}`;
  return mammogramItem({
    '00080018': ['UI', `${uid}1`],
    '00100010': ['PN', 'SYNTHETIC^BENCH'],
    '00100020': ['LO', `BENCH${rows}`],
    '0020000d': ['UI', `2.25.${columns}${rows}9`],
    '0020000e': ['UI', `${uid}2`],
    '00181164': ['DS', `${pitch}\\${pitch}`],
    '00185101': ['CS', view],
    '00200020': ['CS', orientation],
    '00200062': ['CS', side],
    '00280010': ['US', [rows]],
    '00280011': ['US', [columns]],
    '00281050': ['DS', '1700'],
    '00281051': ['DS', '2600'],
    '7fe00010': undefined,
  });
};

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setQuality(lossless: boolean, rate: number): void;
  encode(): void;
  delete(): void;
}
// A CommonJS package without types.
const require = createRequire(import.meta.url);

const encodeJpeg2000 = async (pixels: Uint16Array, { columns, rows }: Matrix) => {
  const factory = require('@cornerstonejs/codec-openjpeg/wasmjs') as (
    options: object,
  ) => Promise<{ J2KEncoder: new () => Encoder }>;
  const wasmBinary = readFileSync(require.resolve('@cornerstonejs/codec-openjpeg/wasm'));
  const { J2KEncoder } = await factory({ wasmBinary, print: () => {}, printErr: () => {} });
  const encoder = new J2KEncoder();
  const input = encoder.getDecodedBuffer({
    width: columns,
    height: rows,
    bitsPerSample: 16,
    componentCount: 1,
    isSigned: false,
  });
  input.set(new Uint8Array(pixels.buffer));
  encoder.setQuality(true, 0);
  encoder.encode();
  const encoded = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return encoded;
};

const write = async (file: string, matrix: Matrix, coding: Coding, index: number) => {
  const view = VIEWS[index] as View;
  const pixels = paint(matrix, view.side, index + 1, view.view === 'MLO');
  const item = itemOf(matrix, view);
  const plain = dicomFile({ ...item, '7fe00010': ['OW', new Uint8Array(pixels.buffer)] }, EXPLICIT);
  if (coding === 'JPEG 2000') {
    const frame = encapsulate(await encodeJpeg2000(pixels, matrix));
    writeFileSync(
      file,
      undefinedLength(dicomFile({ ...item, '7fe00010': ['OB', frame] }, '1.2.840.10008.1.2.4.90')),
    );
    return;
  }
  const raw = `${file}.raw`;
  writeFileSync(raw, plain);
  if (coding === 'uncompressed') return renameSync(raw, file);
  const { status } = spawnSync('dcmcjpeg', ['+e1', raw, file]);
  if (status !== 0) throw new Error('dcmcjpeg (Debian package dcmtk) is needed for JPEG Lossless');
};

/** Marks the pixel data, the last element, as encapsulated: its length is undefined (PS3.5 A.4). */
export const undefinedLength = (bytes: Uint8Array): Uint8Array => {
  const tag = [0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42];
  for (let at = 0; at < bytes.length; at++)
    if (tag.every((b, i) => bytes[at + i] === b)) {
      bytes.fill(0xff, at + 8, at + 12);
      return bytes;
    }
  throw new Error('the file has no pixel data');
};

/**
 * Paths of the four views of a synthetic study, written to the cache on first use. Throws where an
 * encoder is missing.
 */
export const syntheticStudy = async (matrix: Matrix, coding: Coding): Promise<string[]> => {
  const files: string[] = [];
  for (const [i, { side, view }] of VIEWS.entries()) {
    const kind = view === 'MLO' ? 'oblique' : '';
    const name = `${coding.toLowerCase().replaceAll(' ', '-')}-${matrix.rows}-${side}${view}${kind}.dcm`;
    const file = join(CACHE, 'files', name);
    if (!existsSync(file)) await write(file, matrix, coding, i);
    files.push(file);
  }
  return files;
};
