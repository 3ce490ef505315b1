/** Types of offline-files.mjs. */
export const SERVICE_WORKER: string;
export function stampServiceWorker(folder: string): {
  version: string;
  count: number;
  bytes: number;
};
