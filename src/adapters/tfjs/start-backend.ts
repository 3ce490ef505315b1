import { Failure } from '../../core/message/failure.ts';
import { message, type Value } from '../../core/message/message.ts';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import simdBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plainBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { requestGpuAdapter } from './probe-backends.ts';
import type { BackendName } from '../../ports/inference.ts';

export interface StartedBackend {
  /** Resolves with the reason when the device is gone; never for wasm. */
  readonly lost: Promise<Value>;
  /** True from the loss on, be it before `lost` resolves. */
  isLost(): boolean;
  /** Loses the device on purpose, as a driver reset would. For tests. */
  simulateLoss(): void;
}

const NEVER = new Promise<Value>(() => {});

/** Limits that tfjs wants raised to what the adapter can do. */
const raisedLimits = (limits: GPUSupportedLimits): Record<string, number> => ({
  maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  maxBufferSize: limits.maxBufferSize,
  maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
  maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
});

const useBackend = async (name: string, create: () => tf.KernelBackend): Promise<void> => {
  tf.removeBackend(name);
  tf.registerBackend(name, create);
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start ${name}`);
};

/** tfjs neither checks the adapter nor listens for the loss of the device: both are done here. */
const startWebGpu = async (): Promise<StartedBackend> => {
  const adapter = await requestGpuAdapter();
  if (!adapter) throw new Failure(message('backend.adapter-gone'));
  const device = await adapter.requestDevice({ requiredLimits: raisedLimits(adapter.limits) });
  await useBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  let gone = false;
  const lost = device.lost.then(({ message: reason }) => {
    gone = true;
    return reason || message('backend.device-lost');
  });
  return {
    lost,
    isLost: () => gone,
    simulateLoss: () => device.destroy(),
  };
};

const startWebGl = async (): Promise<StartedBackend> => {
  // A software adapter comes this far only when asked for by name.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  const backend = new MathBackendWebGL();
  await useBackend('webgl', () => backend);
  const { gl } = backend.gpgpu;
  return {
    lost: new Promise((resolve) => {
      gl.canvas.addEventListener('webglcontextlost', () =>
        resolve(message('backend.context-lost')),
      );
    }),
    isLost: () => gl.isContextLost(),
    simulateLoss: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
};

/**
 * The binary with threads that tfjs 4.22 publishes computes with one thread, whatever is asked for
 * (its pthreadpool is the one without threads: getThreadsCount gives 1), and starts eight workers
 * that it never uses. So the plain one is taken, and openNetwork shares batches between workers.
 */
const startWasm = async (): Promise<StartedBackend> => {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const here = (url: string) => new URL(url, import.meta.url).href;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': here(plainBinary),
    'tfjs-backend-wasm-simd.wasm': here(simdBinary),
    // An entry is demanded; with the flag above it is never fetched.
    'tfjs-backend-wasm-threaded-simd.wasm': here(simdBinary),
  });
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not start WebAssembly');
  return {
    lost: NEVER,
    isLost: () => false,
    simulateLoss: () => {
      setTimeout(() => {
        throw new Error('simulated crash');
      });
    },
  };
};

/** Starts one backend and makes it current. Rejects with the reason where it does not start. */
export const startBackend = async (name: BackendName): Promise<StartedBackend> => {
  const started = await { webgpu: startWebGpu, webgl: startWebGl, wasm: startWasm }[name]();
  await tf.ready();
  return started;
};
