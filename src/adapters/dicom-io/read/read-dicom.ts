import { makeStackReader } from '../stack/read-stack.ts';
import { makeDicomReader } from './dicom-reader.ts';
import { wasmFromPackages } from '../decode/wasm-from-packages.ts';

/**
 * Reads one mammogram in Node, where the decoders come from node_modules. The page uses
 * open-files.ts, whose workers fetch them from its own origin.
 */
export const readDicom = makeDicomReader(wasmFromPackages);

/** Reads one volume in Node, slice by slice. */
export const readStack = makeStackReader(wasmFromPackages);
