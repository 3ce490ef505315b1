import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDicom } from './read-dicom.ts';

const folder = new URL('./fixtures/', import.meta.url);
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
  if (!result.ok) return expect(result.error.reason).not.toBe('');
  const { pixels, rows, columns } = result.value.image;
  expect(pixels).toHaveLength(rows * columns);
};

describe('readDicom survives', () => {
  it.each(files)('%s cut off anywhere', async (name) => {
    const whole = new Uint8Array(readFileSync(new URL(name, folder)));
    for (let length = 0; length < whole.length; length += 97)
      await mustAnswer(whole.slice(0, length), name);
  });

  it.each(files)('%s with bytes overwritten', async (name) => {
    const whole = new Uint8Array(readFileSync(new URL(name, folder)));
    const random = generator(name.length * 7919);
    for (let round = 0; round < 40; round++) {
      const damaged = whole.slice();
      for (let n = 0; n < 1 + round / 4; n++)
        damaged[132 + Math.floor(random() * (whole.length - 132))] = Math.floor(random() * 256);
      await mustAnswer(damaged, name);
    }
  });
});
