import { expect, it } from 'vitest';
import { coarsePlane, type OverlayPlane } from '../../../core/image/overlay-plane.ts';
import { type Field, mammogramFile, words } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

/** The picture of the fixture: 6 columns, 4 rows, 12 of 16 bits. */
const [COLUMNS, ROWS] = [6, 4];
const PIXELS = Array.from({ length: COLUMNS * ROWS }, (_, i) => i * 100);

const planesOf = async (changes: Readonly<Record<string, Field>>) => {
  const read = await readDicom(mammogramFile(changes), 'x.dcm');
  if (!read.ok) throw new Error(read.error.reason.code);
  return read.value;
};
const drawn = (plane: OverlayPlane | undefined): number[] =>
  plane ? [...coarsePlane(plane, 1).cells].flatMap((cell, i) => (cell ? [i] : [])) : [];

it('reads planes with data of their own, with label, place and kind', async () => {
  const { overlays } = await planesOf({
    '60020010': ['US', [2]],
    '60020011': ['US', [5]],
    '60020040': ['CS', 'R'],
    '60020050': ['SS', [3, -1]],
    '60020100': ['US', [1]],
    '60020102': ['US', [0]],
    '60021500': ['LO', 'ROI 1'],
    '60023000': ['OW', Uint8Array.of(0b0010_0001, 0b0000_0010)],
  });
  expect(overlays).toHaveLength(1);
  const [plane] = overlays;
  expect(plane).toMatchObject({ number: 1, type: 'region', label: 'ROI 1', left: -2, top: 2 });
  expect(drawn(plane)).toEqual([0, 5, 9]);
});

it('reads planes in unused bits of the pixels, and leaves the picture as it is', async () => {
  const marked = PIXELS.map((value, i) => (i === 7 || i === 20 ? value | 0x8000 : value));
  const { overlays, image } = await planesOf({
    '60000010': ['US', [ROWS]],
    '60000011': ['US', [COLUMNS]],
    '60000040': ['CS', 'G'],
    '60000050': ['SS', [1, 1]],
    '60000100': ['US', [16]],
    '60000102': ['US', [15]],
    '7fe00010': ['OW', words(marked)],
  });
  expect(drawn(overlays[0])).toEqual([7, 20]);
  expect([...image.pixels]).toEqual(PIXELS);
});

it('draws of several frames the first over a picture of one', async () => {
  const { overlays } = await planesOf({
    '60000010': ['US', [1]],
    '60000011': ['US', [3]],
    '60000015': ['IS', '2'],
    '60003000': ['OW', Uint8Array.of(0b0010_1001, 0)],
  });
  expect(overlays.map(drawn)).toEqual([[0]]);
});

it('leaves out what is empty, cut off, or in bits that the picture uses', async () => {
  const at = { '60000010': ['US', [ROWS]], '60000011': ['US', [COLUMNS]] } as const;
  const empty = await planesOf({ ...at, '60003000': ['OW', new Uint8Array(4)] });
  expect(empty.overlays).toEqual([]);
  const cut = await planesOf({ ...at, '60003000': ['OW', Uint8Array.of(1, 1)] });
  expect(cut.overlays).toEqual([]);
  const used = await planesOf({ ...at, '60000102': ['US', [3]] });
  expect(used.overlays).toEqual([]);
});
