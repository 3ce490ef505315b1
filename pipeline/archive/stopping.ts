import type { Work } from './ports.ts';

export interface Stopping {
  /** Aborted once the work is to stop. */
  readonly signal: AbortSignal;
  /** What is stopped or paused. */
  control(work: Work): void;
  end(): void;
}

/**
 * Lets signals and keys stop the work: the first Ctrl+C, SIGTERM or q lets the studies at hand come to
 * their end, a second puts them back. p pauses, and p again goes on.
 */
export const listenForStop = (say: (text: string) => void): Stopping => {
  const controller = new AbortController();
  let work: Work | undefined;
  let asked = 0;
  let paused = false;
  const stop = () => {
    asked++;
    controller.abort();
    if (asked === 1) say('Stopping after the studies at hand. Once more to put them back at once.');
    void work?.stop(asked > 1);
  };
  const pause = () => {
    paused = !paused;
    say(paused ? 'Paused: p goes on.' : 'Going on.');
    if (paused) void work?.pause();
    else work?.resume();
  };
  const onKey = (key: Buffer) => {
    const name = String(key);
    if (name === 'q' || name === '\u0003') stop();
    else if (name === 'p') pause();
  };
  const { stdin } = process;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  if (stdin.isTTY) stdin.setRawMode(true).on('data', onKey).resume();
  return {
    signal: controller.signal,
    control: (own) => {
      work = own;
    },
    end: () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      if (stdin.isTTY) stdin.off('data', onKey).setRawMode(false).pause();
    },
  };
};
