import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useWasmInNode } from './node-backend.ts';
import { replayedRows, type Rows } from './replayed-rows.ts';
import { FakeBuffer, FakeDevice, fakeBackend, type FakeShader, USAGE } from './testing/fake-gpu.ts';

const SIZE = 2;
const scaled: FakeShader = ([a], factor, out) =>
  a?.forEach((value, i) => (out[i] = Math.fround(value * factor)));
const sum: FakeShader = ([a, b], factor, out) =>
  a?.forEach((value, i) => (out[i] = Math.fround(value + factor * (b?.[i] as number))));

/** 2 (3 x + 5 (4 x)), as kernels that hand their buffers on. */
const FACTORS = { three: 3, four: 4, five: 5, two: 2 };
const rowOf = (x: number) => FACTORS.two * (FACTORS.three * x + FACTORS.five * (FACTORS.four * x));

type Gpu = ReturnType<typeof fakeBackend>;

const runKernels = ({ kernel }: Gpu, x: FakeBuffer) => {
  const three = kernel(scaled, [x], FACTORS.three, false);
  const four = kernel(scaled, [x], FACTORS.four, false);
  return kernel(scaled, [kernel(sum, [three, four], FACTORS.five)], FACTORS.two);
};

const network = (gpu: Gpu, run: (x: FakeBuffer) => FakeBuffer = (x) => runKernels(gpu, x)) => {
  const own: Rows = {
    of: vi.fn(async (stacked: Float32Array) => {
      const out = run(gpu.filled(stacked));
      gpu.finish();
      return out.values.slice();
    }),
    dispose: vi.fn(),
  };
  const graph = (x: tf.Tensor4D) => {
    const fed = gpu.map(x.size);
    gpu.lies(x, fed);
    const read = tf.zerosLike(x);
    gpu.lies(read, run(fed));
    return read;
  };
  return { own, rows: replayedRows(gpu.backend, SIZE, graph, own) };
};

const patches = (n: number, start = 1) =>
  Float32Array.from({ length: n * SIZE * SIZE }, (_, i) => start + i);
const wanted = (stacked: Float32Array) => Array.from(stacked, rowOf);

/** Runs so many patches until they are recorded, where they can be. */
const runTwice = async (rows: Rows, n: number) => {
  for (let i = 0; i < 2; i++)
    expect([...(await rows.of(patches(n), n))]).toEqual(wanted(patches(n)));
};

describe('replayedRows', () => {
  beforeEach(async () => {
    await useWasmInNode();
    vi.stubGlobal('GPUDevice', FakeDevice);
    vi.stubGlobal('GPUBuffer', FakeBuffer);
    vi.stubGlobal('GPUBufferUsage', USAGE);
    vi.stubGlobal('GPUMapMode', { READ: 1 });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('asks tfjs twice for each number of patches, then gives the same by one submission', async () => {
    const gpu = fakeBackend();
    const { own, rows } = network(gpu);
    for (const n of [1, 2]) await runTwice(rows, n);
    const { bindGroups, submissions } = gpu.device;
    for (const [n, start] of [
      [1, 7],
      [2, 9],
      [1, -3],
    ] as const) {
      const stacked = patches(n, start);
      expect([...(await rows.of(stacked, n))]).toEqual(wanted(stacked));
    }
    expect(own.of).toHaveBeenCalledTimes(4);
    expect(gpu.device.bindGroups).toBe(bindGroups);
    expect(gpu.device.submissions).toBe(submissions + 3);
  });

  it('keeps two runs apart that are asked for before the first has answered', async () => {
    const { rows } = network(fakeBackend());
    await runTwice(rows, 1);
    const both = await Promise.all([rows.of(patches(1, 20), 1), rows.of(patches(1, 40), 1)]);
    expect(both.map((row) => [...row])).toEqual([wanted(patches(1, 20)), wanted(patches(1, 40))]);
  });

  it('is not spoiled by what tfjs computes in between, and spoils nothing of it', async () => {
    const gpu = fakeBackend();
    const { rows } = network(gpu);
    await runTwice(rows, 1);
    const other = gpu.filled([1, 2, 3, 4]);
    const kept = gpu.kernel(scaled, [other], 100, false);
    gpu.finish();
    expect([...(await rows.of(patches(1, 5), 1))]).toEqual(wanted(patches(1, 5)));
    expect([...kept.values]).toEqual([100, 200, 300, 400]);
    expect([...other.values]).toEqual([1, 2, 3, 4]);
  });

  it('leaves tfjs its own pool, its own encoders and its own pace', async () => {
    const gpu = fakeBackend();
    const { bufferManager } = gpu.backend;
    const { rows } = network(gpu);
    await runTwice(rows, 1);
    expect(gpu.backend.bufferManager).toBe(bufferManager);
    expect(Object.hasOwn(gpu.device, 'createCommandEncoder')).toBe(false);
    expect(tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')).toBe(15);
  });

  it('goes on with tfjs where a run does more than kernels', async () => {
    const gpu = fakeBackend();
    const { own, rows } = network(gpu, (x) => gpu.copy(runKernels(gpu, x)));
    for (const start of [1, 2, 3])
      expect([...(await rows.of(patches(1, start), 1))]).toEqual(wanted(patches(1, start)));
    expect(own.of).toHaveBeenCalledTimes(3);
  });

  it('goes on with tfjs where a part of the run is not on the card', async () => {
    const gpu = fakeBackend();
    const { own, rows } = network(gpu, (x) => runKernels(gpu, gpu.filled(x.values)));
    for (const start of [1, 2, 3])
      expect([...(await rows.of(patches(1, start), 1))]).toEqual(wanted(patches(1, start)));
    expect(own.of).toHaveBeenCalledTimes(3);
  });

  it('goes on with tfjs where the card has no room for a recording, or is lost over its trial', async () => {
    for (const fail of [
      (gpu: Gpu) =>
        vi.spyOn(gpu.device, 'createBuffer').mockImplementation(() => {
          throw new RangeError('out of memory');
        }),
      () => vi.spyOn(FakeBuffer.prototype, 'mapAsync').mockRejectedValue(new Error('lost')),
    ]) {
      const gpu = fakeBackend();
      const { bufferManager } = gpu.backend;
      const { own, rows } = network(gpu);
      await rows.of(patches(1), 1);
      // tfjs' own run finds all its buffers.
      gpu.fill(8, SIZE * SIZE);
      const failing = fail(gpu);
      expect([...(await rows.of(patches(1), 1))]).toEqual(wanted(patches(1)));
      failing.mockRestore();
      expect([...(await rows.of(patches(1, 3), 1))]).toEqual(wanted(patches(1, 3)));
      expect(own.of).toHaveBeenCalledTimes(3);
      expect(gpu.backend.bufferManager).toBe(bufferManager);
    }
  });

  it('frees what it had got where the card has no room for all of a recording', async () => {
    const gpu = fakeBackend();
    const { rows } = network(gpu);
    await rows.of(patches(1), 1);
    gpu.fill(8, SIZE * SIZE);
    const before = gpu.device.buffers.length;
    const { createBuffer } = gpu.device;
    gpu.device.createBuffer = function (asked) {
      if (this.buffers.length === before + 3) throw new RangeError('out of memory');
      return createBuffer.call(this, asked);
    };
    await rows.of(patches(1), 1);
    const made = gpu.device.buffers.slice(before);
    expect(made.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });

  it('leaves a slow card to tfjs: there the kernels are what takes long', async () => {
    const { own, rows } = network(fakeBackend());
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 200));
    for (let i = 0; i < 3; i++) await rows.of(patches(1), 1);
    clock.mockRestore();
    expect(own.of).toHaveBeenCalledTimes(3);
    await rows.of(patches(1), 1);
    await rows.of(patches(1), 1);
    expect(own.of).toHaveBeenCalledTimes(4);
  });

  it('records no large batch, and hands maps on within a recording', async () => {
    const gpu = fakeBackend();
    const { own, rows } = network(gpu);
    for (let i = 0; i < 3; i++) await rows.of(patches(5), 5);
    expect(own.of).toHaveBeenCalledTimes(3);
    await rows.of(patches(1), 1);
    gpu.fill(8, SIZE * SIZE);
    const before = gpu.device.buffers.length;
    await rows.of(patches(1), 1);
    const maps = gpu.device.buffers
      .slice(before)
      .filter(({ usage }) => (usage & USAGE.STORAGE) !== 0);
    // One less than the run has.
    expect(maps).toHaveLength(4);
  });

  it('gives its buffers back', async () => {
    const gpu = fakeBackend();
    const { own, rows } = network(gpu);
    await rows.of(patches(1), 1);
    gpu.fill(8, SIZE * SIZE);
    const before = gpu.device.buffers.length;
    await rows.of(patches(1), 1);
    rows.dispose();
    // Maps, uniforms and the staging buffer of the recording; tfjs' own stay in its pool.
    const [kept, made] = [gpu.device.buffers.slice(0, before), gpu.device.buffers.slice(before)];
    expect(kept.filter(({ destroyed }) => destroyed)).toEqual([]);
    expect(made.filter(({ destroyed }) => !destroyed)).toEqual([]);
    expect(made.length).toBeGreaterThanOrEqual(4 + 4 + 1);
    expect(own.dispose).toHaveBeenCalledOnce();
  });
});
