import { makeDicomReader } from '../read/dicom-reader.ts';
import { openOne, transfersOf } from './open-one.ts';
import { wasmFromOrigin } from '../decode/wasm-from-origin.ts';
import type { OpenRequest, OpenResponse } from './worker-protocol.ts';

/** The part of DedicatedWorkerGlobalScope that is used; the DOM library types `self` as a window. */
interface Scope {
  onmessage: ((event: MessageEvent<OpenRequest>) => void) | null;
  postMessage(message: OpenResponse, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
const read = makeDicomReader(wasmFromOrigin);

scope.onmessage = ({ data }) => {
  void openOne(data, read).then((response) => scope.postMessage(response, transfersOf(response)));
};
