import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** A run of tfjs' kernels on WebGPU that was written down, to be asked for again without tfjs. */
export interface Recording {
  /**
   * What the run gives for `input`, which has as many values as that of the recorded run. One
   * submission and one readback. Rejects where the device is lost. May be asked again before it answers.
   */
  replay(input: Float32Array): Promise<Float32Array>;
  /** Frees its buffers. It must not be used afterwards. */
  dispose(): void;
}

/** One kernel: its shader, what it is bound to, and how many workgroups. */
interface Dispatch {
  pipeline?: GPUComputePipeline;
  group?: GPUBindGroup;
  workgroups?: Parameters<GPUComputePassEncoder['dispatchWorkgroups']>;
}

/** After so many kernels tfjs submits, and hands on the buffers of maps that nothing takes any more. */
const BATCH = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';

type Buffers = WebGPUBackend['bufferManager'];

/**
 * Buffers of one recording, in the place of tfjs' own while it is made: they are given to nobody else.
 * Maps are used again for later maps of the same run. Uniforms never are: they are written once, before
 * the run, and every kernel of a replay reads its own.
 */
class RecordedBuffers {
  private readonly all: GPUBuffer[] = [];
  private readonly free: GPUBuffer[] = [];

  constructor(private readonly device: GPUDevice) {}

  acquireBuffer(size: number, usage: number, mappedAtCreation = false): GPUBuffer {
    const at = this.free.findIndex((old) => old.size === size && old.usage === usage);
    const [again] = at < 0 || mappedAtCreation ? [] : this.free.splice(at, 1);
    if (again) return again;
    const buffer = this.device.createBuffer({ size, usage, mappedAtCreation });
    this.all.push(buffer);
    return buffer;
  }

  releaseBuffer(buffer: GPUBuffer): void {
    if ((buffer.usage & GPUBufferUsage.UNIFORM) === 0) this.free.push(buffer);
  }

  dispose(): void {
    for (const buffer of this.all) buffer.destroy();
  }
}

/** `target` with some of its methods replaced. */
const watched = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get: (_, name) => {
      const own = methods[name as keyof T];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });

/** Lets `work` run on `backend` with every kernel written down, and with buffers of its own. */
const writeDown = (
  backend: WebGPUBackend,
  buffers: RecordedBuffers,
  work: () => void,
): readonly Dispatch[] => {
  const { device, bufferManager } = backend;
  const dispatches: Dispatch[] = [];
  const passOf = (pass: GPUComputePassEncoder) => {
    let bound: Dispatch = {};
    return watched(pass, {
      setPipeline: (pipeline) => {
        bound = { ...bound, pipeline };
        pass.setPipeline(pipeline);
      },
      setBindGroup: (index: number, group: GPUBindGroup) => {
        bound = { ...bound, group };
        pass.setBindGroup(index, group);
      },
      dispatchWorkgroups: (...workgroups) => {
        dispatches.push({ ...bound, workgroups });
        pass.dispatchWorkgroups(...workgroups);
      },
    });
  };
  const submitPending = () => {
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    backend.submitQueue();
  };
  submitPending();
  // An own property hides the method of the prototype, until it is taken away again.
  const batch = env().getNumber(BATCH);
  env().set(BATCH, 1);
  device.createCommandEncoder = (descriptor) => {
    const encoder = GPUDevice.prototype.createCommandEncoder.call(device, descriptor);
    return watched(encoder, {
      beginComputePass: (asked) => passOf(encoder.beginComputePass(asked)),
    });
  };
  backend.bufferManager = buffers as unknown as Buffers;
  try {
    work();
    submitPending();
    return dispatches;
  } finally {
    backend.bufferManager = bufferManager;
    env().set(BATCH, batch);
    Reflect.deleteProperty(device, 'createCommandEncoder');
  }
};

const isWhole = (dispatch: Dispatch): dispatch is Required<Dispatch> =>
  dispatch.pipeline !== undefined && dispatch.group !== undefined;

const bufferOf = (backend: WebGPUBackend, { dataId }: Tensor): GPUBuffer | undefined => {
  const { resource } = backend.tensorMap.get(dataId);
  return resource instanceof GPUBuffer ? resource : undefined;
};

/** The values of one buffer after the kernels, in as many staging buffers as are asked for at once. */
const replayer = (
  { device, queue }: WebGPUBackend,
  dispatches: readonly Required<Dispatch>[],
  [input, output]: readonly [GPUBuffer, GPUBuffer],
) => {
  const { size } = output;
  const idle: GPUBuffer[] = [];
  const encode = (staging: GPUBuffer): GPUCommandBuffer => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, group, workgroups } of dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    encoder.copyBufferToBuffer(output, 0, staging, 0, size);
    return encoder.finish();
  };
  const usage = () => GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  return {
    replay: async (values: Float32Array): Promise<Float32Array> => {
      const staging = idle.pop() ?? device.createBuffer({ size, usage: usage() });
      queue.writeBuffer(input, 0, values as Float32Array<ArrayBuffer>);
      queue.submit([encode(staging)]);
      await staging.mapAsync(GPUMapMode.READ);
      const read = new Float32Array(staging.getMappedRange().slice(0));
      staging.unmap();
      idle.push(staging);
      return read;
    },
    dispose: () => {
      for (const staging of idle) staging.destroy();
    },
  };
};

/**
 * Writes down what `run` asks of the GPU. `run` is called once: it gives the tensor that the network
 * is fed and the one that is read. All weights must be on the GPU: it must have run before. Only its
 * kernels are written down: whoever asks must hold a replay against a run. Undefined where what is fed or
 * read is not on the GPU.
 */
export const recordRun = (
  backend: WebGPUBackend,
  run: () => { readonly fed: Tensor; readonly read: Tensor },
): Recording | undefined => {
  const buffers = new RecordedBuffers(backend.device);
  let ends: (GPUBuffer | undefined)[] = [];
  let dispatches: readonly Dispatch[] = [];
  try {
    dispatches = writeDown(backend, buffers, () =>
      tidy(() => {
        const { fed, read } = run();
        ends = [fed, read].map((tensor) => bufferOf(backend, tensor));
      }),
    );
  } catch (error) {
    buffers.dispose();
    throw error;
  }
  const [input, output] = ends;
  const kernels = dispatches.filter(isWhole);
  if (!input || !output || kernels.length < dispatches.length) {
    buffers.dispose();
    return undefined;
  }
  const { replay, dispose } = replayer(backend, kernels, [input, output]);
  return {
    replay,
    dispose: () => {
      buffers.dispose();
      dispose();
    },
  };
};
