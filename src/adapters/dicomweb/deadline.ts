/** One signal for two ends: the reader's abort and a timer that each sign of life sets back. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Which of the two ended it, if either did. */
  readonly cause: () => 'aborted' | 'timeout' | undefined;
  /** A sign of life: from now on, `ms` without another one is too long. */
  readonly extend: (ms: number) => void;
  /** Stops the timer and lets go of the reader's signal. */
  readonly end: () => void;
}

export const createDeadline = (ms: number, reader?: AbortSignal): Deadline => {
  const controller = new AbortController();
  let cause: 'aborted' | 'timeout' | undefined;
  const stop = (why: 'aborted' | 'timeout') => () => {
    cause ??= why;
    controller.abort();
  };
  const onAbort = stop('aborted');
  const onTimeout = stop('timeout');
  let timer = setTimeout(onTimeout, ms);
  if (reader?.aborted) onAbort();
  else reader?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    cause: () => cause,
    extend: (more) => {
      clearTimeout(timer);
      timer = setTimeout(onTimeout, more);
    },
    end: () => {
      clearTimeout(timer);
      reader?.removeEventListener('abort', onAbort);
    },
  };
};
