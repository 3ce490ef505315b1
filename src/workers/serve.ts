import { reasonOf } from '../core/message/failure.ts';
import {
  type Asked,
  type AskedOf,
  HandedOver,
  type Handlers,
  type NameOf,
  type Tells,
  type WorkerScope,
} from './protocol.ts';

/** Says something unasked. */
export type Tell<T extends Tells> = <N extends NameOf<T>>(
  name: N,
  ...values: AskedOf<T, N>
) => void;

/**
 * The worker's side: answers what it is asked by the functions of a contract, each question once.
 * What a function throws or rejects with is said as the reason of a refusal; where nobody waits for an
 * answer it is thrown, and ends the worker for the page. Questions are begun in the order they come.
 */
export const serve = <A extends object, T extends Tells = object>(
  makeHandlers: (tell: Tell<T>) => Handlers<A>,
  scope: WorkerScope = globalThis as unknown as WorkerScope,
): void => {
  const handlers = makeHandlers((name, ...values) =>
    scope.postMessage({ kind: 'told', name, values }, []),
  ) as Readonly<Record<string, (...values: unknown[]) => unknown>>;
  const answer = async ({ name, id, values }: Asked): Promise<void> => {
    try {
      const given = await handlers[name]?.(...values);
      if (id === undefined) return;
      const whole = given instanceof HandedOver ? given : new HandedOver(given, []);
      scope.postMessage({ kind: 'answer', id, value: whole.value }, [...whole.transfer]);
    } catch (error) {
      // Out of this promise, so that it reaches the page as the worker's own error.
      if (id === undefined)
        return queueMicrotask(() => {
          throw error;
        });
      scope.postMessage({ kind: 'refusal', id, reason: reasonOf(error) }, []);
    }
  };
  scope.onmessage = ({ data }) => void answer(data);
};
