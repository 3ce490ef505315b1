import { beforeAll, describe, expect, it } from 'vitest';
import { elements, encapsulate, element, fileOf, mammogramItem } from '../fixtures/build-dicom.ts';
import { frameEncoder } from '../fixtures/encode-frames.ts';
import { readDicom } from '../read/read-dicom.ts';

const SIDE = 256;
const CODECS = [
  ['openjpeg', '1.2.840.10008.1.2.4.90'],
  ['openjph', '1.2.840.10008.1.2.4.201'],
] as const;

/** Small deterministic generator (mulberry32). */
const generator = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const picture = (of: (x: number, y: number) => number): Uint16Array =>
  Uint16Array.from({ length: SIDE * SIDE }, (_, i) => of(i % SIDE, Math.floor(i / SIDE)));

/** Tissue with grain, as every detector and film has. */
const random = generator(5);
const grainy = picture((x, y) => Math.round(1500 + 4 * x + 2 * y + 60 * (random() + random())));
/** A test pattern without any grain: its coded data hold long runs of zeros. */
const even = picture((x, y) => Math.round(2000 + 1000 * Math.sin(x / 30) * Math.cos(y / 40)));

const fileWith = (frame: Uint8Array, syntax: string): Uint8Array => {
  const size = { '00280010': ['US', [SIDE]], '00280011': ['US', [SIDE]] } as const;
  const item = mammogramItem({ ...size, '7fe00010': undefined });
  const meta = elements({ '00020010': ['UI', syntax] });
  const pixels = element('7fe00010', ['OB', encapsulate(frame)], 0xffffffff);
  return fileOf(meta, elements(item), pixels);
};

describe.each(CODECS)('a stream of %s with damage in its middle', (codec, syntax) => {
  let coded: Record<'grainy' | 'even', Uint8Array>;
  beforeAll(async () => {
    const encode = await frameEncoder(codec);
    coded = { grainy: encode(grainy, SIDE, SIDE), even: encode(even, SIDE, SIDE) };
  });

  const opened = (frame: Uint8Array) => readDicom(fileWith(frame, syntax), 'x.dcm');

  it('opens when it is whole, with every value', async () => {
    for (const [name, wanted] of Object.entries({ grainy, even })) {
      const read = await opened(coded[name as 'even']);
      const found = read.ok ? read.value.image.pixels : [];
      expect(found, name).toHaveLength(wanted.length);
      expect(
        wanted.findIndex((value, i) => value !== found[i]),
        name,
      ).toBe(-1);
    }
  });

  it.each([
    ['zeros', 0, 64],
    ['zeros', 0, 512],
    ['ones', 255, 4],
    ['ones', 255, 512],
  ])('is refused: %s (%i) over %i bytes', async (_, value, length) => {
    const at = generator(length + value);
    for (let round = 0; round < 6; round++) {
      const frame = coded.grainy.slice();
      const from = 300 + Math.floor(at() * (frame.length - length - 400));
      frame.fill(value, from, from + length);
      const read = await opened(frame);
      expect(read.ok ? 'opened' : read.error.reason.code, `at ${from}`).toBe(
        'file.damaged-pixel-data.incomplete',
      );
    }
  });

  it.runIf(codec === 'openjpeg')('is refused for a few other bytes, too', async () => {
    const at = generator(11);
    for (let round = 0; round < 12; round++) {
      const frame = coded.grainy.slice();
      const from = 300 + Math.floor(at() * (frame.length - 400));
      for (let i = 0; i < 4; i++)
        frame[from + i] = ((frame[from + i] as number) + 37 + 41 * i) & 255;
      expect((await opened(frame)).ok, `at ${from}`).toBe(false);
    }
  });
});
