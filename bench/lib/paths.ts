import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BENCH = dirname(dirname(fileURLToPath(import.meta.url)));
export const ROOT = dirname(BENCH);
export const CACHE = join(ROOT, '.cache/bench');
export const PACK = join(ROOT, 'public/models/tandem-m2');
export const ORT = join(BENCH, 'node_modules/onnxruntime-web/dist');
export const LITERT = join(BENCH, 'node_modules/@litertjs/core/wasm');
export const DWV = join(BENCH, 'node_modules/dwv/dist');
