import { goldenPatch } from '../../src/core/pack/golden-patch.ts';

export const bytesOf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

/** Milliseconds. */
export const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

/** The rows of `count` patches that lie one after another. */
export const rowsOf = (values: Float32Array, count: number): number[][] => {
  const length = values.length / count;
  return Array.from({ length: count }, (_, i) =>
    Array.from(values.slice(i * length, (i + 1) * length)),
  );
};

/** The first `count` golden patches, one after another. */
export const stackPatches = (count: number, size: number): Float32Array => {
  const all = new Float32Array(count * size * size);
  for (let i = 0; i < count; i++) all.set(goldenPatch(i + 1, size), i * size * size);
  return all;
};
