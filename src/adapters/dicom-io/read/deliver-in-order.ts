/**
 * Hands answers on in the order of their indexes, whatever order they come in, but lets none wait
 * longer than `holdMs` for one before it: good files appear while a bad one is looked at.
 */
export const deliverInOrder = <T>(deliver: (answer: T) => void, holdMs: number) => {
  const waiting = new Map<number, T>();
  const passed = new Set<number>();
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hand = (index: number): void => {
    const answer = waiting.get(index) as T;
    waiting.delete(index);
    passed.add(index);
    deliver(answer);
  };
  const advance = (): void => {
    for (; passed.has(next) || waiting.has(next); next++) if (waiting.has(next)) hand(next);
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const index of [...waiting.keys()].sort((a, b) => a - b)) hand(index);
    advance();
  };
  return {
    answer: (index: number, answer: T): void => {
      if (passed.has(index)) return deliver(answer);
      waiting.set(index, answer);
      advance();
      if (waiting.size > 0) timer ??= setTimeout(flush, holdMs);
    },
    /** The answer of an index comes much later: others need not wait for it. */
    putAside: (index: number): void => {
      passed.add(index);
      advance();
    },
    /** No answer comes any more; what waits is handed on unless `drop`. */
    end: (drop: boolean): void => {
      if (drop) waiting.clear();
      flush();
    },
  };
};
