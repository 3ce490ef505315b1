import { BACKENDS } from '../../adapters/tfjs/backend-choice.ts';
import {
  createInferenceClient,
  type InferenceClient,
} from '../../adapters/tfjs/inference-client.ts';
import type { ChosenPack } from './packs.ts';
import type { BackendName } from '../../ports/inference.ts';

const isBackend = (name: string | null): name is BackendName =>
  BACKENDS.some((backend) => backend === name);

/**
 * Starts the inference worker on a pack. `wanted` is `?backend=` of the address: a software adapter
 * is used only when it is named there or chosen by hand; other words count as no wish.
 */
export const startInference = (pack: ChosenPack, wanted: string | null): InferenceClient =>
  createInferenceClient({
    packUrl: pack.url,
    manifestSha256: pack.sha256,
    requested: isBackend(wanted) ? wanted : undefined,
  });
