import { dicomFile, type Field } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import type { MammogramImage, StoredPixels } from '../../src/core/image/mammogram-image.ts';

/** Attributes of the image and, where they change, its stored values. */
export interface DisplayState {
  readonly name: string;
  /** `top` is the largest value that the bits of the original express. */
  readonly of: (pixels: StoredPixels, top: number, columns: number) => Changes;
}
interface Changes {
  readonly fields?: Readonly<Record<string, Field>>;
  readonly pixels?: StoredPixels;
  readonly bits?: number;
  readonly signed?: boolean;
}

const window = (center: string, width: string, fn?: string): Record<string, Field> => ({
  '00281050': ['DS', center],
  '00281051': ['DS', width],
  ...(fn ? { '00281056': ['CS', fn] as const } : {}),
});
const rescale = (slope: string, intercept: string): Record<string, Field> => ({
  '00281052': ['DS', intercept],
  '00281053': ['DS', slope],
});

const bytesOf = (values: ArrayLike<number>): Uint8Array =>
  new Uint8Array(Uint16Array.from(values).buffer);

/** A table over the values 0 to `top`, each a share of what `entryBits` hold, declared as `declared`. */
const lut = (
  top: number,
  entryBits: number,
  declared: number,
  curve: (share: number) => number,
): Record<string, Field> => {
  const entries = Array.from({ length: top + 1 }, (_, i) =>
    Math.round(curve(i / top) * (2 ** entryBits - 1)),
  );
  return {
    '00283010': [
      'SQ',
      [
        {
          '00283002': ['US', [top + 1, 0, declared]],
          '00283006': ['OW', bytesOf(entries)],
        },
      ],
    ],
  };
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-14 * (x - 0.4)));

const fields =
  (make: (top: number) => Record<string, Field>): DisplayState['of'] =>
  (_, top) => ({ fields: make(top) });
const at = (share: number, top: number) => String(Math.round(share * top));
const mapped = (pixels: StoredPixels, map: (v: number) => number): Uint16Array =>
  Uint16Array.from(pixels, map);

/** Air in the outermost rows and columns as a border of one value, as shutters leave it. */
const bordered = (pixels: StoredPixels, columns: number, value: number): Uint16Array => {
  const rows = pixels.length / columns;
  const margin = Math.round(columns / 30);
  return Uint16Array.from(pixels, (v, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    const isOuter = x < margin || x >= columns - margin || y < margin || y >= rows - margin;
    return isOuter && v === 0 ? value : v;
  });
};

/** Ways to show the same exposure: what the file says of display, and other writings of its values. */
export const DISPLAY_STATES: readonly DisplayState[] = [
  { name: 'no window', of: fields(() => ({})) },
  { name: 'all black', of: fields(() => window('100000', '10')) },
  { name: 'all white', of: fields(() => window('-100000', '10')) },
  { name: 'C 5 W 10', of: fields(() => window('5', '10')) },
  { name: 'C 2000 W 1000', of: fields(() => window('2000', '1000')) },
  { name: 'narrow, in the tissue', of: fields((top) => window(at(0.3, top), at(0.02, top))) },
  { name: 'half of the tissue', of: fields((top) => window(at(0.1, top), at(0.1, top))) },
  { name: 'wide', of: fields((top) => window(at(0.5, top), '100000')) },
  { name: 'a step', of: fields((top) => window(at(0.2, top), '1')) },
  { name: 'width below 1', of: fields((top) => window(at(0.2, top), '0.25')) },
  {
    name: 'several, the first black',
    of: fields((top) => window(`100000\\${at(0.5, top)}`, `10\\${top}`)),
  },
  { name: 'LINEAR_EXACT, narrow', of: fields(() => window('40', '20', 'LINEAR_EXACT')) },
  { name: 'SIGMOID', of: fields((t) => window(at(0.4, t), at(0.5, t), 'SIGMOID')) },
  { name: 'SIGMOID, steep', of: fields((t) => window(at(0.2, t), at(0.05, t), 'SIGMOID')) },
  { name: 'SIGMOID, far off', of: fields((t) => window(at(3, t), at(0.2, t), 'SIGMOID')) },
  { name: 'table of 8 bits', of: fields((top) => lut(top, 8, 8, sigmoid)) },
  { name: 'table of 10 bits', of: fields((top) => lut(top, 10, 10, (x) => x ** 3)) },
  { name: '12 bits declared as 16', of: fields((top) => lut(top, 12, 16, sigmoid)) },
  { name: '16 bits declared as 8', of: fields((top) => lut(top, 16, 8, sigmoid)) },
  { name: '14 bits, falling', of: fields((top) => lut(top, 14, 14, (x) => 1 - x)) },
  {
    name: 'table and window',
    of: fields((top) => ({ ...lut(top, 12, 12, sigmoid), ...window('5', '10') })),
  },
  {
    name: 'MONOCHROME1',
    of: (pixels, top) => ({
      fields: { '00280004': ['CS', 'MONOCHROME1'], ...window('5', '10') },
      pixels: mapped(pixels, (v) => top - v),
    }),
  },
  {
    name: 'MONOCHROME1 with INVERSE',
    of: (pixels, top) => ({
      fields: { '00280004': ['CS', 'MONOCHROME1'], '20500020': ['CS', 'INVERSE'] },
      pixels: mapped(pixels, (v) => top - v),
    }),
  },
  {
    name: 'negative slope',
    of: (pixels, top) => ({
      fields: { ...rescale('-1', String(top)), ...window('5', '10') },
      pixels: mapped(pixels, (v) => top - v),
    }),
  },
  {
    name: 'negative slope and MONOCHROME1',
    of: () => ({ fields: { '00280004': ['CS', 'MONOCHROME1'], ...rescale('-2.5', '1000') } }),
  },
  {
    name: 'a tiny slope',
    of: fields(() => ({ ...rescale('0.0001', '-1000'), ...window('-999.99', '0.01') })),
  },
  { name: '16 bits declared', of: () => ({ bits: 16 }) },
  {
    name: 'fewer bits declared than used',
    of: (pixels) => ({ pixels: mapped(pixels, (v) => v), bits: 7 }),
  },
  {
    name: 'signed',
    of: (pixels) => ({ pixels: Int16Array.from(pixels, (v) => v - 1000), bits: 16, signed: true }),
  },
  {
    name: 'low bits unused',
    of: (pixels) => ({ pixels: mapped(pixels, (v) => v * 8), bits: 16 }),
  },
  {
    name: 'a border of 65535 that nothing declares',
    of: (pixels, _, columns) => ({ pixels: bordered(pixels, columns, 65_535), bits: 16 }),
  },
  {
    name: 'air declared as padding',
    of: () => ({ fields: { '00280120': ['US', [0]], ...window('5', '10') } }),
  },
];

/** The image in a state, as a file of the state's own (uncompressed, without a patient). */
export const fileInState = (image: MammogramImage, state: DisplayState): Uint8Array => {
  const top = 2 ** image.bitsStored - 1;
  const changed = state.of(image.pixels, top, image.columns);
  const { pixels = image.pixels, fields: more = {}, signed = false } = changed;
  const allocated = pixels.BYTES_PER_ELEMENT * 8;
  const bits = changed.bits === undefined ? image.bitsStored : Math.min(changed.bits, allocated);
  const { spacing } = image;
  return dicomFile({
    '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.2'],
    '00080018': ['UI', '1.2.3'],
    '00080060': ['CS', 'MG'],
    '00280002': ['US', [1]],
    '00280004': ['CS', 'MONOCHROME2'],
    '00280010': ['US', [image.rows]],
    '00280011': ['US', [image.columns]],
    ...(spacing ? { '00280030': ['DS', `${spacing.row}\\${spacing.column}`] as const } : {}),
    '00280100': ['US', [allocated]],
    '00280101': ['US', [bits]],
    '00280102': ['US', [bits - 1]],
    '00280103': ['US', [signed ? 1 : 0]],
    '7fe00010': ['OW', new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)],
    ...more,
  });
};
