import charlsUrl from '@cornerstonejs/codec-charls/decodewasm?url';
import turboUrl from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpegUrl from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjphUrl from '@cornerstonejs/codec-openjph/wasm?url';
import type { WasmCodec, WasmSource } from './wasm-codecs.ts';

const addresses: Readonly<Record<WasmCodec, string>> = {
  charls: charlsUrl,
  'libjpeg-turbo': turboUrl,
  openjpeg: openjpegUrl,
  openjph: openjphUrl,
};

const isWasm = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;

/** Browser only: the decoders' binaries as files of the page's own origin. */
export const wasmFromOrigin: WasmSource = async (codec) => {
  const response = await fetch(addresses[codec], { credentials: 'same-origin' });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || !isWasm(bytes))
    throw new Error(`${addresses[codec]} is not a WebAssembly file (status ${response.status})`);
  return bytes;
};
