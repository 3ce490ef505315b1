import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { env, type Tensor } from '@tensorflow/tfjs-core';

const BATCH = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';
export const USAGE = { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64, STORAGE: 128 };

/** A buffer of a graphics card that is not there. */
export class FakeBuffer {
  destroyed = false;
  readonly values: Float32Array;
  constructor(
    readonly size: number,
    readonly usage: number,
  ) {
    this.values = new Float32Array(size / 4);
  }
  mapAsync() {
    return Promise.resolve();
  }
  getMappedRange() {
    return this.values.buffer;
  }
  unmap() {}
  destroy() {
    this.destroyed = true;
  }
}

/** A shader: what it makes of its maps and of the one number in its uniform. */
export type FakeShader = (maps: readonly Float32Array[], factor: number, out: Float32Array) => void;

interface Group {
  readonly maps: readonly FakeBuffer[];
  readonly uniform: FakeBuffer;
  readonly out: FakeBuffer;
}
type Command = () => void;

class FakePass {
  private shader: FakeShader | undefined;
  private group: Group | undefined;
  constructor(private readonly commands: Command[]) {}
  setPipeline(shader: FakeShader) {
    this.shader = shader;
  }
  setBindGroup(_: number, group: Group) {
    this.group = group;
  }
  dispatchWorkgroups() {
    const { shader, group } = this;
    if (!shader || !group) throw new Error('nothing is bound');
    this.commands.push(() => {
      if ([group.out, group.uniform, ...group.maps].some(({ destroyed }) => destroyed))
        throw new Error('a buffer is used after it was destroyed');
      shader(
        group.maps.map(({ values }) => values),
        group.uniform.values[0] as number,
        group.out.values,
      );
    });
  }
  end() {}
}

class FakeEncoder {
  private readonly commands: Command[] = [];
  beginComputePass() {
    return new FakePass(this.commands);
  }
  copyBufferToBuffer(from: FakeBuffer, _: number, to: FakeBuffer) {
    this.commands.push(() => to.values.set(from.values));
  }
  finish() {
    return this.commands;
  }
}

/** The device: its commands run when they are submitted, and it keeps every buffer that it made. */
export class FakeDevice {
  readonly buffers: FakeBuffer[] = [];
  bindGroups = 0;
  submissions = 0;
  readonly queue = {
    writeBuffer: (buffer: FakeBuffer, _: number, values: Float32Array) => buffer.values.set(values),
    submit: (all: readonly Command[][]) => {
      this.submissions++;
      for (const command of all.flat()) command();
    },
  };
  createBuffer({ size, usage }: { size: number; usage: number }) {
    const buffer = new FakeBuffer(size, usage);
    this.buffers.push(buffer);
    return buffer;
  }
  createCommandEncoder() {
    return new FakeEncoder();
  }
}

/**
 * What of tfjs' backend a recording deals with, on a device that is not there: a pool of buffers, and
 * kernels that are submitted some at a time.
 */
export const fakeBackend = () => {
  env().registerFlag(BATCH, () => 15);
  const device = new FakeDevice();
  const { queue } = device;
  const free: FakeBuffer[] = [];
  const resources = new WeakMap<object, { readonly resource: FakeBuffer }>();
  let encoder: FakeEncoder | undefined;
  let pass: FakePass | undefined;
  let dispatches = 0;
  let spent: FakeBuffer[] = [];
  const backend = {
    device,
    queue,
    bufferManager: {
      acquireBuffer: (size: number, usage: number): FakeBuffer => {
        const at = free.findIndex((old) => old.size === size && old.usage === usage);
        const [again] = at < 0 ? [] : free.splice(at, 1);
        return again ?? device.createBuffer({ size, usage });
      },
      releaseBuffer: (buffer: FakeBuffer) => void free.push(buffer),
    },
    tensorMap: { get: (id: object) => resources.get(id) ?? {} },
    ensureCommandEncoderReady: () => void (encoder ??= device.createCommandEncoder()),
    endComputePassEncoder: () => {
      pass?.end();
      pass = undefined;
    },
    submitQueue: () => {
      if (encoder) queue.submit([encoder.finish()]);
      encoder = undefined;
      dispatches = 0;
      for (const buffer of spent) backend.bufferManager.releaseBuffer(buffer);
      spent = [];
    },
  };
  const map = (length: number) =>
    backend.bufferManager.acquireBuffer(4 * length, USAGE.STORAGE | USAGE.COPY_DST);
  return {
    device,
    backend: backend as unknown as WebGPUBackend,
    map,
    /** Puts so many maps and uniforms into tfjs' pool. */
    fill: (count: number, length: number) => {
      const usages = [USAGE.STORAGE | USAGE.COPY_DST, USAGE.UNIFORM | USAGE.COPY_DST];
      for (let i = 0; i < count; i++)
        usages.forEach((usage, k) =>
          backend.bufferManager.releaseBuffer(
            device.createBuffer({ size: k ? 4 : 4 * length, usage }),
          ),
        );
    },
    /** A map that holds these values. */
    filled: (values: ArrayLike<number>) => {
      const buffer = map(values.length);
      queue.writeBuffer(buffer, 0, Float32Array.from(values));
      return buffer;
    },
    /** Runs one kernel; with `last`, its maps are needed no more. */
    kernel: (shader: FakeShader, maps: FakeBuffer[], factor: number, last = true): FakeBuffer => {
      const out = map((maps[0] as FakeBuffer).values.length);
      const uniform = backend.bufferManager.acquireBuffer(4, USAGE.UNIFORM | USAGE.COPY_DST);
      queue.writeBuffer(uniform, 0, Float32Array.of(factor));
      device.bindGroups++;
      backend.ensureCommandEncoderReady();
      pass ??= encoder?.beginComputePass();
      pass?.setPipeline(shader);
      pass?.setBindGroup(0, { maps, uniform, out });
      pass?.dispatchWorkgroups();
      spent.push(uniform, ...(last ? maps : []));
      if (++dispatches >= env().getNumber(BATCH)) {
        backend.endComputePassEncoder();
        backend.submitQueue();
      }
      return out;
    },
    /** Something other than a kernel: it moves one map into another. */
    copy: (from: FakeBuffer): FakeBuffer => {
      const to = map(from.values.length);
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      encoder?.copyBufferToBuffer(from, 0, to);
      return to;
    },
    finish: () => {
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
    lies: (tensor: Tensor, resource: FakeBuffer) => void resources.set(tensor.dataId, { resource }),
  };
};
