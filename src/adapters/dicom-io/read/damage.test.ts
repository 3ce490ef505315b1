import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDicom } from './read-dicom.ts';

const folder = new URL('../fixtures/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.dcm'));

/** Small deterministic generator (mulberry32). */
const generator = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Whatever a file contains: an image of the size it names, or a reason. Never an exception. */
const mustAnswer = async (bytes: Uint8Array, name: string): Promise<void> => {
  const result = await readDicom(bytes, name);
  if (!result.ok) return expect(result.error.reason.code).toMatch(/^file\./);
  const { pixels, rows, columns } = result.value.image;
  expect(pixels).toHaveLength(rows * columns);
};

/** Pixel Data (7FE0,0010), little endian: what lies before it is the header. */
const PIXEL_DATA = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);
/** Odd, so that cuts fall within values, lengths and tags alike. */
const CUTS = 23;
const ROUNDS = 12;

// Damage within compressed pixels may keep a decoder busy for ever, and nothing in this process could
// end it: the kind "frame" of the fuzzer does that, in a process of its own; the page, in a worker.
describe('readDicom survives', () => {
  it.each(files)('%s cut off anywhere', async (name) => {
    const whole = new Uint8Array(readFileSync(new URL(name, folder)));
    for (let n = 0; n < CUTS; n++)
      await mustAnswer(whole.slice(0, Math.floor((n / CUTS) * whole.length)), name);
  });

  it.each(files)('%s with bytes of its header overwritten', async (name) => {
    const whole = new Uint8Array(readFileSync(new URL(name, folder)));
    const found = Buffer.from(whole.buffer).lastIndexOf(PIXEL_DATA);
    const end = found > 132 ? found : Math.min(whole.length, 1000);
    const random = generator(name.length * 7919);
    for (let round = 0; round < ROUNDS; round++) {
      const damaged = whole.slice();
      for (let n = 0; n < 1 + round; n++)
        damaged[132 + Math.floor(random() * (end - 132))] = Math.floor(random() * 256);
      await mustAnswer(damaged, name);
    }
  });
});
