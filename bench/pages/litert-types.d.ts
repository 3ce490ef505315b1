/** The little of LiteRT.js that its worker uses: the package is installed only where the benchmark runs. */
declare module '@litertjs/core' {
  export class Tensor {
    constructor(data: Float32Array, shape: readonly number[]);
    data(): Promise<Float32Array>;
    delete(): void;
  }
  export interface CompiledModel {
    readonly isFullyAccelerated: boolean;
    run(input: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  }
  export interface CompileOptions {
    readonly accelerator: 'wasm' | 'webgpu';
    readonly cpuOptions?: { readonly numThreads: number };
    readonly gpuOptions?: { readonly precision: 'fp16' | 'fp32' };
  }
  export const loadLiteRt: (folder: string, options: { threads: boolean }) => Promise<unknown>;
  export const loadAndCompile: (
    model: Uint8Array,
    options: CompileOptions,
  ) => Promise<CompiledModel>;
}
