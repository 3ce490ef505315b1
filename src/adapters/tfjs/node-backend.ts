import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** The folder of the wasm binaries as a path of this system, without importing Node's modules. */
const binariesFolder = (): string => {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { dirname, sep } = process.getBuiltinModule('node:path');
  return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep;
};

/** Makes the wasm backend (SIMD, one thread) current. For Node only; call before loadNetwork. */
export const useWasmInNode = async (): Promise<void> => {
  setWasmPaths(binariesFolder());
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend did not start');
  await tf.ready();
};
