import { setTimeout as sleep } from 'node:timers/promises';

export interface Gentleness {
  /** Requests under way at a time. */
  readonly connections: number;
  /** Most bytes a second that are read from the archive; undefined for as many as come. */
  readonly bytesPerSecond: number | undefined;
}

export interface GentleFetch {
  readonly fetch: typeof fetch;
  /** Bytes of all answers so far. */
  received(): number;
}

/** Lets `most` in at a time, in the order in which they came. */
const createGate = (most: number) => {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    enter: async () => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
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
 * so that the archive's own connection slows down. A request counts until its answer is read or given up.
 */
export const createGentleFetch = (
  { connections, bytesPerSecond }: Gentleness,
  request: typeof fetch = fetch,
): GentleFetch => {
  const gate = createGate(connections);
  const brake = createBrake(bytesPerSecond);
  let received = 0;
  const gently: typeof fetch = async (url, init) => {
    await gate.enter();
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
  return { fetch: gently, received: () => received };
};
