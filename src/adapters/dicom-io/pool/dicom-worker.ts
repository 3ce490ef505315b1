import { serve } from '../../../workers/serve.ts';
import { makeDicomReader } from '../read/dicom-reader.ts';
import { makeStackReader } from '../stack/read-stack.ts';
import { answerFiles } from './open-one.ts';
import { wasmFromOrigin } from '../decode/wasm-from-origin.ts';
import type { FileOpening } from './worker-protocol.ts';

serve<FileOpening>(() =>
  answerFiles(makeDicomReader(wasmFromOrigin), makeStackReader(wasmFromOrigin)),
);
