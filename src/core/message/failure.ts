import { message, type Message, type Value } from './message.ts';

/** A failure on its way through what lets only errors through; what else goes wrong is a plain error. */
export class Failure extends Error {
  constructor(readonly said: Message) {
    super(said.code);
  }
}

/** Why something failed: in the catalogue's words where they are known, else in the browser's own. */
export const reasonOf = (error: unknown): Value => {
  if (error instanceof Failure) return error.said;
  return error instanceof Error ? error.message : String(error);
};

/** The same as a message of its own. */
export const failureOf = (error: unknown): Message => {
  const reason = reasonOf(error);
  return typeof reason === 'object' ? reason : message('failure.unforeseen', { reason });
};

/** A reason as an error, for what passes errors only. */
export const errorOf = (reason: Value): Error =>
  typeof reason === 'object' ? new Failure(reason) : new Error(String(reason));
