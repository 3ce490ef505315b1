import { setTimeout as sleep } from 'node:timers/promises';

export interface Gentleness {
  /** Requests under way at a time. */
  readonly connections: number;
  /** Most bytes a second that are read from the archive; undefined for as many as come. */
  readonly bytesPerSecond: number | undefined;
}

export interface GentleFetch {
  /** Resolves when the next request may go out, which must follow; rejects when `signal` aborts before. */
  readonly turn: (signal: AbortSignal | undefined) => Promise<void>;
  readonly fetch: typeof fetch;
  /** Bytes of all answers so far. */
  received(): number;
}

/** Lets `most` in at a time, in the order in which they came. */
const createGate = (most: number) => {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    enter: async (signal: AbortSignal | undefined) => {
      signal?.throwIfAborted();
      if (free > 0) free--;
      else
        await new Promise<void>((resolve, reject) => {
          const stop = () => {
            waiting.splice(waiting.indexOf(go), 1);
            reject(signal?.reason as Error);
          };
          const go = () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          };
          signal?.addEventListener('abort', stop, { once: true });
          waiting.push(go);
        });
    },
    leave: () => {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
};

/** Resolves once `bytes` more may have been read. One second's worth may come at once. */
const createBrake = (bytesPerSecond: number | undefined) => {
  let paidUntil = 0;
  return async (bytes: number) => {
    if (bytesPerSecond === undefined) return;
    const now = performance.now();
    paidUntil = Math.max(paidUntil, now - 1000) + (bytes / bytesPerSecond) * 1000;
    if (paidUntil > now) await sleep(paidUntil - now);
  };
};

/**
 * `fetch` that is gentle to the archive: few requests at a time, and answers read no faster than agreed,
 * so that the archive's own connection slows down. A request has had its turn, and counts until its answer is
 * read or given up.
 */
export const createGentleFetch = (
  { connections, bytesPerSecond }: Gentleness,
  request: typeof fetch = fetch,
): GentleFetch => {
  const gate = createGate(connections);
  const brake = createBrake(bytesPerSecond);
  let received = 0;
  const gently: typeof fetch = async (url, init) => {
    let left = false;
    const leave = () => {
      if (!left) gate.leave();
      left = true;
    };
    try {
      const answer = await request(url, init);
      const reader = answer.body?.getReader();
      if (!reader) {
        leave();
        return answer;
      }
      const body = new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            try {
              const { done, value } = await reader.read();
              if (done) {
                leave();
                return controller.close();
              }
              received += value.length;
              await brake(value.length);
              controller.enqueue(value);
            } catch (error) {
              leave();
              controller.error(error);
            }
          },
          cancel: async (reason) => {
            leave();
            await reader.cancel(reason);
          },
        },
        { highWaterMark: 0 },
      );
      const { status, statusText, headers } = answer;
      return new Response(body, { status, statusText, headers });
    } catch (error) {
      leave();
      throw error;
    }
  };
  return { turn: gate.enter, fetch: gently, received: () => received };
};
