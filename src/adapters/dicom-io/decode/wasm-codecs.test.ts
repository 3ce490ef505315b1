import { expect, it } from 'vitest';
import { outsideDecoder } from './wasm-codecs.ts';

it('copies decoded bytes out of the decoder’s memory, and not once more where the decoder did', () => {
  const memory = new Uint8Array(64).fill(7);
  const view = memory.subarray(16, 48);
  const copy = outsideDecoder(view);
  memory.fill(0);
  expect([...copy]).toEqual(Array<number>(32).fill(7));
  expect(copy.buffer.byteLength).toBe(32);
  expect(outsideDecoder(copy)).toBe(copy);
});
