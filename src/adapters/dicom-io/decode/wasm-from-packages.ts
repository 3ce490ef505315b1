// Only Node loads this file; the page's workers use wasm-from-origin.ts.
/* eslint-disable no-restricted-imports -- reading an installed package takes Node's own modules */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WasmCodec, WasmSource } from './wasm-codecs.ts';

const binaries: Readonly<Record<WasmCodec, string>> = {
  charls: '@cornerstonejs/codec-charls/decodewasm',
  'libjpeg-turbo': '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  openjpeg: '@cornerstonejs/codec-openjpeg/decodewasm',
  openjph: '@cornerstonejs/codec-openjph/wasm',
};

/** Node only: the decoders' binaries as installed. */
export const wasmFromPackages: WasmSource = (codec) =>
  readFile(createRequire(import.meta.url).resolve(binaries[codec]));
