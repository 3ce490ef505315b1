import type { DataSet } from 'dicom-parser';
import type { StoredPixels } from '../../../core/image/mammogram-image.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { framePayload } from '../frame-payload.ts';
import { nativeSamples, toStoredPixels } from '../native-pixels.ts';
import { refusal, type Refusal } from '../open-failure.ts';
import type { PixelFormat } from '../pixel-format.ts';
import type { TransferSyntax } from '../transfer-syntax.ts';

/** The decoders that are WebAssembly modules. */
export type WasmCodec = 'charls' | 'libjpeg-turbo' | 'openjpeg' | 'openjph';

/** Where their binaries come from: node_modules in Node, the page's own origin in a browser. */
export type WasmSource = (codec: WasmCodec) => Promise<Uint8Array>;

/** The stored values of the one frame of a data set. */
export const decodeFrame = async (
  dataSet: DataSet,
  format: PixelFormat,
  syntax: TransferSyntax,
  _wasm: WasmSource,
): Promise<Result<StoredPixels, Refusal>> => {
  const payload = framePayload(dataSet);
  if (!payload.ok) return payload;
  if (syntax.coding !== 'native-little' && syntax.coding !== 'native-big')
    return err(refusal('unsupported-transfer-syntax', `${syntax.name} is not read yet.`));
  const samples = nativeSamples(payload.value.bytes, format, syntax.coding === 'native-big');
  if (!samples.ok) return samples;
  return ok(toStoredPixels(samples.value, format, format.highBit + 1 - format.bitsStored));
};
