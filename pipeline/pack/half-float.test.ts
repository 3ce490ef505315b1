import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmInNode } from '../../src/adapters/tfjs/node-backend.ts';
import { toHalf } from './half-float.ts';

/** Decodes halves as the page will: by tfjs. */
const decode = (halves: number[]): number[] => {
  const spec = {
    name: 'w',
    shape: [halves.length],
    dtype: 'float32' as const,
    quantization: { dtype: 'float16' as const },
  };
  return [...(tf.io.decodeWeights(Uint16Array.from(halves).buffer, [spec]).w?.dataSync() ?? [])];
};

describe('toHalf', () => {
  beforeAll(useWasmInNode);

  it('knows the bit patterns of the standard', () => {
    expect([1, -2, 65504, 2 ** -14, 2 ** -24, 0, 1 / 3].map(toHalf)).toEqual([
      0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0, 0x3555,
    ]);
    expect([1e6, -Infinity].map(toHalf)).toEqual([0x7c00, 0xfc00]);
  });

  it('rounds to nearest even', () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(2 ** -25)).toBe(0);
    expect(toHalf(65520)).toBe(0x7c00);
  });

  it('is what tfjs reads back, to half a unit in the last place', () => {
    const values = Array.from({ length: 400 }, (_, i) => Math.sin(i * 7.3) * 10 ** ((i % 9) - 5));
    decode(values.map(toHalf)).forEach((back, i) => {
      const value = values[i] as number;
      expect(Math.abs(back - value)).toBeLessThanOrEqual(
        Math.max(Math.abs(value) * 2 ** -11, 2 ** -25),
      );
    });
  });
});
