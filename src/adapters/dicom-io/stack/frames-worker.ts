import { serve } from '../../../workers/serve.ts';
import { wasmFromOrigin } from '../decode/wasm-from-origin.ts';
import { answerFrames } from './answer-frames.ts';
import type { FrameAnswers } from './frames-contract.ts';

serve<FrameAnswers>(() => answerFrames(wasmFromOrigin));
