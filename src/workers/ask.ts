import { reasonOf } from '../core/message/failure.ts';
import { message, type Value } from '../core/message/message.ts';
import { err, ok, type Result } from '../core/message/result.ts';
import {
  type AnswerOf,
  type AskedOf,
  type NameOf,
  type Said,
  type Tells,
  type WorkerLike,
} from './protocol.ts';

/**
 * Why a question has no answer. 'refused': the worker says so, and goes on. 'crashed', 'silent' and
 * 'ended': the worker is gone, whether by itself, for want of an answer in time, or by `end`.
 */
export interface NoAnswer {
  readonly why: 'refused' | 'crashed' | 'silent' | 'ended';
  readonly reason: Value;
}

export interface AskOptions {
  /** Memory that is handed over, and empty here afterwards. */
  readonly transfer?: readonly Transferable[];
  /** Longest wait for this answer, ms; unless told, that of the asker. */
  readonly patience?: number;
}

/** The page's side of a worker; it outlives the worker. */
export interface Asker<A extends object> {
  /** Asks; starts the worker where there is none. Never rejects. */
  ask<N extends NameOf<A>>(
    name: N,
    asked: AskedOf<A, N>,
    options?: AskOptions,
  ): Promise<Result<AnswerOf<A, N>, NoAnswer>>;
  /** Says something that needs no answer; starts the worker where there is none. */
  tell<N extends NameOf<A>>(
    name: N,
    asked: AskedOf<A, N>,
    transfer?: readonly Transferable[],
  ): void;
  /** Ends the worker; open questions have no answer, and the next question starts another. */
  end(reason?: Value): void;
  readonly isRunning: () => boolean;
}

export interface AskerOptions<T extends Tells> {
  readonly start: () => WorkerLike;
  /** Longest wait for an answer, ms: a worker silent for longer is taken for dead. Absent: forever. */
  readonly patience?: number | undefined;
  /** Hears what the worker says unasked. */
  readonly listen?: { readonly [N in keyof T]?: (...values: AskedOf<T, N>) => void };
  /** Called when the worker crashed or fell silent, after the open questions heard of it. */
  readonly onGone?: (failure: NoAnswer) => void;
}

interface Waiting {
  readonly settle: (answer: Result<unknown, NoAnswer>) => void;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Asks a worker by number. A worker that crashes, or does not answer in time, is ended: everything
 * still asked of it hears why, what it says later is not heard, and the next question starts another.
 */
export const createAsker = <A extends object, T extends Tells = object>(
  options: AskerOptions<T>,
): Asker<A> => {
  const waiting = new Map<number, Waiting>();
  const listeners = (options.listen ?? {}) as Readonly<
    Record<string, ((...values: unknown[]) => void) | undefined>
  >;
  let worker: WorkerLike | undefined;
  let lastId = 0;

  const settle = (id: number, answer: Result<unknown, NoAnswer>) => {
    const waiter = waiting.get(id);
    waiting.delete(id);
    clearTimeout(waiter?.timer);
    waiter?.settle(answer);
  };
  const end = (failure: NoAnswer) => {
    worker?.terminate();
    worker = undefined;
    for (const id of [...waiting.keys()]) settle(id, err(failure));
  };
  const lose = (why: 'crashed' | 'silent', reason: Value) => {
    const failure = { why, reason };
    end(failure);
    options.onGone?.(failure);
  };
  const hear = (said: Said) => {
    if (said.kind === 'told') listeners[said.name]?.(...said.values);
    else if (said.kind === 'answer') settle(said.id, ok(said.value));
    else settle(said.id, err({ why: 'refused', reason: said.reason }));
  };
  const own = (): WorkerLike => {
    if (worker) return worker;
    const started = options.start();
    worker = started;
    started.onmessage = ({ data }) => {
      if (started === worker) hear(data);
    };
    started.onmessageerror = () => {
      if (started === worker) lose('crashed', message('worker.unread'));
    };
    started.onerror = (event) => {
      event.preventDefault?.();
      if (started === worker) lose('crashed', event.message || message('worker.stopped'));
    };
    return started;
  };

  return {
    ask: (name, asked, { transfer = [], patience = options.patience } = {}) =>
      new Promise((resolve) => {
        const id = ++lastId;
        const timer =
          patience === undefined
            ? undefined
            : setTimeout(() => lose('silent', message('worker.silent')), patience);
        waiting.set(id, {
          timer,
          settle: (answer) => resolve(answer as Parameters<typeof resolve>[0]),
        });
        try {
          own().postMessage({ name, id, values: asked }, [...transfer]);
        } catch (error) {
          // It could not be started, or what was asked cannot be sent.
          settle(id, err({ why: 'crashed', reason: reasonOf(error) }));
        }
      }),
    tell: (name, asked, transfer = []) => own().postMessage({ name, values: asked }, [...transfer]),
    end: (reason: Value = message('worker.ended')) => end({ why: 'ended', reason }),
    isRunning: () => worker !== undefined,
  };
};
