import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDicom } from './read-dicom.ts';

const folder = new URL('../../../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present)
  console.warn(`SKIPPED: ${folder.pathname} is absent; files that others open were not read.`);

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const read = (name: string) => readDicom(bytesOf(name), name);
const opened = async (name: string) => {
  const result = await read(name);
  if (!result.ok) throw new Error(`${name}: ${result.error.reason.code}`);
  return result.value;
};
const sum = (pixels: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < pixels.length; i++) total += pixels[i] as number;
  return total;
};

describe.skipIf(!present)('files that others open', () => {
  /** All are the same picture. */
  const PIXELS = 47_883_256;

  it.each([
    { name: 'A01.dcm' },
    { name: 'A02.dcm' },
    {
      name: 'A04.dcm',
      remark: 'mislabelled',
      said: 'Explicit VR Little Endian',
      found: /implicit VR/,
    },
    {
      name: 'A05.dcm',
      remark: 'mislabelled',
      said: 'Implicit VR Little Endian',
      found: /explicit VR/,
    },
    { name: 'A06.dcm' },
    { name: 'A12.dcm', remark: 'second-file' },
    { name: 'A13.dcm' },
    { name: 'A15.dcm' },
    { name: 'A17.dcm' },
    { name: 'A20.dcm' },
    { name: 'A21b.dcm', remark: 'mislabelled', said: 'JPEG 2000', found: /^JPEG-LS/ },
    { name: 'A22.dcm' },
  ])('$name opens with its own pixels', async ({ name, remark, said, found }) => {
    const { image, remarks } = await opened(name);
    expect([image.columns, image.rows, sum(image.pixels)]).toEqual([957, 1147, PIXELS]);
    expect(remarks.map(({ code }) => code)).toEqual(remark ? [`remark.${remark}`] : []);
    if (said)
      expect(remarks[0]?.values).toEqual({
        name: expect.stringContaining(said),
        found: expect.stringMatching(found),
      });
  });

  it('A16.dcm: 8-bit pixels in big endian words are put in order', async () => {
    const { image } = await opened('A16.dcm');
    const same = (await opened('A13.dcm')).image;
    // The one is the other's upper eight bits, rounded in some way: the columns must agree.
    const at = (pixels: ArrayLike<number>, row: number, column: number) =>
      pixels[row * image.columns + column] as number;
    let [inOrder, swapped] = [0, 0];
    for (let row = 0; row < image.rows; row += 20)
      for (let column = 0; column + 1 < image.columns; column++) {
        const wanted = at(same.pixels, row, column) / 16;
        inOrder += Math.abs(at(image.pixels, row, column) - wanted);
        swapped += Math.abs(at(image.pixels, row, column ^ 1) - wanted);
      }
    expect(inOrder).toBeLessThan(swapped);
  });

  it.each([
    ['B-chrH32.dcm', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
    ['B-chrKoreanMulti.dcm', '김희중'],
    ['B-greek2022.dcm', 'Dionysios^X=Διονυσιος'],
    ['B-misspelt.dcm', 'Buc^Jérôme'],
    ['B-utf8-none.dcm', 'Buc^Jérôme'],
  ])('%s: the name', async (name, person) => {
    expect((await opened(name)).header.personName).toBe(person);
  });

  it('G5.dcm: a grey picture stored as RGB opens as grey', async () => {
    const { image } = await opened('G5.dcm');
    expect(image.pixels).toHaveLength(image.rows * image.columns);
    expect(image.photometricInterpretation).toBe('MONOCHROME2');
  });

  it.each(['truncated-htj2k-lossless-u12.dcm', 'truncated-jpeg-lossless-sv1-u16.dcm'])(
    'attack/%s is refused: half of its pixels are missing',
    async (name) => {
      const result = await read(`attack/${name}`);
      expect(result.ok ? 'opened' : result.error.reason.code).toMatch(/^file\.damaged-pixel-data/);
    },
  );
});
