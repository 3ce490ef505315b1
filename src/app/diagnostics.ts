import type { FramesClient } from '../adapters/dicom-io/stack/frames-client.ts';
import type { InferenceClient } from '../adapters/tfjs/inference-client.ts';
import type { Viewer } from './viewer.ts';

/** For tests and support: tensors in use, image bytes cached, and the loss of the GPU on purpose. */
export const offerDiagnostics = (
  inference: InferenceClient | undefined,
  viewer: Viewer,
  frames: FramesClient,
): void => {
  if (!inference) return;
  const { memory: numTensors, simulateLoss } = inference;
  const { cachedBytes } = viewer;
  const tandem = { numTensors, simulateLoss, cachedBytes, sliceBytes: frames.keptBytes };
  Object.assign(globalThis, { tandem });
};
