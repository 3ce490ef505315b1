import { handingOver, type Handlers } from '../../../workers/protocol.ts';
import type { WasmSource } from '../decode/wasm-codecs.ts';
import { decodeSlice } from './decode-slice.ts';
import type { FrameAnswers } from './frames-contract.ts';

/** The worker's side: decodes a slice and hands its pixels over. */
export const answerFrames = (wasm: WasmSource): Handlers<FrameAnswers> => ({
  slice: async (request) => {
    const decoded = await decodeSlice(request, wasm);
    if (!decoded.ok) return decoded;
    return handingOver(decoded, [decoded.value.image.pixels.buffer as ArrayBuffer]);
  },
});
