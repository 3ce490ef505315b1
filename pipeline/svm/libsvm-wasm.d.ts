declare module 'libsvm-wasm/dist/libsvm.js' {
  const createModule: (options?: {
    wasmBinary?: Uint8Array;
    print?: (line: string) => void;
  }) => Promise<unknown>;
  export default createModule;
}
