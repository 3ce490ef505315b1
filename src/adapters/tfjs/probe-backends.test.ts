import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasHardwareAdapter, requestGpuAdapter } from './probe-backends.ts';

const card = (more: object = {}) =>
  ({
    info: { vendor: 'nvidia', architecture: 'hopper', device: '', description: '', ...more },
  }) as unknown as GPUAdapter;

/** A browser that gives these in turn, then nothing. */
const giving = (...answers: (GPUAdapter | null | Error)[]) => ({
  requestAdapter: vi.fn(async () => {
    const answer = answers.shift() ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  }),
});

describe('asking for a graphics card', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks again where a fresh browser gives null, or fails, at first', async () => {
    const adapter = card();
    for (const first of [null, new Error('not yet')]) {
      const source = giving(first, adapter);
      const asked = requestGpuAdapter(source);
      await vi.runAllTimersAsync();
      expect(await asked).toBe(adapter);
      expect(source.requestAdapter).toHaveBeenCalledTimes(2);
      expect(source.requestAdapter).toHaveBeenCalledWith({ powerPreference: 'high-performance' });
    }
  });

  it('comes to nothing where there is none, and does not wait where there is no WebGPU', async () => {
    const source = giving();
    const asked = requestGpuAdapter(source);
    await vi.runAllTimersAsync();
    expect(await asked).toBeUndefined();
    expect(source.requestAdapter.mock.calls.length).toBeGreaterThan(1);
    await expect(requestGpuAdapter(undefined)).resolves.toBeUndefined();
  });

  it('counts no software adapter as a card', async () => {
    await expect(hasHardwareAdapter(giving(card()))).resolves.toBe(true);
    await expect(hasHardwareAdapter(giving(card({ vendor: 'google swiftshader' })))).resolves.toBe(
      false,
    );
    await expect(hasHardwareAdapter(giving(card({ isFallbackAdapter: true })))).resolves.toBe(
      false,
    );
  });
});
