import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenPatch } from '../../core/pack/golden-patch.ts';
import { loadNetwork, type Network } from './network.ts';
import { useWasmInNode } from './node-backend.ts';
import { tinyGraphFiles, tinyManifest } from './testing/tiny-pack.ts';

const patch = (seed: number) => goldenPatch(seed, 32);

/** The tiny network by hand: 3 x 3 convolution, stride 2, TensorFlow's SAME padding, then ReLU. */
const convolve = (x: Float32Array, side: number, inC: number, w: Float32Array, outC: number) => {
  const out = new Float32Array((side / 2) ** 2 * outC);
  for (let r = 0; r < side / 2; r++)
    for (let c = 0; c < side / 2; c++)
      for (let o = 0; o < outC; o++) {
        let sum = 0;
        for (let i = 0; i < 3; i++)
          for (let j = 0; j < 3; j++)
            for (let k = 0; k < inC; k++) {
              const [y, z] = [2 * r + i, 2 * c + j];
              if (y < side && z < side)
                sum +=
                  (x[(y * side + z) * inC + k] as number) *
                  (w[((i * 3 + j) * inC + k) * outC + o] as number);
            }
        out[(r * (side / 2) + c) * outC + o] = Math.max(0, sum);
      }
  return out;
};

const channel = (map: Float32Array, channels: number, c: number) =>
  map.filter((_, i) => i % channels === c);

describe('loadNetwork', () => {
  let network: Network;
  beforeAll(async () => {
    await useWasmInNode();
    network = await loadNetwork(tinyManifest(), tinyGraphFiles());
    await network.warmUp();
  });

  it('pools each tap as the manifest says and joins them in its order', async () => {
    const weights = new Float32Array(tinyGraphFiles().get('shard1.bin') as ArrayBuffer);
    const first = convolve(patch(1), 32, 1, weights.subarray(0, 36), 4);
    const second = convolve(first, 16, 4, weights.subarray(36), 6);
    const averages = [0, 1, 2, 3].map((c) => channel(first, 4, c).reduce((a, b) => a + b) / 256);
    const norm = Math.hypot(...averages);
    const expected = [
      ...averages.map((v) => v / norm),
      ...[0, 1, 2, 3, 4, 5].map((c) => Math.max(...channel(second, 6, c))),
    ];
    const [vector] = await network.features([patch(1)]);
    expect(vector).toHaveLength(10);
    expected.forEach((value, i) => expect(vector?.[i]).toBeCloseTo(value, 4));
  });

  it('gives the map of the activation tap beside the same features', async () => {
    const manifest = tinyManifest();
    const mapped = await loadNetwork(
      { ...manifest, backbone: { ...manifest.backbone, activationTap: 0 } },
      tinyGraphFiles(),
    );
    const weights = new Float32Array(tinyGraphFiles().get('shard1.bin') as ArrayBuffer);
    const [answer, other] = await mapped.answers([patch(1), patch(2)]);
    const [plain] = await network.features([patch(1)]);
    expect(Array.from(answer?.features ?? [])).toEqual(Array.from(plain ?? []));
    const expected = convolve(patch(1), 32, 1, weights.subarray(0, 36), 4);
    expect(answer?.map).toHaveLength(expected.length);
    expected.forEach((v, i) => expect(answer?.map[i]).toBeCloseTo(v, 4));
    expect(other?.map).not.toEqual(answer?.map);
    mapped.dispose();
  });

  it('gives a patch the same vector alone, in a batch and across batches', async () => {
    const seeds = Array.from({ length: 19 }, (_, i) => i);
    const together = await network.features(seeds.map(patch));
    expect(together).toHaveLength(19);
    for (const seed of [0, 7, 18]) {
      const [alone] = await network.features([patch(seed)]);
      alone?.forEach((v, i) => expect(together[seed]?.[i]).toBeCloseTo(v, 5));
    }
  });

  it('leaks no tensors over a hundred runs, and gives the weights back', async () => {
    const { numTensors: before } = tf.memory();
    for (let i = 0; i < 100; i++) await network.features([patch(i), patch(i + 1)]);
    expect(tf.memory().numTensors).toBe(before);
    const other = await loadNetwork(tinyManifest(), tinyGraphFiles());
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a patch of the wrong size and leaks nothing by it', async () => {
    const { numTensors } = tf.memory();
    await expect(network.features([new Float32Array(31 * 31)])).rejects.toThrow('32 x 32');
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('names the shard that is missing', async () => {
    const files = tinyGraphFiles();
    files.delete('shard1.bin');
    await expect(loadNetwork(tinyManifest(), files)).rejects.toThrow('shard1.bin is missing');
  });
});
