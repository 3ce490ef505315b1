/// <reference lib="webworker" />
import { createAnswerer } from './answer.ts';
import type { ToWorker } from './messages.ts';

const answer = createAnswerer();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  const reply = answer(data);
  if (reply) self.postMessage(reply);
};
