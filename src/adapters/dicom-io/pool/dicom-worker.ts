import { makeDicomReader } from '../read/dicom-reader.ts';
import { makeStackReader } from '../stack/read-stack.ts';
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
const readStack = makeStackReader(wasmFromOrigin);

scope.onmessage = ({ data }) => {
  void openOne(data, read, readStack).then((response) =>
    scope.postMessage(response, transfersOf(response)),
  );
};
